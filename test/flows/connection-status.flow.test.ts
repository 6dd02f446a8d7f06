import { describe, expect, test } from 'vitest';
import { type Answer, run } from './harness.js';
import { expectNothingSecret, Settings, secondsFromStart, storedToken } from './world.js';

const KEY = 'fortnox-connection-status';
const status = async (token: unknown) => {
  const done = await run(KEY, new Settings(token).answers());
  expect(done.error).toBeUndefined();
  expectNothingSecret(done);
  expect(Object.keys(done.output).sort()).toEqual(['output', 'state', 'status']);
  return done.output.output;
};

describe('given a connection', () => {
  test('it says with which company, and that client credentials have no end', async () => {
    const proven = {
      company: 'Testbolaget AB',
      connected_at: secondsFromStart(-100),
      client_credentials_proven: secondsFromStart(-50),
    };
    expect(await status(storedToken(proven))).toEqual({
      connected: true,
      company: 'Testbolaget AB',
      tenantId: '1234',
      since: secondsFromStart(-100),
      healthyUntil: null,
      refreshedAt: secondsFromStart(-86_400),
      grant: 'client_credentials',
      scope: 'customer invoice',
    });
  });

  test.each([
    ['without a proof', {}],
    [
      'with client credentials that were refused',
      {
        client_credentials_proven: secondsFromStart(-50),
        client_credentials_rejected: secondsFromStart(-9),
      },
    ],
    ['without a tenant id', { tenant_id: null }],
  ])('%s it ends 31 days after its refresh token was issued', async (_name, changes) => {
    expect(await status(storedToken(changes))).toMatchObject({
      connected: true,
      grant: 'refresh_token',
      healthyUntil: secondsFromStart(30 * 86_400),
    });
  });
});

test.each([
  ['an empty record', {}],
  ['no record', undefined],
  ['one that was disconnected', { connection: 3, rotation: 7 }],
])('given %s it says that nothing is connected', async (_name, token) => {
  expect(await status(token)).toEqual({
    connected: false,
    company: null,
    tenantId: null,
    since: null,
    healthyUntil: null,
    refreshedAt: null,
    grant: null,
    scope: '',
  });
});

describe('given a list that lacks the token', () => {
  const TOKEN = '_fortnox_access_token';
  const lacking = (token: unknown, byKey: Answer = 'passes') => {
    const settings = new Settings(token);
    settings.world.settings.hideOnce(TOKEN);
    return run(KEY, settings.answers({ 'read-settings': ['passes', byKey] }));
  };

  test('it asks for the token by its key, and says what is there', async () => {
    const done = await lacking(storedToken());
    expect(done.output.output).toMatchObject({ connected: true, tenantId: '1234' });
    expect(done.output.status).toMatchObject({ statusmessage: 'Fortnox is connected' });
    expect(done.callsOf('read-settings').map(({ input }) => [input.url, input.query])).toEqual([
      ['/my/config/settings', { tag: 'fortnox' }],
      [`/my/config/settings/${TOKEN}`, undefined],
    ]);
    expectNothingSecret(done);
    expect(Object.keys(done.output).sort()).toEqual(['output', 'state', 'status']);
  });

  test('as the setting has lost its tag, it says what is there', async () => {
    const settings = new Settings(storedToken());
    settings.world.settings.put(TOKEN, { tag: [] });
    const done = await run(KEY, settings.answers());
    expect(done.output.output).toMatchObject({ connected: true });
  });

  test('nor anything else, it says what is there', async () => {
    const settings = new Settings(storedToken());
    const empty = { statusCode: 200, body: {} };
    const done = await run(KEY, settings.answers({ 'read-settings': [empty, 'passes'] }));
    expect(done.output.output).toMatchObject({ connected: true });
  });

  test.each<[string, Answer]>([
    ['404', { statusCode: 404, body: {} }],
    ['an empty object', { statusCode: 200, body: {} }],
    ['a list again, in which it is empty', { statusCode: 200, body: { [TOKEN]: null } }],
  ])(
    'and a Hub that answers for its key %s, it says that nothing is connected',
    async (_name, answer) => {
      const done = await lacking(undefined, answer);
      expect(done.output.output).toMatchObject({ connected: false });
      expect(done.callsOf('read-settings')).toHaveLength(2);
    },
  );

  test.each<[string, Answer, string]>([
    ['answers 403', { statusCode: 403, body: {} }, ' (HTTP 403)'],
    ['answers 500', { statusCode: 500, body: {} }, ' (HTTP 500)'],
    ['answers a page', { statusCode: 200, body: '<html>' }, ' (HTTP 200)'],
    ['fails', { fails: 'ECONNREFUSED' }, ''],
    ['hangs', 'hangs', ''],
  ])(
    'and a Hub that %s for its key, it says that this could not be read',
    async (_name, answer, why) => {
      const done = await lacking(storedToken(), answer);
      expect(done.error?.message).toContain(`could not be read from the Hub${why}. `);
      expect(done.error?.message).toMatch(/ \[settings-unreadable\]$/);
      expect(Object.keys(done.output).sort()).toEqual(['state', 'status']);
    },
  );
});

test('given a connection that the list shows, it reads once', async () => {
  expect((await run(KEY, new Settings(storedToken()).answers())).calls).toHaveLength(1);
});

describe('given a form, which asks for a text', () => {
  const text = async (token: unknown) => {
    const input = { format: 'text' };
    return (await run(KEY, new Settings(token).answers(), { input })).output.output;
  };

  test('it says with which company, since when, and until when it is healthy', async () => {
    const token = { company: 'Bröd & <b>Bak</b> AB', connected_at: secondsFromStart(-86_400) };
    expect(await text(storedToken(token))).toBe(
      'Fortnox is connected: Bröd & bBak/b AB (tenant id 1234). Connected since 2026-02-28. ' +
        'Last refreshed 2026-02-28. Healthy until 2026-03-31; each refresh makes that later.',
    );
  });

  test('it says that client credentials do not run out', async () => {
    const token = { client_credentials_proven: secondsFromStart(-50) };
    expect(await text(storedToken(token))).toMatch(
      /^Fortnox is connected: tenant id 1234\. .*does not run out/,
    );
  });

  test('it says that nothing is connected', async () => {
    expect(await text({})).toBe('Fortnox is not connected.');
  });
});

test.each([
  ['connected', storedToken(), 'Fortnox is connected'],
  ['not connected', {}, 'Fortnox is not connected'],
])('given a Fortnox that is %s, the status of the process says so', async (_name, token, says) => {
  const done = await run(KEY, new Settings(token).answers());
  expect(done.output.status).toEqual({ statuskey: 'complete', statusmessage: says });
});

test.each<[string, Answer]>([
  ['hangs', 'hangs'],
  ['fails', { fails: 'ECONNREFUSED' }],
  ['answers 500', { statusCode: 500, body: {} }],
])('given a Hub whose settings call %s, it fails with a sentence', async (_name, answer) => {
  const done = await run(KEY, { 'read-settings': answer });
  expect(done.error?.message).toMatch(/settings could not be read.*\[settings-unreadable\]$/);
});
