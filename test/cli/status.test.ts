import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { connectedHub, installedHub, storedToken } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

const HOUR = 3_600_000;
const PROCESSES = '/api/v2/admin/processes';
const SCHEDULE = 'fortnox-refresh-schedule';

async function status(env: Record<string, string>, ...more: string[]) {
  const ended = await cli(['status', '--json', ...more], { env });
  return { ...ended, json: JSON.parse(ended.stdout) };
}

/** Moves the stored token into the past. */
function age(sandbox: Sandbox, milliseconds: number): void {
  const { key, ...setting } = { ...sandbox.settings().get('_fortnox_access_token') };
  const timestamp = new Date(Date.now() - milliseconds).toISOString();
  const value = { ...storedToken(sandbox), timestamp, refresh_token_timestamp: timestamp };
  sandbox.settings().put(String(key), { ...setting, value: JSON.stringify(value) });
}

/** Lets the Hub show these processes. */
function show(sandbox: Sandbox, records: readonly object[]): void {
  sandbox.faults.order({
    side: 'hub',
    kind: 'answer',
    path: PROCESSES,
    status: 200,
    body: JSON.stringify({ records }),
    contentType: 'application/json',
    times: 99,
  });
}

/** Lets the refresh flow fail with a sentence. */
function fail(sandbox: Sandbox, message: string): void {
  sandbox.faults.order({
    side: 'hub',
    kind: 'answer',
    path: '/api/v2/my/workflows/run/fortnox-refresh-access-token',
    status: 502,
    body: JSON.stringify({ statusCode: 502, message: 'failed', error: { message } }),
    contentType: 'application/json',
    times: 1,
  });
}

describe('given a Hub that is connected, then status', () => {
  test('names the Hub, the installed version and when it was connected', async () => {
    const { sandbox, env } = await connectedHub();
    show(sandbox, [{ workflow: SCHEDULE }]);
    const { code, json, stderr } = await status(env);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Hub: http:\/\/\S+\n/);
    expect(json).toMatchObject({
      hub: sandbox.apiUrl,
      blueprint: { installed: json.blueprint.version },
      schedule: 'running',
      lastFailure: null,
      check: null,
      attention: [],
      token: {
        state: 'fresh',
        refreshedAt: storedToken(sandbox).timestamp,
        connectedAt: storedToken(sandbox).connected_at,
      },
    });
  });

  test('is healthy where the Hub does not show its processes', async () => {
    const { sandbox, env } = await connectedHub();
    sandbox.faults.order({ side: 'hub', kind: 'answer', path: PROCESSES, status: 404, times: 9 });
    const { code, json } = await status(env);
    expect(code).toBe(0);
    expect(json.schedule).toBe('unknown');
  });

  test('needs attention where no schedule runs', async () => {
    const { sandbox, env } = await connectedHub();
    show(sandbox, []);
    const { code, json } = await status(env);
    expect(code).toBe(8);
    expect(json).toMatchObject({
      schedule: 'missing',
      attention: [expect.stringMatching(/The daily refresh is not running/)],
    });
  });

  test('needs attention where nothing has refreshed for more than 26 hours', async () => {
    const { sandbox, env } = await connectedHub();
    show(sandbox, [{ workflow: SCHEDULE }]);
    age(sandbox, 25 * HOUR);
    expect((await status(env)).code).toBe(0);
    age(sandbox, 27 * HOUR);
    const { code, json } = await status(env);
    expect(code).toBe(8);
    expect(json.attention).toEqual([
      expect.stringMatching(/^The daily refresh has not run since .* fortnox-refresh-schedule\.$/),
    ]);
  });
});

describe('given --check, then status', () => {
  test('runs the refresh, and says that Fortnox is connected', async () => {
    const { sandbox, env } = await connectedHub();
    show(sandbox, [{ workflow: SCHEDULE }]);
    age(sandbox, 27 * HOUR);
    const { code, json } = await status(env, '--check');
    expect(code).toBe(0);
    expect(json).toMatchObject({ check: 'passed', token: { state: 'fresh' } });
    expect((await cli(['status', '--check'], { env })).stdout).toContain(
      'Fortnox is connected: a refresh has just worked.',
    );
  });

  test("judges by a failure, with the flow's sentence", async () => {
    const { sandbox, env } = await connectedHub();
    fail(sandbox, 'The company has no licence. [licence]');
    const { code, json } = await status(env, '--check');
    expect(code).toBe(8);
    expect(json).toMatchObject({
      check: 'failed',
      lastFailure: { message: 'The company has no licence. [licence]' },
    });
    expect(json.attention.join()).toContain('The company has no licence.');
  });

  test('says that the connection is lost where the flow says so', async () => {
    const { sandbox, env } = await connectedHub();
    fail(sandbox, 'Fortnox no longer accepts the stored tokens: the connection is lost. [refused]');
    const { code, json } = await status(env, '--check');
    expect(code).toBe(8);
    expect(json.token.state).toBe('dead');
  });

  test('before activation says where to activate', async () => {
    const { env } = await installedHub();
    const { code, json } = await status(env, '--check');
    expect(code).toBe(8);
    expect(json).toMatchObject({ check: 'failed', token: { state: 'missing' } });
    expect(json.attention.join()).toContain('/form/fortnox-activate');
  });

  test('fails where the Hub can not run it', async () => {
    const { sandbox, env } = await connectedHub();
    sandbox.faults.order({
      side: 'hub',
      kind: 'answer',
      path: '/api/v2/my/workflows/run',
      status: 503,
      body: 'starting',
      times: 1,
    });
    const { code, json } = await status(env, '--check');
    expect(code).toBe(5);
    expect(json.error.code).toBe('hub_not_ready');
  });
});

test('after a scheduled run that said that the connection is lost, status says the same', async () => {
  const { sandbox, env } = await connectedHub();
  const statusmessage = 'The connection is gone: the connection is lost. [refused]';
  const enddate = new Date(Date.now() + 1000).toISOString();
  show(sandbox, [
    { workflow: SCHEDULE },
    { workflow: SCHEDULE, enddate, status: { statuskey: 'error', statusmessage } },
  ]);
  const { code, json } = await status(env);
  expect(code).toBe(8);
  expect(json).toMatchObject({ token: { state: 'dead' }, lastFailure: { at: enddate } });
});

test('a run that failed before the connection was activated is not shown as its last failure', async () => {
  const { sandbox, env } = await connectedHub();
  const enddate = new Date(Date.now() - 3_600_000).toISOString();
  const old = {
    statuskey: 'error',
    statusmessage: 'Fortnox is not connected yet. [not-connected]',
  };
  show(sandbox, [{ workflow: SCHEDULE }, { workflow: SCHEDULE, enddate, status: old }]);
  expect((await status(env)).json).toMatchObject({
    lastFailure: null,
    token: { connectedAt: expect.any(String) },
  });
});

test('after a removal that left the stored token, install alone comes next', async () => {
  const { env, sandbox } = await installedHub();
  expect((await cli(['uninstall', '--yes'], { env })).code).toBe(0);
  expect(sandbox.settings().get('_fortnox_access_token')).toBeDefined();
  const { code, stdout } = await cli(['status'], { env });
  expect(code).toBe(8);
  expect(stdout).toContain('Next: fortnox-blueprint install');
  expect(stdout).not.toContain('activate');
});
