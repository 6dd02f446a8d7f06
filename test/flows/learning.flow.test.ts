import { describe, expect, test } from 'vitest';
import { run } from './asks.js';
import type { Answer } from './harness.js';
import { refusal, SECRET, Settings, secondsFromStart, storedToken, tokens } from './world.js';

const REFRESH = 'fortnox-refresh-access-token';
const ACTIVATE = 'fortnox-generate-access-token';
const withoutClient: Answer = { statusCode: 200, body: { _fortnox_access_token: storedToken() } };

describe('a rotation beside what is learnt of the connection', () => {
  // An activation stores the company's name with the refresh token that it knows: one that is used up by now.
  async function learntOver(base: Record<string, unknown>) {
    const settings = new Settings(base);
    const learnt = { ...base, company: 'Testbolaget AB', rotation: 2 };
    const done = await run(
      REFRESH,
      settings.answers({
        'ask-fortnox:refresh': tokens(),
        'look-at-store': (_call, nth) => {
          if (nth === 0) {
            settings.token = learnt;
          }
          return 'passes';
        },
      }),
    );
    return { done, settings };
  }

  test.each([
    ['was activated a moment ago', { connected_at: secondsFromStart(-5) }],
    ['was activated by a node whose clock is ahead', { connected_at: secondsFromStart(590) }],
    ['has no tenant id', { tenant_id: null, refresh_token_timestamp: secondsFromStart(-5) }],
  ])('that %s is written again', async (_name, changes) => {
    const base = storedToken({ connection: 1, rotation: 1, ...changes });
    const { done, settings } = await learntOver(base);
    expect(done.ok).toBe(true);
    expect(settings.token).toMatchObject({ refresh_token: SECRET.freshRefresh, rotation: 3 });
    expect(done.seconds).toBeLessThan(17);
  });

  test('that is written over once more is written once more', async () => {
    const base = storedToken({ connection: 1, rotation: 1, connected_at: secondsFromStart(-5) });
    const settings = new Settings(base);
    await run(
      REFRESH,
      settings.answers({
        'ask-fortnox:refresh': tokens(),
        'look-at-store': (_call, nth) => {
          if (nth < 2) {
            settings.token = { ...base, company: 'Testbolaget AB', rotation: 2 + nth };
          }
          return 'passes';
        },
      }),
    );
    expect(settings.token).toMatchObject({ refresh_token: SECRET.freshRefresh, rotation: 4 });
  });

  test('that is older is not looked at again', async () => {
    const { done } = await learntOver(storedToken({ connection: 1, rotation: 1 }));
    expect(done.callsOf('look-at-store')).toHaveLength(0);
  });
});

test('a refresh of a new connection that comes before the activation looks back is left as it is', async () => {
  const before = storedToken({ connection: 1, rotation: 1 });
  const accessToken = `h.${Buffer.from('{"tenantId":1234}').toString('base64url')}.s`;
  const settings = new Settings(before);
  const seen: Record<string, unknown>[] = [];
  const done = await run(
    ACTIVATE,
    settings.answers({
      'ask-fortnox:code': tokens({ access_token: accessToken }),
      'ask-fortnox:client': refusal('invalid_grant'),
      'look-at-store': (_call, nth) => {
        // First a refresh of the connection before writes over it; then one of the new connection has rotated.
        if (nth === 0) {
          seen.push(settings.token);
          settings.token = { ...before, rotation: 2 };
        }
        if (nth === 1) {
          settings.token = { ...seen[0], refresh_token: 'successor', rotation: 2 };
        }
        return 'passes';
      },
    }),
    { input: { code: SECRET.code, redirectURI: 'http://localhost:2022' } },
  );
  expect(done.ok).toBe(true);
  expect(settings.token).toMatchObject({ refresh_token: 'successor', rotation: 2 });
});

test.each([
  [REFRESH, {}],
  [ACTIVATE, { input: { code: SECRET.code, redirectURI: 'http://localhost:2022' } }],
])(
  '%s: lists that lack the client twice, but not in a row, are not believed',
  async (flow, variables) => {
    const settings = new Settings(storedToken());
    const done = await run(
      flow,
      settings.answers({
        'ask-fortnox': { fails: 'ECONNRESET' },
        'read-settings': (_call, nth) => (nth === 0 || nth === 2 ? withoutClient : 'passes'),
      }),
      variables,
    );
    expect(done.error?.message).toMatch(/\[temporary\]$/);
  },
);

describe('a Fortnox that does not answer', () => {
  const withoutTenant = () => new Settings(storedToken({ tenant_id: null }));

  test('may have used the refresh token up, and the sentence says so', async () => {
    const scene = withoutTenant().answers({ 'ask-fortnox': { fails: 'ECONNRESET' } });
    const done = await run(REFRESH, scene);
    expect(done.error?.message).toMatch(/a new refresh token with it.*\[temporary\]$/);
  });

  test('has not where no connection came about', async () => {
    const scene = withoutTenant().answers({ 'ask-fortnox': { fails: 'ECONNREFUSED' } });
    const done = await run(REFRESH, scene);
    expect(done.error?.message).toMatch(/Try again in some minutes\. \[temporary\]$/);
  });

  test('may have used the code up, and the activation says so', async () => {
    const scene = withoutTenant().answers({ 'ask-fortnox': { fails: 'ECONNRESET' } });
    const input = { code: SECRET.code, redirectURI: 'http://localhost:2022' };
    const done = await run(ACTIVATE, scene, { input });
    expect(done.error?.message).toMatch(/the code may be used up.*\[temporary\]$/);
  });

  test('is not meant where it refuses the client', async () => {
    const done = await run(
      REFRESH,
      new Settings(storedToken()).answers({ 'ask-fortnox': refusal('invalid_client', 401) }),
    );
    expect(done.error?.message).not.toMatch(/used up|refresh token with it/);
  });
});
