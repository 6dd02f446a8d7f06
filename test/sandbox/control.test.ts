import { describe, expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { call } from '../support/call.js';
import { hub } from '../support/hub.js';
import { importWorkflow, writeWorkflow } from './flows.js';

/** Steers a sandbox as another process does. */
async function steer(sandbox: Sandbox, name: string, body?: unknown, token = sandbox.token) {
  const [method = '', path = ''] = name.split(' ');
  const answer = await fetch(new URL(`/_sandbox/${path}`, sandbox.apiUrl), {
    method,
    headers: { authorization: token },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: await answer.json() };
}

describe('another process', () => {
  test('needs the token of the administrator', async () => {
    const { sandbox } = await hub();
    expect((await steer(sandbox, 'GET calls', undefined, 'x')).status).toBe(401);
    expect((await steer(sandbox, 'GET mails', undefined, sandbox.userToken)).status).toBe(401);
  });

  test('orders faults and takes them back', async () => {
    const { sandbox } = await hub();
    const read = async () => (await call(sandbox, 'GET /my/config/settings')).status;
    await steer(sandbox, 'POST faults', { side: 'hub', kind: 'answer', status: 418, times: 9 });
    expect(await read()).toBe(418);
    await steer(sandbox, 'DELETE faults');
    expect(await read()).toBe(200);
  });

  test('reads the calls and the mails', async () => {
    const { sandbox } = await hub();
    const mail = { to: 'a@example.com', subject: 'b', text: 'c' };
    await call(sandbox, 'POST /tools/sendmail', mail);
    expect((await steer(sandbox, 'GET mails')).json).toEqual({ mails: [mail] });
    expect((await steer(sandbox, 'GET calls')).json).toMatchObject({
      calls: [{ side: 'hub', path: '/api/v2/tools/sendmail', status: 200 }],
    });
  });

  test('kills the Hub, and lets it take over the resources from Git', async () => {
    const { sandbox } = await hub({ modes: { git: 'synced' } });
    importWorkflow(sandbox, { key: 'order' });
    const run = async () => (await call(sandbox, 'POST /my/workflows/run/order')).status;
    expect(await run()).toBe(502);
    await steer(sandbox, 'POST sync');
    expect(await run()).toBe(200);
    await steer(sandbox, 'POST restart');
    expect(sandbox.workflows().processes).toEqual([]);
    expect(await run()).toBe(200);
  });

  test('runs a workflow as its schedule does', async () => {
    const { sandbox } = await hub();
    const workflow = [writeWorkflow(sandbox, { key: 'daily', cron: '0 4 * * *' })];
    sandbox.config().import({ workflow });
    expect((await steer(sandbox, 'POST schedules/daily')).json).toEqual({ ok: true });
  });
});

test('whoever listens is told each call as it is answered', async () => {
  const { sandbox } = await hub();
  const told: (number | null)[] = [];
  sandbox.faults.onNote = ({ status }) => told.push(status);
  onTestFinished(() => {
    delete sandbox.faults.onNote;
  });
  await call(sandbox, 'GET /my/config/settings');
  expect(told).toEqual([200]);
});

test('where the settings list has gaps, every fifth lacks one entry, a different one each time', async () => {
  const { sandbox } = await hub({ modes: { settingsMap: 'gaps' } });
  for (const key of ['_a', '_b']) {
    await call(sandbox, 'POST /admin/config/settings', { key, value: 'x', tag: ['t'] });
  }
  const lists: string[] = [];
  for (let at = 0; at < 10; at += 1) {
    const { json } = await call(sandbox, 'GET /my/config/settings?tag=t');
    lists.push(Object.keys(json).join());
  }
  const whole = Array.from({ length: 4 }, () => '_a,_b');
  expect(lists).toEqual([...whole, '_a', ...whole, '_b']);
});
