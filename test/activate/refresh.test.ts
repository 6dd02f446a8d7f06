import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run as activate } from '../../src/commands/activate.js';
import { run as refresh } from '../../src/commands/refresh.js';
import { type Start, start, startWorld, type World } from './world.js';

const FLOW = '/api/v2/my/workflows/run/fortnox-refresh-access-token';
const SETTING = '/api/v2/my/config/settings/_fortnox_access_token';
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => {
  world.sandbox.faults.clear();
  world.sandbox.fortnox.company().isLicenceDropped = false;
});
afterAll(() => world.stop());

async function connect(): Promise<void> {
  const code = world.sandbox.fortnox.approve(
    'JBL1UVnvfo4y',
    world.redirectUri,
    'customer invoice',
    true,
  );
  const running = start(world, activate, {
    options: { code: '-', redirectUri: world.redirectUri },
  });
  running.stdin.end(`${code}\n`);
  expect((await running.ended).exitCode).toBe(0);
}

function refreshing(given: Start = {}) {
  return start(world, refresh, given).ended;
}

function answer(path: string, body: unknown, status = 200): void {
  const contentType = 'application/json';
  world.sandbox.faults.order({
    side: 'hub',
    kind: 'answer',
    path,
    status,
    body: JSON.stringify(body),
    contentType,
  });
}

describe('a refresh', () => {
  test('stores a new token, and says when it ends', async () => {
    await connect();
    const before = world.stored();
    const ended = await refreshing();

    expect(ended).toMatchObject({ exitCode: 0 });
    expect(world.stored().access_token).not.toBe(before.access_token);
    expect(ended.stdout).toMatch(
      /^The Fortnox token is fresh\.\nAccess token until: {3}\S+ \S+ UTC \(in 60 minutes\)\nRefresh token until: {2}\S+ \S+ UTC \(in 31 days\)\nScopes: {15}customer invoice\n$/,
    );
  });

  test('reports the times of the stored token in JSON', async () => {
    await connect();
    const ended = await refreshing({ json: true });
    const issued = Date.parse(String(world.stored().timestamp));
    const spare = Date.parse(String(world.stored().refresh_token_timestamp));
    expect(JSON.parse(ended.stdout)).toEqual({
      hub: world.sandbox.apiUrl,
      token: {
        accessExpiresAt: new Date(issued + 3_600_000).toISOString(),
        refreshExpiresAt: new Date(spare + 31 * 86_400_000).toISOString(),
        scope: 'customer invoice',
        tenantId: world.stored().tenant_id,
      },
    });
  });

  test('has no end of the refresh token where client credentials keep the connection', async () => {
    await connect();
    world.store({ ...world.stored(), refresh_token: null });
    const ended = await refreshing({ json: true });
    expect(ended.json).toMatchObject({
      token: { refreshExpiresAt: null, accessExpiresAt: expect.any(String) },
    });
  });

  test('masks a token wherever it turns up', async () => {
    await connect();
    const opaque = 'an-opaque-access-token';
    answer(FLOW, {
      output: { access_token: opaque, expires_in: 3600, scope: `customer ${opaque}` },
    });
    answer(SETTING, {
      value: {
        access_token: opaque,
        refresh_token: 'a-long-refresh-token',
        scope: `${opaque} a-long-refresh-token`,
      },
    });
    const ended = await refreshing({ json: true });
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toContain('"scope":"**** ****"');
  });

  test('succeeds with a warning where the stored token cannot be read afterwards', async () => {
    await connect();
    answer(SETTING, { statusCode: 404, message: 'Not found' }, 404);
    const ended = await refreshing();
    expect(ended.exitCode).toBe(0);
    expect(ended.said).toContain('Warning: The stored token cannot be read');
    expect(ended.stdout).toMatch(/Access token until: {3}\d{4}/);
  });
});

describe('a refresh that fails', () => {
  test('before activation says what the flow says, and where to activate', async () => {
    world.store({});
    const ended = await refreshing({ options: { appUrl: 'https://onify.example.com' } });
    expect(ended).toMatchObject({ exitCode: 6, error: 'flow_failed' });
    expect(ended.said).toContain('Error: Fortnox is not connected yet.');
    expect(ended.said).toContain('https://onify.example.com/form/fortnox-activate');
  });

  test('shows the sentence without control characters', async () => {
    answer(FLOW, { error: { message: 'Lost\u001b[31m\u0000.\nActivate.' } }, 500);
    expect((await refreshing()).json.message).toBe('Lost[31m. Activate.');
  });

  test.each([
    ['no output', {}],
    ['an output without access token', { output: { expires_in: 3600 } }],
    ['a text', { output: 'done' }],
    ['null', { output: null }],
  ])('with %s is no success', async (_name, body) => {
    answer(FLOW, body);
    expect(await refreshing()).toMatchObject({ exitCode: 6 });
  });

  test('tells a wrong token of the Hub from a failed flow', async () => {
    const ended = await refreshing({ env: { ONIFY_API_TOKEN: 'Bearer wrong-token' } });
    expect(ended).toMatchObject({ exitCode: 4, error: 'hub_unauthorized' });
  });

  test('tells a Hub that is not there', async () => {
    const ended = await refreshing({ env: { ONIFY_API_URL: world.redirectUri } });
    expect(ended).toMatchObject({ exitCode: 5, error: 'hub_connection_refused' });
  });
});
