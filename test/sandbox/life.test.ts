import { describe, expect, test } from 'vitest';
import { call } from '../support/call.js';
import { hub } from '../support/hub.js';
import { callTo, importWorkflow, writeWorkflow } from './flows.js';

/** Every day at four, in whichever time zone: it comes due within a day. */
const DAILY = { key: 'daily', cron: '0 4 * * *' };
const DAY = 86_400;

const runsOf = (sandbox: Awaited<ReturnType<typeof hub>>['sandbox']) =>
  sandbox.workflows().processes.filter(({ isWaiting }) => !isWaiting).length;

describe('a schedule', () => {
  test('is armed by a start, is seen to wait, and runs when it comes due', async () => {
    const { sandbox } = await hub();
    importWorkflow(sandbox, DAILY);
    expect(sandbox.schedules.armed()).toEqual([]);
    expect((await call(sandbox, 'POST /my/processes/start/daily')).status).toBe(201);
    const { json } = await call(sandbox, 'GET /admin/processes?query=daily');
    expect(json.records).toMatchObject([{ workflow: 'daily', status: { statuskey: 'running' } }]);
    sandbox.schedules.tick();
    expect(runsOf(sandbox)).toBe(0);
    sandbox.clock.advance(DAY);
    sandbox.schedules.tick();
    await expect.poll(() => sandbox.workflows().processes.at(-1)?.ok).toBe(true);
    sandbox.schedules.tick();
    expect(runsOf(sandbox)).toBe(1);
  });

  test.each([
    ['import', ['daily']],
    ['start', []],
    ['nothing', []],
  ] as const)('where %s arms it, an import arms %o', async (schedule, keys) => {
    const { sandbox } = await hub({ modes: { schedule } });
    const workflow = [writeWorkflow(sandbox, DAILY), writeWorkflow(sandbox, { key: 'plain' })];
    await call(sandbox, 'POST /setup/database/config/import', { workflow });
    expect(sandbox.schedules.armed().map(({ key }) => key)).toEqual(keys);
  });

  test('that nothing arms waits in the process that was started', async () => {
    const { sandbox } = await hub({ modes: { schedule: 'nothing' } });
    importWorkflow(sandbox, DAILY);
    await call(sandbox, 'POST /my/processes/start/daily');
    expect(sandbox.schedules.armed()).toEqual([]);
    expect(sandbox.workflows().processes).toMatchObject([{ key: 'daily', ok: null }]);
  });

  test('is kept when the Hub dies, and a second start does not make it two', async () => {
    const { sandbox } = await hub();
    importWorkflow(sandbox, DAILY);
    const start = async () => (await call(sandbox, 'POST /my/processes/start/daily')).json.id;
    expect(await start()).toBe(await start());
    sandbox.restartHub();
    expect(sandbox.schedules.armed()).toHaveLength(1);
    expect(sandbox.workflows().processes).toMatchObject([{ key: 'daily', isWaiting: true }]);
  });

  test('runs when another process moves the clock', async () => {
    const { sandbox } = await hub();
    importWorkflow(sandbox, DAILY);
    await call(sandbox, 'POST /my/processes/start/daily');
    const headers = { authorization: sandbox.token };
    const body = JSON.stringify({ advanceSeconds: DAY });
    await fetch(new URL('/_sandbox/clock', sandbox.apiUrl), { method: 'POST', headers, body });
    expect(runsOf(sandbox)).toBe(1);
  });
});

describe('a process whose Hub is killed', () => {
  const path = '/api/v2/my/config/settings';

  async function killedWhere(restart: 'forgets' | 'resumes') {
    const { sandbox } = await hub({ modes: { restart } });
    importWorkflow(sandbox, { key: 'order', body: callTo('/my/config/settings') });
    sandbox.faults.order({ side: 'hub', path, kind: 'hang' });
    await call(sandbox, 'POST /my/processes/start/order');
    const calls = () => sandbox.faults.calls.filter((made) => made.path === path).length;
    await expect.poll(calls).toBe(1);
    sandbox.restartHub();
    return { sandbox, calls };
  }

  test('goes on from where it stood: the call that it waited for is made again', async () => {
    const { sandbox, calls } = await killedWhere('resumes');
    await expect.poll(() => sandbox.workflows().processes.map(({ ok }) => ok)).toEqual([true]);
    expect(calls()).toBe(2);
    expect(sandbox.workflows().processes[0]?.output).toEqual({ output: {} });
  });

  test('is gone where the Hub forgets it', async () => {
    const { sandbox, calls } = await killedWhere('forgets');
    expect(sandbox.workflows().processes).toEqual([]);
    expect(calls()).toBe(1);
  });
});

describe('a rate limit', () => {
  test('answers 429 with the seconds to wait, until these have passed', async () => {
    const { sandbox } = await hub({ rateLimit: 2 });
    const read = () => call(sandbox, 'GET /my/config/settings');
    expect([(await read()).status, (await read()).status]).toEqual([200, 200]);
    const { status, headers, json } = await read();
    expect([status, json]).toEqual([429, { text: 'Too Many Requests' }]);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    sandbox.clock.advance(seconds);
    expect((await read()).status).toBe(200);
  });

  test('does not count what flows call', async () => {
    const { sandbox } = await hub({ rateLimit: 1 });
    importWorkflow(sandbox, { key: 'order', body: callTo('/my/config/settings') });
    expect((await call(sandbox, 'POST /my/workflows/run/order')).status).toBe(200);
  });
});
