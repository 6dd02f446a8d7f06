import { describe, expect, test } from 'vitest';
import { hubCipher } from '../../sandbox/hub/cipher.js';
import { run } from './asks.js';
import { HUB_NAMES } from './harness.js';
import { expectNothingSecret, refusal, SECRET, Settings, storedToken, tokens } from './world.js';

const REDIRECT = 'http://localhost:2022';
const MINUTE = 60_000;
const answers = {
  'ask-fortnox:code': tokens(),
  'ask-fortnox:client': refusal('invalid_grant'),
  'ask-fortnox:company': { statusCode: 401, body: '{}' },
};

/** The activation URL that the form's button gives on a Hub, and the state in it. */
async function generate(settings: Settings, scriptContext: Record<string, unknown>) {
  const submit = { redirectURI: REDIRECT, scopes: 'customer' };
  const scene = settings.answers();
  const done = await run(
    'fortnox-generate-activation-url',
    scene,
    { input: submit },
    { scriptContext },
  );
  const activationUrl = String(done.output.output);
  return { activationUrl, state: new URL(activationUrl).searchParams.get('state') ?? '' };
}

function submit(
  settings: Settings,
  fields: Record<string, unknown>,
  scriptContext: Record<string, unknown> = HUB_NAMES,
) {
  const given = { redirectURI: REDIRECT, ...fields };
  const scene = settings.answers(answers);
  return run('fortnox-generate-access-token', scene, { submit: given }, { scriptContext });
}

const whole = (state: string) =>
  `${REDIRECT}/?code=${SECRET.code}&state=${encodeURIComponent(state)}`;

/** Checks that a run ended before Fortnox was asked, with the code of a sentence, and changed nothing. */
function expectRefused(
  done: Awaited<ReturnType<typeof run>>,
  settings: Settings,
  kind: string,
): void {
  expect(done.error?.message).toMatch(new RegExp(`\\[${kind}\\]$`));
  expect(done.calls.filter(({ task }) => task.startsWith('ask-fortnox'))).toEqual([]);
  expect(settings.writes).toBe(0);
  expectNothingSecret(done);
}

describe('given a form on a Hub that can encrypt', () => {
  test('the address that follows its activation URL is taken', async () => {
    const settings = new Settings({});
    const { activationUrl, state } = await generate(settings, HUB_NAMES);
    const done = await submit(settings, { code: whole(state), activationUrl });
    expect(done.error).toBeUndefined();
  });

  test('so it is without the URL, and so is the code with the state, as Fortnox leads back to the form', async () => {
    for (const bring of [
      (state: string) => ({ code: whole(state) }),
      (state: string) => ({ code: SECRET.code, state }),
    ]) {
      const settings = new Settings({});
      const { state } = await generate(settings, HUB_NAMES);
      expect((await submit(settings, bring(state))).error).toBeUndefined();
    }
  });

  test.each<[string, (state: string) => Record<string, unknown>]>([
    ['a whole address', (state) => ({ code: whole(state) })],
    [
      'a whole address, with the box ticked',
      (state) => ({ code: whole(state), companyChecked: true }),
    ],
    ['a code', (state) => ({ code: SECRET.code, state })],
  ])('what another Hub asked for is not taken: %s', async (_name, bring) => {
    const settings = new Settings({});
    const { activationUrl, state } = await generate(settings, { ...HUB_NAMES, ...hubCipher() });
    const done = await submit(settings, { ...bring(state), activationUrl });
    expectRefused(done, settings, 'state-foreign');
  });

  test('an activation URL of his own proves nothing for who sends it', async () => {
    const settings = new Settings({});
    const activationUrl = 'https://apps.fortnox.se/oauth-v1/auth?state=mine';
    const done = await submit(settings, { code: whole('mine'), activationUrl });
    expectRefused(done, settings, 'state-foreign');
  });

  test('an activation URL that leads elsewhere is not taken', async () => {
    const settings = new Settings({});
    const { state } = await generate(settings, HUB_NAMES);
    for (const origin of [
      'http://apps.fortnox.se',
      'https://apps.fortnox.se.example',
      'https://apps.fortnox.se@x.example',
    ]) {
      const activationUrl = `${origin}/oauth-v1/auth?state=${state}`;
      const done = await submit(settings, { code: whole(state), activationUrl });
      expectRefused(done, settings, 'activation-url-foreign');
    }
  });

  test('the state lives for an hour', async () => {
    const settings = new Settings({});
    const { state } = await generate(settings, HUB_NAMES);
    settings.world.clock.advance(61 * MINUTE);
    expectRefused(await submit(settings, { code: whole(state) }), settings, 'state-expired');
  });

  test('the state is used up by the connection that it makes', async () => {
    const settings = new Settings({});
    const { state } = await generate(settings, HUB_NAMES);
    settings.world.clock.advance(MINUTE);
    expect((await submit(settings, { code: whole(state) })).error).toBeUndefined();
    settings.writes = 0;
    expectRefused(await submit(settings, { code: whole(state) }), settings, 'state-used');
  });

  test('a state that is newer than the connection is good for another one', async () => {
    const settings = new Settings(storedToken({ connected_at: new Date(0).toISOString() }));
    const { state } = await generate(settings, HUB_NAMES);
    const done = await submit(settings, { code: whole(state), replaceCompany: true });
    expect(done.error).toBeUndefined();
  });
});

describe('given a code and nothing else', () => {
  test.each([undefined, false, 'false', 'yes', 1])(
    'a form that says %j of the company does not activate',
    async (companyChecked) => {
      const settings = new Settings({});
      const done = await submit(settings, { code: SECRET.code, companyChecked });
      expectRefused(done, settings, 'code-unconfirmed');
    },
  );

  test.each([true, 'true'])('it does where the company was checked: %j', async (companyChecked) => {
    const done = await submit(new Settings({}), { code: SECRET.code, companyChecked });
    expect(done.error).toBeUndefined();
  });
});

describe('given a form on a Hub that can not encrypt', () => {
  const plain = { functions: HUB_NAMES.functions };

  test('a whole address needs its activation URL, and the confirmation', async () => {
    const settings = new Settings({});
    const { activationUrl, state } = await generate(settings, plain);
    const code = whole(state);
    expectRefused(
      await submit(settings, { code, activationUrl }, plain),
      settings,
      'code-unconfirmed',
    );
    expectRefused(await submit(settings, { code, companyChecked: true }, plain), settings, 'input');
    const done = await submit(settings, { code, activationUrl, companyChecked: true }, plain);
    expect(done.error).toBeUndefined();
  });
});
