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

describe('given a connection and a Fortnox that answers', () => {
  test('a refresh takes one read, one call and one write', async () => {
    const settings = new Settings(storedToken());
    const done = await run(KEY, settings.answers({ 'ask-fortnox:refresh': tokens() }));
    expect(done.calls.map((call) => call.task)).toEqual([
      'read-settings',
      'ask-fortnox:refresh',
      'save-token',
    ]);
    expect(done.seconds).toBe(0);
  });

  test('it sends the refresh token once, encoded as a form, with the client as Basic credentials', async () => {
    const settings = new Settings(storedToken());
    const done = await run(KEY, settings.answers({ 'ask-fortnox:refresh': tokens() }));
    const [call] = done.callsOf('ask-fortnox:refresh');
    expect(call?.input).toMatchObject({
      url: 'https://apps.fortnox.se/oauth-v1/token',
      method: 'POST',
      form: { grant_type: 'refresh_token', refresh_token: SECRET.refresh },
      headers: {
        authorization: `Basic ${Buffer.from(`JBL1UVnvfo4y:${SECRET.client}`).toString('base64')}`,
      },
      followRedirect: false,
    });
  });

  test('it stores the whole record, in a write that names every field of the setting', async () => {
    const settings = new Settings(storedToken());
    const done = await run(KEY, settings.answers({ 'ask-fortnox:refresh': tokens() }));
    const [save] = done.callsOf('save-token');
    const { value, ...setting } = (save?.input.payload ?? {}) as Record<string, unknown>;
    expect(setting).toEqual({
      name: 'fortnox_access_token',
      type: 'object',
      tag: ['fortnox'],
      role: ['admin'],
      category: 'custom',
    });
    expect(JSON.parse(String(value))).toEqual({
      access_token: SECRET.freshAccess,
      refresh_token: SECRET.freshRefresh,
      scope: 'customer invoice',
      token_type: 'bearer',
      expires_in: 3600,
      timestamp: secondsFromStart(0),
      tenant_id: '1234',
      refresh_token_timestamp: secondsFromStart(0),
      connection: 0,
      rotation: 1,
      company: null,
      connected_at: null,
      client_credentials_proven: null,
    });
  });

  test('it answers the access token and never the refresh token', async () => {
    const settings = new Settings(storedToken());
    const done = await run(KEY, settings.answers({ 'ask-fortnox:refresh': tokens() }));
    expect(done.output.output).toEqual({
      access_token: SECRET.freshAccess,
      expires_in: 3600,
      timestamp: secondsFromStart(0),
      scope: 'customer invoice',
      token_type: 'bearer',
    });
    expectNothingSecret(done, [SECRET.freshAccess]);
  });

  test('the timestamp is the time before the call, however long the answer takes', async () => {
    const settings = new Settings(storedToken());
    await run(
      KEY,
      settings.answers({ 'ask-fortnox:refresh': { ...(tokens() as object), after: 7 } as never }),
    );
    expect(settings.token.timestamp).toBe(secondsFromStart(0));
  });

  test('the tenant id comes from the access token where the record has none', async () => {
    const jwt = `h.${Buffer.from(JSON.stringify({ tenantId: 998877 })).toString('base64url')}.s`;
    const settings = new Settings(storedToken({ tenant_id: undefined }));
    await run(KEY, settings.answers({ 'ask-fortnox:refresh': tokens({ access_token: jwt }) }));
    expect(settings.token.tenant_id).toBe('998877');
  });

  test('expires_in is stored as a number even where Fortnox sends text', async () => {
    const settings = new Settings(storedToken());
    await run(KEY, settings.answers({ 'ask-fortnox:refresh': tokens({ expires_in: '1800' }) }));
    expect(settings.token.expires_in).toBe(1800);
  });

  test('a token that the manual blueprint stored as a JSON string is refreshed all the same', async () => {
    const old = storedToken({
      expires_in: '3600',
      tenant_id: undefined,
      refresh_token_timestamp: undefined,
    });
    const settings = new Settings(JSON.stringify(old));
    const done = await run(KEY, settings.answers({ 'ask-fortnox:refresh': tokens() }));
    expect(done.ok).toBe(true);
    expect(settings.token.refresh_token).toBe(SECRET.freshRefresh);
  });
});

describe('given another refresh that used the refresh token first', () => {
  test('its token is answered once it is stored, and nothing is written', async () => {
    const settings = new Settings(storedToken());
    const winner = storedToken({
      access_token: 'winner-access',
      refresh_token: 'winner-refresh',
      timestamp: secondsFromStart(0),
    });
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': refusal('invalid_grant'),
        'read-settings': (call) => {
          if (call.at >= 5) {
            settings.token = winner;
          }
          return 'passes';
        },
      }),
    );
    expect(done.output.output).toMatchObject({ access_token: 'winner-access' });
    expect(settings.writes).toBe(0);
    expect(done.way).toContain('which-grant-to-at-hand');
    expectNothingSecret(done);
  });

  test('a stored token that has run out is used to refresh, not answered', async () => {
    const settings = new Settings(storedToken());
    const expired = storedToken({
      access_token: 'later-access',
      refresh_token: 'later-refresh',
      timestamp: secondsFromStart(-7200),
    });
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': (call) =>
          (call.input.form as { refresh_token: string }).refresh_token === 'later-refresh'
            ? tokens()
            : refusal('invalid_grant'),
        'read-settings': (call) => {
          if (call.at > 0) {
            settings.token = expired;
          }
          return 'passes';
        },
      }),
    );
    expect(done.output.output).toMatchObject({ access_token: SECRET.freshAccess });
    expect(settings.token.refresh_token).toBe(SECRET.freshRefresh);
  });
});

describe('given a refresh token that Fortnox refuses, and nobody who used it', () => {
  test('client credentials are used after some ten seconds of looking for a winner', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': refusal('invalid_grant'),
        'ask-fortnox:client': clientTokens(),
      }),
    );
    expect(done.ok).toBe(true);
    const [call] = done.callsOf('ask-fortnox:client');
    expect(call?.at).toBeGreaterThanOrEqual(10);
    expect(call?.input).toMatchObject({
      form: { grant_type: 'client_credentials' },
      headers: { TenantId: '1234' },
    });
  });

  test('the store is read between the answer and the write, and a token stored meanwhile is left', async () => {
    const settings = new Settings(storedToken());
    const meanwhile = storedToken({
      access_token: 'meanwhile',
      refresh_token: 'meanwhile-refresh',
      timestamp: secondsFromStart(3),
      rotation: 1,
    });
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': refusal('invalid_grant'),
        'ask-fortnox:client': clientTokens(),
        'look-at-store': () => {
          settings.token = meanwhile;
          return 'passes';
        },
      }),
    );
    expect(done.ok).toBe(true);
    expect(settings.writes).toBe(0);
    expect(settings.token).toEqual(meanwhile);
  });

  test('the dead refresh token is kept and marked, so that the next refresh does not start with it', async () => {
    const settings = new Settings(storedToken());
    await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': refusal('invalid_grant'),
        'ask-fortnox:client': clientTokens(),
      }),
    );
    expect(settings.token).toMatchObject({
      refresh_token: SECRET.refresh,
      refresh_token_timestamp: secondsFromStart(-86_400),
    });
    expect(Date.parse(String(settings.token.refresh_token_rejected))).toBeGreaterThan(0);
    const again = await run(
      KEY,
      settings.answers({
        'ask-fortnox:client': tokens({ access_token: 'again', refresh_token: undefined }),
      }),
    );
    expect(again.calls.map((call) => call.task)).toEqual([
      'read-settings',
      'ask-fortnox:client',
      'save-token',
    ]);
    expect(settings.token).toMatchObject({ access_token: 'again', refresh_token: SECRET.refresh });
    expect(settings.token.refresh_token_rejected).toBeDefined();
  });

  test('a connection without a refresh token lives on client credentials alone', async () => {
    const settings = new Settings(
      storedToken({ refresh_token: null, refresh_token_timestamp: null }),
    );
    const done = await run(KEY, settings.answers({ 'ask-fortnox:client': clientTokens() }));
    expect(done.ok).toBe(true);
    expect(settings.token).toMatchObject({ access_token: SECRET.freshAccess, refresh_token: null });
  });

  test('a marked refresh token is the last resort when client credentials are refused', async () => {
    const settings = new Settings(storedToken({ refresh_token_rejected: secondsFromStart(-100) }));
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:client': refusal('invalid_grant'),
        'ask-fortnox:refresh': tokens(),
      }),
    );
    expect(done.ok).toBe(true);
    expect(settings.token.refresh_token).toBe(SECRET.freshRefresh);
    expect(settings.token.refresh_token_rejected).toBeUndefined();
  });

  test('without a tenant id it is tried once more, in case the refusal was a mistake', async () => {
    const settings = new Settings(storedToken({ tenant_id: null }));
    const done = await run(
      KEY,
      settings.answers({ 'ask-fortnox:refresh': [refusal('invalid_grant'), tokens()] }),
    );
    expect(done.ok).toBe(true);
  });

  test('refused twice without a tenant id, it says where to activate again and who must approve', async () => {
    const settings = new Settings(storedToken({ tenant_id: null }));
    const before = structuredClone(settings.token);
    const done = await run(
      KEY,
      settings.answers({ 'ask-fortnox:refresh': refusal('invalid_grant') }),
    );
    expect(done.error?.message).toMatch(
      /Activate it again at \/form\/fortnox-activate.*system administrator/,
    );
    expect(settings.token).toEqual(before);
    expectNothingSecret(done);
    expect(done.seconds).toBeLessThan(45);
  });
});

describe('given settings that do not allow a refresh', () => {
  test.each([
    [
      'no client secret',
      { _fortnox_app_clientsecret: undefined },
      /fortnox_app_clientsecret must both be set/,
    ],
    ['no client id', { _fortnox_app_clientid: '' }, /fortnox_app_clientid/],
    ['a masked client secret', { _fortnox_app_clientsecret: '********' }, /only a masked/],
    ['an empty token, as installed', { _fortnox_access_token: {} }, /not connected yet/],
    [
      'a token that is not valid JSON',
      { _fortnox_access_token: 'null and void' },
      /not connected yet/,
    ],
    [
      'a token without any grant',
      { _fortnox_access_token: { access_token: 'opaque' } },
      /not connected yet/,
    ],
  ])('with %s it says so, and calls nobody', async (_name, changes, sentence) => {
    const settings = new Settings(storedToken());
    settings.change(changes);
    const done = await run(KEY, settings.answers());
    expect(done.error?.message).toMatch(sentence);
    expect(new Set(done.calls.map((call) => call.task))).toEqual(new Set(['read-settings']));
    expectNothingSecret(done);
  });
});

describe('given client credentials that are known to work', () => {
  const days = (count: number) => secondsFromStart(-count * 86_400);
  const proven = { client_credentials_proven: days(1), connection: 1, rotation: 5 };
  const scheduled = { input: { scheduled: true } };

  test('a refresh takes one read, one call and one write, waits for nothing and spends nothing', async () => {
    const settings = new Settings(storedToken(proven));
    const done = await run(KEY, settings.answers({ 'ask-fortnox:client': clientTokens() }));
    expect(done.calls.map((call) => call.task)).toEqual([
      'read-settings',
      'ask-fortnox:client',
      'save-token',
    ]);
    expect(done.seconds).toBe(0);
    expect(settings.token).toMatchObject({
      access_token: SECRET.freshAccess,
      refresh_token: SECRET.refresh,
      connection: 1,
      rotation: 6,
    });
  });

  test('at 2 s a call it takes the same three', async () => {
    const settings = new Settings(storedToken(proven));
    const slow = (answer: Answer): Answer =>
      answer === 'passes'
        ? { kind: 'late', milliseconds: 2000 }
        : ({ ...(answer as object), after: 2 } as Answer);
    const done = await run(
      KEY,
      settings.answers({
        'read-settings': () => slow('passes'),
        'ask-fortnox:client': slow(clientTokens()),
        'save-token': () => slow('passes'),
      }),
    );
    expect(done.calls).toHaveLength(3);
    expect(done.seconds).toBe(6);
  });

  test('the schedule rotates a spare of ten days, and looks once more that it is still there', async () => {
    const old = { refresh_token_timestamp: days(10) };
    const settings = new Settings(storedToken({ ...proven, ...old }));
    const done = await run(KEY, settings.answers({ 'ask-fortnox:refresh': tokens() }), scheduled);
    expect(settings.token).toMatchObject({
      refresh_token: SECRET.freshRefresh,
      client_credentials_proven: days(1),
    });
    expect(done.callsOf('look-at-store')).toHaveLength(1);
  });

  test('refused, the spare is used and the refusal remembered: the next run begins with the spare', async () => {
    const settings = new Settings(storedToken(proven));
    const answers = settings.answers({
      'ask-fortnox:client': refusal('unauthorized_client', 401),
      'ask-fortnox:refresh': tokens(),
    });
    expect((await run(KEY, answers)).ok).toBe(true);
    expect(settings.token.client_credentials_rejected).toBe(secondsFromStart(0));
    const next = await run(KEY, answers);
    expect(next.callsOf('ask-fortnox:client')).toEqual([]);
  });

  test('refused a day ago, they are tried again, and the refusal forgotten once they work', async () => {
    const settings = new Settings(storedToken({ ...proven, client_credentials_rejected: days(1) }));
    await run(KEY, settings.answers({ 'ask-fortnox:client': clientTokens() }));
    expect(settings.token).not.toHaveProperty('client_credentials_rejected');
  });
});

test('given a connection that is not proven, the scheduled run proves it', async () => {
  const settings = new Settings(storedToken());
  await run(KEY, settings.answers({ 'ask-fortnox:client': clientTokens() }), {
    input: { scheduled: true },
  });
  expect(settings.token).toMatchObject({
    client_credentials_proven: secondsFromStart(0),
    refresh_token: SECRET.refresh,
  });
});
