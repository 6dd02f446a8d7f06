import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { call } from '../support/call.js';
import { hub } from '../support/hub.js';
import { callTo, importWorkflow, scripted } from './flows.js';

const FAILS = scripted("next(new Error('No such order.'))");
const ANSWERS = scripted('environment.output.output = environment.variables.input; next();');

/** Starts a process, and waits for its end. @returns its id */
async function ended(sandbox: Sandbox, key: string, body?: unknown): Promise<string> {
  const { json } = await call(sandbox, `POST /my/processes/start/${key}`, body);
  const record = () => sandbox.workflows().processes.find(({ id }) => id === json.id);
  await expect.poll(() => record()?.enddate).toBeDefined();
  return String(json.id);
}

describe('a run that fails', () => {
  test.each(['502', '500'] as const)(
    'answers %s, with an object for its error',
    async (failures) => {
      const { sandbox } = await hub({ modes: { failures } });
      importWorkflow(sandbox, { key: 'order', body: FAILS });
      const { status, json } = await call(sandbox, 'POST /my/workflows/run/order');
      const statusCode = Number(failures);
      expect(status).toBe(statusCode);
      expect(json).toMatchObject({ statusCode, error: { message: 'No such order.' } });
      expect(typeof json.message).toBe('string');
    },
  );

  test.each([
    ['502', 401, 401],
    ['502', 403, 403],
    ['502', 404, 404],
    ['502', 503, 502],
    ['500', 404, 500],
  ] as const)(
    'where failures are %s and a call of it was answered %i, it answers %i in the same shape',
    async (failures, answered, status) => {
      const { sandbox } = await hub({ modes: { failures } });
      importWorkflow(sandbox, { key: 'order', body: callTo('/admin/workflows') });
      const path = '/api/v2/admin/workflows';
      sandbox.faults.order({ side: 'hub', path, kind: 'answer', status: answered });
      const answer = await call(sandbox, 'POST /my/workflows/run/order');
      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject({ statusCode: status, error: {} });
    },
  );
});

describe('a process', () => {
  test.each(['my', 'admin'])('is started below /%s without waiting for its end', async (scope) => {
    const { sandbox } = await hub();
    importWorkflow(sandbox, { key: 'order', body: scripted('// never ends') });
    const { status, json } = await call(sandbox, `POST /${scope}/processes/start/order`, {});
    expect(status).toBe(201);
    const { json: state } = await call(sandbox, `GET /my/processes/${json.id}/status`);
    expect(state).toEqual({ statuskey: 'running' });
  });

  test('tells its status and output when it has ended', async () => {
    const { sandbox } = await hub();
    importWorkflow(sandbox, { key: 'order', body: ANSWERS });
    const id = await ended(sandbox, 'order', { title: 'Order 7', input: { number: 7 } });
    const { json: status } = await call(sandbox, `GET /my/processes/${id}/status`);
    expect(status).toEqual({ statuskey: 'complete' });
    expect((await call(sandbox, `GET /my/processes/${id}/output`)).json).toEqual({ number: 7 });
  });

  test('is listed with its title, its tags and its end, the newest first', async () => {
    const { sandbox } = await hub();
    const tags = scripted("environment.output.process = { tag: ['purge'] }; next();");
    importWorkflow(sandbox, { key: 'order', tag: ['shop'], body: tags });
    importWorkflow(sandbox, { key: 'bill', body: FAILS });
    await ended(sandbox, 'order', { title: 'Order 7' });
    await ended(sandbox, 'bill');
    const { json } = await call(sandbox, 'GET /admin/processes');
    expect(json.records).toMatchObject([
      { workflow: 'bill', status: { statuskey: 'error', statusmessage: 'No such order.' } },
      { workflow: 'order', title: 'Order 7', tag: ['shop', 'purge'] },
    ]);
    const one = await call(sandbox, 'GET /admin/processes?query=shop&pagesize=5');
    expect(one.json.records).toMatchObject([{ title: 'Order 7', enddate: expect.any(String) }]);
  });

  test('of another user is nobody else’s', async () => {
    const { sandbox } = await hub();
    importWorkflow(sandbox, { key: 'order', body: ANSWERS });
    const id = await ended(sandbox, 'order');
    const path = `GET /my/processes/${id}/status`;
    expect((await call(sandbox, path, undefined, sandbox.userToken)).status).toBe(404);
  });

  test('keeps no authorization', async () => {
    const { sandbox } = await hub();
    importWorkflow(sandbox, { key: 'order', body: ANSWERS });
    await ended(sandbox, 'order');
    expect(JSON.stringify(sandbox.workflows().processes)).not.toContain(sandbox.token);
  });

  test('of a workflow that there is none of can’t be started', async () => {
    const { sandbox } = await hub();
    expect((await call(sandbox, 'POST /my/processes/start/order')).status).toBe(404);
  });
});

describe('a user without the role admin', () => {
  test.each(['POST /my/workflows/run/', 'POST /my/processes/start/'])(
    '%s may start what is for everyone, and not what is for admin',
    async (path) => {
      const { sandbox } = await hub();
      importWorkflow(sandbox, { key: 'open' });
      importWorkflow(sandbox, { key: 'closed', role: ['admin'] });
      const as = (key: string, user: string) => call(sandbox, path + key, undefined, user);
      expect((await as('open', sandbox.userToken)).status).toBeLessThan(300);
      expect(await as('closed', sandbox.userToken)).toMatchObject({
        status: 403,
        json: { error: 'Forbidden' },
      });
      expect((await as('closed', sandbox.token)).status).toBeLessThan(300);
    },
  );

  test('runs flows whose plain calls are refused below /admin, and whose elevated calls are not', async () => {
    const { sandbox } = await hub();
    const url = '/admin/workflows';
    importWorkflow(sandbox, { key: 'plain', body: callTo(url) });
    importWorkflow(sandbox, { key: 'elevated', body: callTo(url, 'onifyElevatedApiRequest') });
    const run = async (key: string) =>
      (await call(sandbox, `POST /my/workflows/run/${key}`, {}, sandbox.userToken)).status;
    expect([await run('plain'), await run('elevated')]).toEqual([403, 200]);
  });
});

describe('a mail', () => {
  const mail = { to: 'a@example.com', subject: 'Fortnox', text: 'Activate again.' };

  test('that a flow sends is kept, and leaves nowhere', async () => {
    const { sandbox } = await hub();
    const body = callTo('/tools/sendmail', 'onifyElevatedApiRequest', 'POST');
    importWorkflow(sandbox, { key: 'alert', body });
    expect((await call(sandbox, 'POST /my/workflows/run/alert', mail)).status).toBe(200);
    expect(sandbox.mails).toEqual([mail]);
  });

  test.each([
    ['without an address', {}, { subject: 'x', text: 'y' }, 400],
    ['where no mail is configured', { mail: false }, mail, 404],
  ])('%s is refused', async (_name, modes, body, status) => {
    const { sandbox } = await hub({ modes });
    expect((await call(sandbox, 'POST /tools/sendmail', body)).status).toBe(status);
    expect(sandbox.mails).toEqual([]);
  });

  test('is nothing that a user without the role admin may send', async () => {
    const { sandbox } = await hub();
    expect((await call(sandbox, 'POST /tools/sendmail', mail, sandbox.userToken)).status).toBe(403);
  });
});
