import { describe, expect, test } from 'vitest';
import { run } from './asks.js';
import type { Answer } from './harness.js';
import {
  clientTokens,
  expectNothingSecret,
  refusal,
  SECRET,
  Settings,
  secondsFromStart,
  storedToken,
  tokens,
} from './world.js';

const KEY = 'fortnox-refresh-access-token';
const HTML: Answer = { statusCode: 200, body: '<html>Log in</html>' };

const faults: [string, Answer][] = [
  ['a refused connection', { fails: 'ECONNREFUSED' }],
  ['a cut connection', { fails: 'ECONNRESET' }],
  ['a call that hangs', 'hangs'],
  ['429 with Retry-After', { statusCode: 429, body: '', headers: { 'retry-after': '3' } }],
  ['500', { statusCode: 500, body: '{"error":"server_error"}' }],
  ['502 with HTML', { statusCode: 502, body: '<html>Bad gateway</html>' }],
  ['a redirect', { statusCode: 302, body: '' }],
  ['200 with broken JSON', { statusCode: 200, body: '{"access_token":"x' }],
  ['200 without tokens', { statusCode: 200, body: '{}' }],
  ['200 with a number for a token', tokens({ access_token: 12345 })],
  ['400 invalid_grant', refusal('invalid_grant')],
  ['401 invalid_client', refusal('invalid_client', 401)],
  ['401 error_missing_license', refusal('error_missing_license', 401)],
  ['403', { statusCode: 403, body: 'Forbidden' }],
  ['404', { statusCode: 404, body: '' }],
];

describe('given one fault at Fortnox', () => {
  test.each(faults)('%s is survived in the same run', async (_name, fault) => {
    const settings = new Settings(storedToken({ tenant_id: null }));
    const done = await run(KEY, settings.answers({ 'ask-fortnox:refresh': [fault, tokens()] }));
    expect(done.error).toBeUndefined();
    expect(settings.token.refresh_token).toBe(SECRET.freshRefresh);
    expect(done.seconds).toBeLessThan(45);
  });

  test.each(faults)(
    '%s on client credentials is survived in the same run',
    async (_name, fault) => {
      const settings = new Settings(storedToken({ refresh_token: null }));
      const done = await run(
        KEY,
        settings.answers({ 'ask-fortnox:client': [fault, clientTokens()] }),
      );
      expect(done.error).toBeUndefined();
      expect(settings.token.access_token).toBe(SECRET.freshAccess);
    },
  );

  test('a rotation whose answer was lost goes on with client credentials', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': ['hangs', refusal('invalid_grant')],
        'ask-fortnox:client': clientTokens(),
      }),
    );
    expect(done.error).toBeUndefined();
    expect(done.seconds).toBeLessThan(45);
  });
});

test('given a Hub that is up again when no time is left to ask, it does not say that Fortnox was asked', async () => {
  const settings = new Settings(storedToken({ tenant_id: null }));
  const hangs = (_call: unknown, nth: number): Answer => (nth < 3 ? 'hangs' : 'passes');
  const done = await run(KEY, settings.answers({ 'read-settings': hangs }));
  expect(done.callsOf('ask-fortnox')).toHaveLength(0);
  expect(done.error?.message).toMatch(/^This run had no time left to ask Fortnox\..*\[too-late\]$/);
});

describe('given a Fortnox that goes on failing', () => {
  test.each<[string, Answer, RegExp]>([
    [
      'no connection',
      { fails: 'ECONNREFUSED' },
      /could not be reached.*ECONNREFUSED.*Try again in some minutes/,
    ],
    ['calls that hang', 'hangs', /could not be reached.*Try again in some minutes/],
    ['500', { statusCode: 500, body: '' }, /HTTP 500.*Try again in some minutes/],
    [
      '429',
      { statusCode: 429, body: '', headers: { 'retry-after': '60' } },
      /HTTP 429.*Try again in some minutes/,
    ],
    [
      'a dropped licence',
      refusal('error_missing_license', 401),
      /no licence.*activating again does not help/,
    ],
    [
      'wrong client credentials',
      refusal('invalid_client', 401),
      /does not accept the client id and secret/,
    ],
    ['404', { statusCode: 404, body: '' }, /not documented.*HTTP 404/],
  ])(
    '%s ends within 45 s with its own sentence, the stored token untouched',
    async (_name, fault, sentence) => {
      const settings = new Settings(storedToken());
      const before = structuredClone(settings.token);
      const done = await run(
        KEY,
        settings.answers({ 'ask-fortnox:refresh': fault, 'ask-fortnox:client': fault }),
      );
      expect(done.error?.message).toMatch(sentence);
      expect(settings.token).toEqual(before);
      expect(done.seconds).toBeLessThan(45);
      expectNothingSecret(done);
    },
  );

  test('a refused refresh token with an outage at client credentials is not called lost', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': refusal('invalid_grant'),
        'ask-fortnox:client': { statusCode: 503, body: '' },
      }),
    );
    expect(done.error?.message).toMatch(/Try again in some minutes/);
  });

  test('both ways refused, the connection is lost', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': refusal('invalid_grant'),
        'ask-fortnox:client': refusal('unauthorized_client', 401),
      }),
    );
    expect(done.error?.message).toMatch(/connection is lost.*Activate it again/);
  });
});

describe('given a Hub whose settings cannot be read', () => {
  test.each<[string, Answer]>([
    ['fails', { fails: 'ECONNREFUSED' }],
    ['hangs', 'hangs'],
    ['answers 500', { statusCode: 500, body: { message: 'no' } }],
    ['answers a login page', HTML],
  ])('a first look that %s is repeated', async (_name, fault) => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': tokens(),
        'read-settings': (_call, nth) => (nth === 0 ? fault : 'passes'),
      }),
    );
    expect(done.error).toBeUndefined();
  });

  test('a Hub that forbids it twice is believed, and named', async () => {
    const done = await run(KEY, {
      'read-settings': { statusCode: 403, body: { message: 'Forbidden' } },
    });
    expect(done.error?.message).toMatch(/settings could not be read from the Hub \(HTTP 403\)/);
    expect(done.callsOf('read-settings')).toHaveLength(2);
  });

  test('when it stays so, the run says so and calls nobody', async () => {
    const done = await run(KEY, new Settings(storedToken()).answers({ 'read-settings': 'hangs' }));
    expect(done.error?.message).toMatch(/settings could not be read/);
    expect(done.callsOf('ask-fortnox:refresh')).toEqual([]);
    expect(done.seconds).toBeLessThan(45);
  });
});

describe('given a Hub that does not simply keep the token', () => {
  const refreshed = { 'ask-fortnox:refresh': tokens() };

  test.each<[string, Answer]>([
    ['a refused connection', { fails: 'ECONNREFUSED' }],
    ['a hanging write', 'hangs'],
    ['500', { statusCode: 500, body: { message: 'no' } }],
    ['403', { statusCode: 403, body: { message: 'no' } }],
    ['200 with HTML', HTML],
    ['200 with nothing', { statusCode: 200, body: null }],
    ['200 with a list', { statusCode: 200, body: [] }],
  ])('two faults on the save are survived: %s', async (_name, fault) => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        ...refreshed,
        'save-token': (_call, nth) => (nth < 2 ? fault : 'passes'),
      }),
    );
    expect(done.error).toBeUndefined();
    expect(settings.token.refresh_token).toBe(SECRET.freshRefresh);
    expect(done.callsOf('look-at-store')).toHaveLength(2);
  });

  test('a write that worked although its answer was lost is not repeated', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({ ...refreshed, 'save-token': [{ kind: 'cut-after' }, 'passes'] }),
    );
    expect(done.error).toBeUndefined();
    expect(settings.writes).toBe(1);
  });

  test('a newer token that someone stored meanwhile is never overwritten', async () => {
    const settings = new Settings(storedToken());
    const newer = storedToken({
      access_token: 'newer',
      refresh_token: 'newer-refresh',
      timestamp: secondsFromStart(2),
      rotation: 2,
    });
    const done = await run(
      KEY,
      settings.answers({
        ...refreshed,
        'save-token': () => {
          settings.token = newer;
          return { fails: 'ECONNRESET' };
        },
      }),
    );
    expect(done.error).toBeUndefined();
    expect(settings.token).toEqual(newer);
  });

  test('an unreadable store is looked at again before anything is written', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        ...refreshed,
        'save-token': (_call, nth) => (nth === 0 ? { fails: 'ECONNRESET' } : 'passes'),
        'look-at-store': (_call, nth) =>
          (['hangs', { fails: 'ECONNRESET' }] as const)[nth] ?? 'passes',
      }),
    );
    expect(done.error).toBeUndefined();
    expect(done.calls.map((call) => call.task).slice(2)).toEqual([
      'save-token',
      'look-at-store',
      'look-at-store',
      'look-at-store',
      'save-token',
    ]);
  });

  test('a setting that is missing is created, and one that turns up meanwhile is updated', async () => {
    const settings = new Settings(storedToken());
    const before = settings.token;
    const done = await run(
      KEY,
      settings.answers({
        ...refreshed,
        'save-token': (_call, nth) => {
          if (nth === 0) {
            settings.change({ _fortnox_access_token: undefined });
          }
          if (nth === 1) {
            settings.token = before;
          }
          return nth < 2 ? { statusCode: nth === 0 ? 404 : 409, body: {} } : 'passes';
        },
      }),
    );
    expect(done.error).toBeUndefined();
    expect(done.callsOf('save-token').map(({ input }) => [input.method, input.url])).toEqual([
      ['PUT', '/admin/config/settings/_fortnox_access_token'],
      ['POST', '/admin/config/settings'],
      ['PUT', '/admin/config/settings/_fortnox_access_token'],
    ]);
    expect(done.callsOf('save-token')[1]?.input.payload).toMatchObject({
      key: '_fortnox_access_token',
    });
  });

  test('a Hub that refuses every write is named, and the run fails within 45 s', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        ...refreshed,
        'save-token': { statusCode: 403, body: { message: 'no' } },
      }),
    );
    expect(done.error?.message).toMatch(/the Hub did not keep it \(HTTP 403\)/);
    expect(done.seconds).toBeLessThan(45);
    expectNothingSecret(done);
  });

  test('a setting that is there is updated, whatever a write before was answered', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        ...refreshed,
        'save-token': (_call, nth) => (nth === 0 ? { statusCode: 404, body: {} } : 'passes'),
      }),
    );
    expect(done.callsOf('save-token').map(({ input }) => input.method)).toEqual(['PUT', 'PUT']);
  });

  test('late answers, a long Retry-After and hanging looks together still end within 45 s', async () => {
    const settings = new Settings(storedToken({ refresh_token: null }));
    const late = (statusCode: number, after: number, headers = {}): Answer => ({
      statusCode,
      body: '',
      after,
      headers,
    });
    const done = await run(
      KEY,
      settings.answers({
        'read-settings': (_call, nth) => (nth === 0 || nth > 3 ? 'hangs' : 'passes'),
        'ask-fortnox:client': [
          late(500, 8.5),
          late(500, 8),
          late(429, 8.9, { 'retry-after': '8' }),
        ],
      }),
    );
    expect(done.ok).toBe(false);
    expect(done.seconds).toBeLessThan(45);
  });

  test('slow at everything, the run still ends within 45 s', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        'read-settings': (_call, nth) =>
          nth === 0 ? 'hangs' : { kind: 'late', milliseconds: 3500 },
        'ask-fortnox:refresh': (_call, nth) =>
          nth === 0 ? { fails: 'ETIMEDOUT' } : ({ ...(tokens() as object), after: 9 } as never),
        'save-token': 'hangs',
        'look-at-store': { kind: 'late', milliseconds: 3500 },
      }),
    );
    expect(done.ok).toBe(false);
    expect(done.seconds).toBeLessThan(45);
  });
});
