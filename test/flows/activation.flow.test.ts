import { describe, expect, test } from 'vitest';
import { type Answer, type Answers, run } from './harness.js';
import {
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

function activate(answers: Answers, settings: Settings, given: Record<string, unknown> = bare) {
  return run(KEY, settings.answers(answers), { submit: given });
}

describe('given a code from Fortnox', () => {
  test('it is exchanged with the redirect URI that it was asked for with', async () => {
    const done = await activate({ 'exchange-code': tokens() }, new Settings({}));
    expect(done.callsOf('exchange-code')[0]?.input).toMatchObject({
      method: 'POST',
      url: 'https://apps.fortnox.se/oauth-v1/token',
      form: { grant_type: 'authorization_code', code: SECRET.code, redirect_uri: REDIRECT },
    });
  });

  test('the tokens are stored, and what was connected is answered without them', async () => {
    const jwt = `h.${Buffer.from(JSON.stringify({ tenantId: 4711 })).toString('base64url')}.${SECRET.freshAccess}`;
    const settings = new Settings({});
    const done = await activate({ 'exchange-code': tokens({ access_token: jwt }) }, settings);
    expect(settings.token).toEqual({
      access_token: jwt,
      refresh_token: SECRET.freshRefresh,
      scope: 'customer invoice',
      token_type: 'bearer',
      expires_in: 3600,
      timestamp: secondsFromStart(0),
      tenant_id: '4711',
      refresh_token_timestamp: secondsFromStart(0),
    });
    expect(done.output.output).toMatch(
      /^Fortnox is connected\.\nCompany: tenant id 4711\nScopes: customer invoice\n/,
    );
    expectNothingSecret(done);
  });

  test('it works the same when a run brings the code, not the form', async () => {
    const settings = new Settings({});
    const done = await run(KEY, settings.answers({ 'exchange-code': tokens() }), { input: bare });
    expect(done.error).toBeUndefined();
    expect(done.output.output).toEqual({
      connected: true,
      scope: 'customer invoice',
      expires_in: 3600,
      timestamp: secondsFromStart(0),
      refresh_token_timestamp: secondsFromStart(0),
      tenant_id: null,
    });
  });

  test('a whole address is taken when its state is the one of the activation URL', async () => {
    const code = `${REDIRECT}/?code=${SECRET.code}&state=right+state`;
    const done = await activate({ 'exchange-code': tokens() }, new Settings({}), {
      code,
      redirectURI: REDIRECT,
      activationUrl: URL_WITH_STATE,
    });
    expect(done.error).toBeUndefined();
    expect(done.callsOf('exchange-code')[0]?.input.form).toMatchObject({ code: SECRET.code });
  });

  test('a new activation replaces the connection to another company', async () => {
    const settings = new Settings(storedToken({ tenant_id: '1' }));
    const other = storedToken({
      access_token: 'other',
      tenant_id: '1',
      timestamp: secondsFromStart(60),
    });
    const jwt = `h.${Buffer.from(JSON.stringify({ tenantId: 2 })).toString('base64url')}.s`;
    await activate(
      {
        'exchange-code': tokens({ access_token: jwt }),
        'save-token': (_call, nth) => {
          if (nth > 0) {
            return 'passes';
          }
          settings.token = other;
          return { fails: 'ECONNRESET' };
        },
      },
      settings,
    );
    expect(settings.token.tenant_id).toBe('2');
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
    ['a refused consent', address('error=access_denied&state=right+state'), /not approved/],
    ['a wrong scope', address('error=invalid_scope'), /scopes/],
    ['no licence', address('error=error_missing_license'), /no licence/],
    ['no app licence', address('error=error_missing_app_license'), /no licence/],
    ['no administrator', address('error=error_missing_system_admin_right'), /system administrator/],
    ['an unknown error', address('error=brand_new%1b[31m'), /refused with "brand_new/],
    ['a name that every object has', address('error=constructor'), /refused with "constructor"/],
    ['neither code nor error', address('state=right+state'), /holds no code/],
  ])(
    '%s fails with its own sentence; nothing is sent to Fortnox, nothing stored changes',
    async (_name, given, sentence) => {
      const settings = new Settings(storedToken());
      const before = structuredClone(settings.token);
      const done = await activate({}, settings, given);
      expect(done.error?.message).toMatch(sentence);
      expect(done.error?.message).not.toContain('\u001b');
      expect(done.calls.map((call) => call.task)).toEqual(['read-settings']);
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
      'an answer that is no JSON',
      { statusCode: 200, body: '<html>' },
      /did not answer as it should/,
    ],
  ])(
    '%s fails with its own sentence, and nothing stored changes',
    async (_name, answer, sentence) => {
      const settings = new Settings(storedToken());
      const before = structuredClone(settings.token);
      const done = await activate({ 'exchange-code': answer }, settings);
      expect(done.error?.message).toMatch(sentence);
      expect(settings.token).toEqual(before);
      expect(done.seconds).toBeLessThan(45);
      expectNothingSecret(done);
    },
  );

  test('a code that a lost answer may have used up is said to be doubtful', async () => {
    const done = await activate(
      { 'exchange-code': [{ fails: 'ECONNRESET' }, refusal('invalid_grant')] },
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
    const done = await activate({ 'exchange-code': [fault, tokens()] }, new Settings({}));
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
        'exchange-code': tokens(),
        'save-token': [fault, fault, 'passes'],
        'look-at-store': [fault, fault, 'passes'],
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
          'exchange-code': tokens(),
          'read-settings': [fault, 'passes'],
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
      { 'exchange-code': tokens(), 'save-token': { statusCode: 500, body: {} } },
      new Settings({}),
    );
    expect(done.error?.message).toMatch(/the Hub did not keep it/);
  });
});
