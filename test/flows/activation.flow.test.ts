import { describe, expect, test } from 'vitest';
import { run } from './asks.js';
import type { Answer, Answers } from './harness.js';
import {
  clientTokens,
  company,
  expectNothingSecret,
  refusal,
  SECRET,
  Settings,
  secondsFromStart,
  storedToken,
  tokens,
} from './world.js';

const KEY = 'fortnox-generate-access-token';
const REDIRECT = 'http://localhost:2022';
const URL_WITH_STATE =
  'https://apps.fortnox.se/oauth-v1/auth?client_id=JBL1UVnvfo4y&state=right%20state&response_type=code';
const bare = { code: SECRET.code, redirectURI: REDIRECT };

/** What follows the exchange, unless a test says otherwise: nothing can be learnt. */
const unproven: Answers = {
  'ask-fortnox:client': refusal('invalid_grant'),
  'ask-fortnox:company': { statusCode: 401, body: '{"message":"unauthorized"}' },
};

function activate(answers: Answers, settings: Settings, given: Record<string, unknown> = bare) {
  return run(KEY, settings.answers({ ...unproven, ...answers }), { input: given });
}

describe('given a form that starts it', () => {
  const submitted = (answers: Answers, settings: Settings) =>
    run(KEY, settings.answers({ ...unproven, ...answers }), {
      submit: { ...bare, companyChecked: true },
    });

  test('what was connected is a text with the company and its tenant id', async () => {
    const known = {
      'ask-fortnox:code': tokens(),
      'ask-fortnox:company': company(4711),
    };
    const done = await submitted(known, new Settings({}));
    expect(done.output.output).toBe(
      'Fortnox is connected.\nCompany: Testbolaget AB (tenant id 4711)\nScopes: customer invoice',
    );
    expectNothingSecret(done);
  });

  test('a failure is a text too, and the milestone has a name', async () => {
    const done = await submitted(
      { 'ask-fortnox:code': refusal('invalid_grant') },
      new Settings({}),
    );
    expect(done.ok).toBe(false);
    expect(done.output.output).toBe(done.error?.message);
    expect(done.output.state).toMatchObject({ id: 'explain', name: 'Say what is wrong' });
  });
});

describe('given a code from Fortnox', () => {
  test('it is exchanged with the redirect URI that it was asked for with', async () => {
    const done = await activate({ 'ask-fortnox:code': tokens() }, new Settings({}));
    expect(done.callsOf('ask-fortnox:code')[0]?.input).toMatchObject({
      method: 'POST',
      url: 'https://apps.fortnox.se/oauth-v1/token',
      form: { grant_type: 'authorization_code', code: SECRET.code, redirect_uri: REDIRECT },
    });
  });

  test('the tokens are stored, and what was connected is answered without them', async () => {
    const jwt = `h.${Buffer.from(JSON.stringify({ tenantId: 4711 })).toString('base64url')}.${SECRET.freshAccess}`;
    const settings = new Settings({});
    const done = await activate(
      {
        'ask-fortnox:code': tokens({ access_token: jwt }),
        'ask-fortnox:client': clientTokens(),
        'ask-fortnox:company': company(4711),
      },
      settings,
    );
    expect(settings.token).toEqual({
      access_token: jwt,
      refresh_token: SECRET.freshRefresh,
      scope: 'customer invoice',
      token_type: 'bearer',
      expires_in: 3600,
      timestamp: secondsFromStart(0),
      tenant_id: '4711',
      refresh_token_timestamp: secondsFromStart(0),
      connection: 1,
      rotation: 2,
      company: 'Testbolaget AB',
      connected_at: secondsFromStart(0),
      client_credentials_proven: secondsFromStart(0),
    });
    expect(done.output.output).toEqual({
      connected: true,
      scope: 'customer invoice',
      expires_in: 3600,
      timestamp: secondsFromStart(0),
      refresh_token_timestamp: secondsFromStart(0),
      tenant_id: '4711',
      company: 'Testbolaget AB',
    });
    expectNothingSecret(done);
  });

  test('it works the same when a run brings the code, not the form', async () => {
    const settings = new Settings({});
    const done = await run(KEY, settings.answers({ 'ask-fortnox:code': tokens() }), {
      input: bare,
    });
    expect(done.error).toBeUndefined();
  });

  test('a whole address is taken when its state is the one of the activation URL', async () => {
    const code = `${REDIRECT}/?code=${SECRET.code}&state=right+state`;
    const done = await activate({ 'ask-fortnox:code': tokens() }, new Settings({}), {
      code,
      redirectURI: REDIRECT,
      activationUrl: URL_WITH_STATE,
    });
    expect(done.error).toBeUndefined();
    expect(done.callsOf('ask-fortnox:code')[0]?.input.form).toMatchObject({ code: SECRET.code });
  });
});

describe('given something else than a good code', () => {
  const address = (query: string) => ({
    code: `${REDIRECT}/?${query}`,
    redirectURI: REDIRECT,
    activationUrl: URL_WITH_STATE,
  });
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no code', { redirectURI: REDIRECT }, /code is missing/],
    [
      'a code with a line break',
      { code: 'abc\ndef', redirectURI: REDIRECT },
      /not a code from Fortnox/,
    ],
    ['no redirect URI', { code: SECRET.code }, /redirect URI is missing/],
    [
      'a redirect URI that is no address',
      { code: SECRET.code, redirectURI: 'localhost' },
      /no web address/,
    ],
    ['a foreign state', address(`code=${SECRET.code}&state=other`), /its state is another/],
    ['no state', address(`code=${SECRET.code}`), /its state is another/],
    [
      'an address without the activation URL',
      { code: `${REDIRECT}/?code=${SECRET.code}&state=x`, redirectURI: REDIRECT },
      /activation URL .* is needed/,
    ],
    [
      'an activation URL that leads elsewhere',
      {
        ...address(`code=${SECRET.code}&state=right+state`),
        activationUrl: URL_WITH_STATE.replace('.se', '.se.example'),
      },
      /does not lead to https:\/\/apps\.fortnox\.se.*\[activation-url-foreign\]$/,
    ],
    ['a refused consent', address('error=access_denied&state=right+state'), /not approved/],
    ['a wrong scope', address('error=invalid_scope'), /scopes/],
    ['no licence', address('error=error_missing_license'), /no licence/],
    ['no app licence', address('error=error_missing_app_license'), /no licence/],
    ['no administrator', address('error=error_missing_system_admin_right'), /system administrator/],
    ['an unknown error', address('error=brand_new%1b[31m'), /refused with "brand_new/],
    ['a name that every object has', address('error=constructor'), /refused with "constructor"/],
    ['neither code nor error', address('state=right+state'), /holds no code/],
  ])(
    '%s fails with its own sentence; nothing is sent, nothing stored changes',
    async (_name, given, sentence) => {
      const settings = new Settings(storedToken());
      const before = structuredClone(settings.token);
      const done = await activate({}, settings, given);
      expect(done.error?.message).toMatch(sentence);
      expect(done.error?.message).not.toContain('\u001b');
      expect(done.calls).toEqual([]);
      expect(settings.token).toEqual(before);
      expectNothingSecret(done);
    },
  );

  test.each<[string, Answer, RegExp]>([
    ['an expired or used code', refusal('invalid_grant'), /does not accept the code.*ten minutes/],
    ['wrong client credentials', refusal('invalid_client', 401), /client id and secret/],
    ['no licence', refusal('error_missing_license', 401), /no licence/],
    ['an outage', { statusCode: 503, body: '' }, /could not be reached.*HTTP 503/],
    ['a call that hangs', 'hangs', /could not be reached/],
    [
      'an answer that is not valid JSON',
      { statusCode: 200, body: '<html>' },
      /did not answer as it should/,
    ],
  ])(
    '%s fails with its own sentence, and nothing stored changes',
    async (_name, answer, sentence) => {
      const settings = new Settings(storedToken());
      const before = structuredClone(settings.token);
      const done = await activate({ 'ask-fortnox:code': answer }, settings);
      expect(done.error?.message).toMatch(sentence);
      expect(settings.token).toEqual(before);
      expect(done.seconds).toBeLessThan(45);
      expectNothingSecret(done);
    },
  );

  test('a code that a lost answer may have used up is said to be doubtful', async () => {
    const done = await activate(
      { 'ask-fortnox:code': [{ fails: 'ECONNRESET' }, refusal('invalid_grant')] },
      new Settings({}),
    );
    expect(done.error?.message).toMatch(/lost on the way/);
  });

  test.each([
    ['missing', { _fortnox_app_clientsecret: '' }, /must both be set/],
    ['masked', { _fortnox_app_clientsecret: '••••' }, /only a masked/],
  ])(
    'a client secret that is %s is named, and nothing is sent',
    async (_name, changes, sentence) => {
      const settings = new Settings({});
      settings.change(changes);
      const done = await activate({}, settings);
      expect(done.error?.message).toMatch(sentence);
    },
  );
});

describe('given faults on the way', () => {
  test.each<[string, Answer]>([
    ['a cut connection', { fails: 'ECONNREFUSED' }],
    ['a hanging call', 'hangs'],
    ['500', { statusCode: 500, body: '' }],
    ['403', { statusCode: 403, body: '' }],
  ])('one at Fortnox is survived: %s', async (_name, fault) => {
    const done = await activate({ 'ask-fortnox:code': [fault, tokens()] }, new Settings({}));
    expect(done.error).toBeUndefined();
  });

  test.each<[string, Answer]>([
    ['hanging', 'hangs'],
    ['cut', { fails: 'ECONNRESET' }],
    ['500', { statusCode: 500, body: {} }],
  ])('two on the save, and an unreadable store, are survived: %s', async (_name, fault) => {
    const settings = new Settings({});
    const done = await activate(
      {
        'ask-fortnox:code': tokens(),
        'save-token': (_call, nth) => (nth < 2 ? fault : 'passes'),
        'look-at-store': (_call, nth) => (nth < 2 ? fault : 'passes'),
      },
      settings,
    );
    expect(done.error).toBeUndefined();
    expect(settings.token.refresh_token).toBe(SECRET.freshRefresh);
  });

  test.each<[string, Answer]>([
    ['hangs', 'hangs'],
    ['fails', { fails: 'ECONNREFUSED' }],
  ])(
    'a look at the settings that %s is repeated, and named when it stays so',
    async (_name, fault) => {
      const settings = new Settings({});
      const once = await activate(
        {
          'ask-fortnox:code': tokens(),
          'read-settings': (_call, nth) => (nth ? 'passes' : fault),
        },
        settings,
      );
      expect(once.error).toBeUndefined();
      const always = await activate({ 'read-settings': fault }, new Settings({}));
      expect(always.error?.message).toMatch(/settings could not be read/);
      expect(always.seconds).toBeLessThan(45);
    },
  );

  test('a Hub that keeps nothing is named', async () => {
    const done = await activate(
      { 'ask-fortnox:code': tokens(), 'save-token': { statusCode: 500, body: {} } },
      new Settings({}),
    );
    expect(done.error?.message).toMatch(/the Hub did not keep it/);
  });
});

describe('the company', () => {
  const jwt = (tenant: number) =>
    `h.${Buffer.from(JSON.stringify({ tenantId: tenant })).toString('base64url')}.s`;
  const connected = { tenant_id: '111111', connection: 1, rotation: 5 };
  const other = { 'ask-fortnox:code': tokens({ access_token: jwt(998877) }) };

  test('that is connected is not replaced by another one: both are named, nothing is stored', async () => {
    const settings = new Settings(storedToken(connected));
    const before = structuredClone(settings.token);
    const done = await activate(other, settings);
    expect(done.error?.message).toMatch(
      /tenant 111111.*tenant 998877.*Replace the company.*--replace-company.*\[other-company\]$/,
    );
    expect(settings.token).toEqual(before);
    expectNothingSecret(done);
  });

  test.each([true, 'true'])('is replaced where replaceCompany is %j', async (replaceCompany) => {
    const settings = new Settings(storedToken(connected));
    const done = await activate(other, settings, { ...bare, replaceCompany });
    expect(done.error).toBeUndefined();
    expect(settings.token).toMatchObject({ tenant_id: '998877', connection: 2 });
  });

  test.each([false, 'false', 'yes', 1])('is not where it is %j', async (replaceCompany) => {
    const done = await activate(other, new Settings(storedToken(connected)), {
      ...bare,
      replaceCompany,
    });
    expect(done.ok).toBe(false);
  });

  test('is activated again without asking, and its counter goes up', async () => {
    const settings = new Settings(storedToken(connected));
    const again = { 'ask-fortnox:code': tokens({ access_token: jwt(111111) }) };
    expect((await activate(again, settings)).ok).toBe(true);
    expect(settings.token).toMatchObject({ connection: 2 });
  });

  test('behind an opaque token is asked for before anything is replaced', async () => {
    const opaque = { 'ask-fortnox:code': tokens(), 'ask-fortnox:company': company(998877) };
    const settings = new Settings(storedToken(connected));
    const done = await activate(opaque, settings);
    expect(done.error?.message).toMatch(/\[other-company\]$/);
    expect(settings.writes).toBe(0);
    const same = await activate({ ...opaque, 'ask-fortnox:company': company(111111) }, settings);
    expect(same.output.output).toMatchObject({ tenant_id: '111111', company: 'Testbolaget AB' });
  });

  test('that Fortnox does not tell is not put over another one', async () => {
    const settings = new Settings(storedToken(connected));
    const done = await activate({ 'ask-fortnox:code': tokens() }, settings);
    expect(done.error?.message).toMatch(/did not tell which company.*\[unknown-company\]$/);
    expect(settings.writes).toBe(0);
  });
});

describe('the proof of client credentials', () => {
  const jwt = `h.${Buffer.from('{"tenantId":998877}').toString('base64url')}.s`;
  const code = { 'ask-fortnox:code': tokens({ access_token: jwt }) };

  test('asks with the tenant id, then for the company with the token that it got', async () => {
    const settings = new Settings({});
    const done = await activate(
      { ...code, 'ask-fortnox:client': clientTokens(), 'ask-fortnox:company': company(998877) },
      settings,
    );
    expect(done.callsOf('ask-fortnox:client')[0]?.input).toMatchObject({
      headers: { TenantId: '998877' },
    });
    expect(done.callsOf('ask-fortnox:company')[0]?.input).toMatchObject({
      headers: { authorization: `Bearer ${SECRET.freshAccess}` },
    });
    expect(settings.token.client_credentials_proven).toEqual(expect.any(String));
    expect(settings.token.access_token).toBe(jwt);
  });

  test.each<[string, Answers]>([
    ['refused', { 'ask-fortnox:client': refusal('invalid_grant') }],
    ['not answered', { 'ask-fortnox:client': 'hangs' }],
    ['worthless', { 'ask-fortnox:client': clientTokens() }],
    ['worthless, slowly', { 'ask-fortnox:client': clientTokens(), 'ask-fortnox:company': 'hangs' }],
  ])('that is %s does not fail the activation, and is not kept', async (_name, answers) => {
    const settings = new Settings({});
    const done = await activate({ ...code, ...answers }, settings);
    expect(done.output.output).toMatchObject({ connected: true, tenant_id: '998877' });
    expect(settings.token.client_credentials_proven ?? null).toBeNull();
    expect(done.seconds).toBeLessThan(45);
    expectNothingSecret(done);
  });

  test('that cannot be kept does not fail the activation either', async () => {
    const settings = new Settings({});
    const done = await activate(
      {
        ...code,
        'ask-fortnox:client': clientTokens(),
        'ask-fortnox:company': company(998877),
        'save-token': (_call, nth) => (nth === 0 ? 'passes' : { statusCode: 500 }),
      },
      settings,
    );
    expect(done.output.output).toMatchObject({ connected: true });
  });
});
