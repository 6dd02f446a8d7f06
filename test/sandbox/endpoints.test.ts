import { existsSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HUB_MODES, type HubModes } from '../../sandbox/hub/modes.js';
import { call } from '../support/call.js';
import { hub } from '../support/hub.js';
import { isWindows } from '../support/platform.js';
import { importWorkflow, writeWorkflow } from './flows.js';

const SETTING = { key: '_a', name: 'a', value: 'x', type: 'string', tag: ['t'], role: ['admin'] };
const FORM = { slug: 'order', title: 'Order' };

/** The modes that are whether endpoints are there, with one of these endpoints. */
const endpoints = Object.entries(HUB_MODES).flatMap(([mode, row]) =>
  ('routes' in row ? (row.routes ?? []) : []).map((route): [string, string] => [route, mode]),
);

describe.each(endpoints)('%s', (route, mode) => {
  const isDocument = !/ \/(admin|my|setup|tools)\//.test(route);
  const name = route.replace(/:\w+/g, '_a');

  async function statusWhere(isThere: boolean): Promise<number> {
    const { sandbox } = await hub({ modes: { [mode]: isThere } as Partial<HubModes> });
    await call(sandbox, 'POST /admin/config/settings', SETTING);
    importWorkflow(sandbox, { key: '_a' });
    sandbox.config().import({ form: [{ slug: '_a' }] });
    if (isDocument) {
      return (await fetch(new URL(name.split(' ')[1] ?? '', sandbox.apiUrl))).status;
    }
    const path = name.endsWith('/file') ? `${name}?path=/flows/_a.bpmn` : name;
    const body = route.startsWith('GET') ? undefined : { to: 'a', subject: 'b', text: 'c' };
    return (await call(sandbox, path, body)).status;
  }

  test(`answers, and 404 where ${mode} is missing`, async () => {
    expect(await statusWhere(true)).toBeLessThan(300);
    expect(await statusWhere(false)).toBe(404);
  });
});

describe('one setting', () => {
  test('is read by an administrator, also where its role hides it from others', async () => {
    const { sandbox } = await hub();
    await call(sandbox, 'POST /admin/config/settings', SETTING);
    const { json } = await call(sandbox, 'GET /admin/config/settings/_a');
    expect(json).toMatchObject({ key: '_a', value: 'x', tag: ['t'] });
  });

  test('keeps by PATCH what is left out, also where PUT replaces', async () => {
    const { sandbox } = await hub({ modes: { put: 'replaces' } });
    await call(sandbox, 'POST /admin/config/settings', SETTING);
    await call(sandbox, 'PATCH /admin/config/settings/_a', { value: 'y' });
    expect(sandbox.settings().get('_a')).toMatchObject({ value: 'y', tag: ['t'] });
    expect((await call(sandbox, 'PATCH /admin/config/settings/_b', {})).status).toBe(404);
  });

  test('is gone after DELETE, which answers 404 the second time', async () => {
    const { sandbox } = await hub();
    await call(sandbox, 'POST /admin/config/settings', SETTING);
    const remove = async () => (await call(sandbox, 'DELETE /admin/config/settings/_a')).status;
    expect([await remove(), await remove()]).toEqual([200, 404]);
    expect(sandbox.settings().get('_a')).toBeUndefined();
  });
});

describe('the export', () => {
  test('gives what the import takes, with who made and changed it and when', async () => {
    const { sandbox } = await hub();
    const empty = await call(sandbox, 'GET /setup/database/config/export');
    expect(empty.json).toEqual({ form: [], workflow: [] });
    const given = { form: [FORM], workflow: [writeWorkflow(sandbox, { key: 'order' })] };
    await call(sandbox, 'POST /setup/database/config/import', given);
    const { json } = await call(sandbox, 'GET /setup/database/config/export');
    expect(json).toMatchObject(given);
    const dates = ['createdate', 'createdby', 'modifieddate', 'modifiedby'];
    expect(Object.keys((json.form as object[])[0] ?? {})).toEqual(expect.arrayContaining(dates));
    expect((await call(sandbox, 'POST /setup/database/config/import', json)).status).toBe(200);
  });

  test('keeps when an entry was made, when it is imported again', async () => {
    const { sandbox } = await hub();
    sandbox.config().import({ form: [FORM] });
    const made = sandbox.config().get('form', 'order')?.createdate;
    sandbox.clock.advance(60);
    sandbox.config().import({ form: [FORM] });
    const { createdate, modifieddate } = sandbox.config().get('form', 'order') ?? {};
    expect([createdate, modifieddate === made]).toEqual([made, false]);
  });

  test('has no form and no workflow any more that was deleted', async () => {
    const { sandbox } = await hub();
    importWorkflow(sandbox, { key: 'order' });
    sandbox.config().import({ form: [FORM] });
    await call(sandbox, 'DELETE /admin/forms/order');
    await call(sandbox, 'DELETE /admin/workflows/order');
    const { json } = await call(sandbox, 'GET /setup/database/config/export');
    expect(json).toEqual({ form: [], workflow: [] });
    expect((await call(sandbox, 'DELETE /admin/forms/order')).status).toBe(404);
  });
});

describe('the OpenAPI document', () => {
  const documentOf = async (modes: Partial<HubModes>) => {
    const { sandbox } = await hub({ modes, apiVersion: '2.14.1' });
    const answer = await fetch(new URL('/swagger.json', sandbox.apiUrl));
    return (await answer.json()) as { info: { version: string }; paths: Record<string, object> };
  };

  test('tells the version, and each endpoint with its methods', async () => {
    const { info, paths } = await documentOf({});
    expect(info.version).toBe('2.14.1');
    expect(paths['/api/v2/my/workflows/run/{key}']).toHaveProperty('post');
    expect(Object.keys(paths['/api/v2/admin/config/settings/{key}'] ?? {}).sort()).toEqual([
      'delete',
      'get',
      'patch',
      'put',
    ]);
  });

  test('leaves out what this Hub has not got', async () => {
    const { paths } = await documentOf({ settingRecord: false, git: 'missing' });
    expect(Object.keys(paths['/api/v2/admin/config/settings/{key}'] ?? {})).toEqual(['put']);
    expect(paths).not.toHaveProperty('/api/v2/admin/resources/history');
  });
});

describe('resources', () => {
  const flows = async (sandbox: Parameters<typeof call>[0]) =>
    (await call(sandbox, 'GET /admin/resources?tree=true')).json;

  test('of a Hub that syncs from Git are those of its last sync, each a commit', async () => {
    const { sandbox } = await hub({ modes: { git: 'synced' } });
    const commits = async () =>
      (await call(sandbox, 'GET /admin/resources/history')).json as unknown as object[];
    expect(await commits()).toHaveLength(1);
    importWorkflow(sandbox, { key: 'order' });
    expect(await flows(sandbox)).toEqual([]);
    expect((await call(sandbox, 'POST /my/workflows/run/order')).status).toBe(502);
    sandbox.syncResources();
    sandbox.syncResources();
    expect(await flows(sandbox)).toMatchObject([{ path: '/flows' }]);
    expect((await call(sandbox, 'POST /my/workflows/run/order')).status).toBe(200);
    const history = await commits();
    expect(history).toHaveLength(2);
    expect(history[0]).toMatchObject({ commitid: expect.stringMatching(/^[0-9a-f]{40}$/) });
  });

  test.each([
    ['none', 200],
    ['missing', 404],
  ] as const)(
    'where Git is %s are a directory’s, and their history answers %i',
    async (git, status) => {
      const { sandbox } = await hub({ modes: { git } });
      writeWorkflow(sandbox, { key: 'order' });
      expect(await flows(sandbox)).toMatchObject([{ path: '/flows' }]);
      const history = await call(sandbox, 'GET /admin/resources/history');
      expect(history.status).toBe(status);
      expect(history.json).toEqual(
        git === 'none' ? [] : expect.objectContaining({ statusCode: 404 }),
      );
    },
  );

  test.skipIf(isWindows)(
    'in a directory that is read-only may not be written, until the sandbox ends',
    async () => {
      const { sandbox } = await hub({ modes: { resourcesDirectory: 'read-only' } });
      expect(statSync(sandbox.resourcesDir).mode & 0o222).toBe(0);
      await sandbox.stop();
      expect(existsSync(sandbox.resourcesDir)).toBe(false);
    },
  );
});

test.each([
  ['pug', 'There is no form of this name'],
  ['none', '<div id="app">'],
] as const)('where the web app is %s, a form’s address answers %s', async (app, text) => {
  const { sandbox } = await hub({ modes: { app } });
  const page = await fetch(`${sandbox.appUrl}/form/fortnox-activate`);
  expect(page.status).toBe(404);
  expect(await page.text()).toContain(text);
});
