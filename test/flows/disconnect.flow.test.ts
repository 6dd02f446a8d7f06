import { describe, expect, test } from 'vitest';
import { run } from './asks.js';
import type { Answer, Answers } from './harness.js';
import { expectNothingSecret, refusal, SECRET, Settings, storedToken, tokens } from './world.js';

const KEY = 'fortnox-disconnect';
const revoked: Answer = { statusCode: 200, body: '{"revoked":true}' };
const connected = { connection: 2, rotation: 7, company: 'Testbolaget AB' };

const disconnect = (settings: Settings, answers: Answers = { 'ask-fortnox': revoked }) =>
  run(KEY, settings.answers(answers));

describe('given a connection', () => {
  test('its refresh token is revoked, and its record emptied, but for the counters', async () => {
    const settings = new Settings(storedToken(connected));
    const done = await disconnect(settings);
    expect(done.callsOf('ask-fortnox:revoke')[0]?.input).toMatchObject({
      url: 'https://apps.fortnox.se/oauth-v1/revoke',
      method: 'POST',
      form: { token_type_hint: 'refresh_token', token: SECRET.refresh },
    });
    expect(settings.token).toEqual({
      connection: 3,
      rotation: expect.any(Number),
      disconnected_at: expect.any(String),
    });
    expect(done.output.output).toEqual({
      disconnected: true,
      revoked: true,
      tenant_id: '1234',
      company: 'Testbolaget AB',
    });
    expectNothingSecret(done);
  });

  test('a refusal of Fortnox is told, and the record emptied all the same', async () => {
    const settings = new Settings(storedToken(connected));
    const done = await disconnect(settings, { 'ask-fortnox': refusal('invalid_client', 401) });
    expect(done.output.output).toMatchObject({ disconnected: true, revoked: false });
    expect(settings.token.refresh_token).toBeUndefined();
  });

  test.each<[string, Answer]>([
    ['cannot be reached', { fails: 'ECONNREFUSED' }],
    ['hangs', 'hangs'],
    ['answers 503', { statusCode: 503, body: '' }],
  ])('a Fortnox that %s leaves everything as it was', async (_name, answer) => {
    const settings = new Settings(storedToken(connected));
    const before = structuredClone(settings.token);
    const done = await disconnect(settings, { 'ask-fortnox': answer });
    expect(done.error?.message).toMatch(/could not be reached.*\[temporary\]$/);
    expect(settings.token).toEqual(before);
    expect(done.seconds).toBeLessThan(45);
    expectNothingSecret(done);
  });

  test('a refresh that was under way does not bring it back', async () => {
    const settings = new Settings(storedToken(connected));
    const done = await run(
      'fortnox-refresh-access-token',
      settings.answers({
        'ask-fortnox': () => {
          settings.token = { connection: 3, rotation: 7 };
          return { ...(tokens() as object), after: 6 } as Answer;
        },
      }),
    );
    expect(settings.token).toEqual({ connection: 3, rotation: 7 });
    expect(done.error?.message).toMatch(/changed by someone else.*\[replaced\]$/);
  });

  test('one that wrote all the same is emptied again', async () => {
    const settings = new Settings(storedToken(connected));
    let looks = 0;
    await disconnect(settings, {
      'ask-fortnox': revoked,
      'look-at-store': () => {
        looks += 1;
        if (looks === 2) {
          settings.token = storedToken({ ...connected, rotation: 8 });
        }
        return 'passes';
      },
    });
    expect(settings.token).toMatchObject({ connection: 3 });
    expect(settings.token.refresh_token).toBeUndefined();
  });

  test('another company can be connected then, without saying that it is to replace one', async () => {
    const settings = new Settings({ connection: 3, rotation: 7 });
    const jwt = `h.${Buffer.from('{"tenantId":2}').toString('base64url')}.s`;
    const done = await run(
      'fortnox-generate-access-token',
      settings.answers({
        'ask-fortnox:code': tokens({ access_token: jwt }),
        'ask-fortnox:client': refusal('invalid_grant'),
      }),
      { input: { code: SECRET.code, redirectURI: 'http://localhost:2022' } },
    );
    expect(done.ok).toBe(true);
    expect(settings.token).toMatchObject({ tenant_id: '2', connection: 4 });
  });
});

test.each([
  ['an empty record', {}],
  ['no record', undefined],
])('given %s there is nothing to do', async (_name, token) => {
  const done = await disconnect(new Settings(token));
  expect(done.output.output).toMatchObject({ disconnected: true, revoked: false });
  expect(done.callsOf('ask-fortnox:revoke')).toEqual([]);
});

describe('given a Hub whose settings cannot be read', () => {
  test.each<[string, Answer]>([
    ['hangs', 'hangs'],
    ['fails', { fails: 'ECONNREFUSED' }],
  ])('once (%s) it looks again, and says so where it stays so', async (_name, fault) => {
    const settings = new Settings(storedToken(connected));
    const once = await disconnect(settings, {
      'ask-fortnox': revoked,
      'read-settings': (_call, nth) => (nth === 0 ? fault : 'passes'),
    });
    expect(once.ok).toBe(true);
    const always = await disconnect(settings, { 'read-settings': fault });
    expect(always.error?.message).toMatch(/settings could not be read/);
  });

  test.each<[string, Answer]>([
    ['hangs', 'hangs'],
    ['fails', { fails: 'ECONNREFUSED' }],
  ])('a write or a look that %s is made good', async (_name, fault) => {
    const settings = new Settings(storedToken(connected));
    const done = await disconnect(settings, {
      'ask-fortnox': revoked,
      'save-token': (_call, nth) => (nth === 0 ? fault : 'passes'),
      'look-at-store': (_call, nth) => (nth === 1 ? fault : 'passes'),
    });
    expect(done.ok).toBe(true);
    expect(settings.token.refresh_token).toBeUndefined();
  });

  test('a Hub that keeps nothing is named', async () => {
    const done = await disconnect(new Settings(storedToken(connected)), {
      'ask-fortnox': revoked,
      'save-token': { statusCode: 403, body: {} },
    });
    expect(done.error?.message).toMatch(/did not take the setting.*HTTP 403.*\[not-stored\]$/);
    expectNothingSecret(done);
  });
});
