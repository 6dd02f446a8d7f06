import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HubModes } from '../../sandbox/hub/modes.js';
import type { CommandEnd } from '../support/context.js';
import { environmentOf } from '../support/hub.js';
import { hub, install, writesTo } from './run-install.js';
import { everything, uninstall, usedHub } from './run-uninstall.js';

const FLOW = 'flows/fortnox-refresh-access-token.bpmn';
const ALL = { withToken: true };
const leftOf = ({ json }: CommandEnd) => json.left as { kind: string; id: string; why: string }[];
const idsLeft = (end: CommandEnd, kind: string) =>
  leftOf(end)
    .filter((left) => left.kind === kind)
    .map(({ id }) => id);

describe('given a Hub that others use too, when the blueprint is installed and uninstalled', () => {
  const modes: Partial<HubModes>[] = [
    {},
    { putMissing: 'not-found', put: 'replaces', postExisting: 'conflict' },
    { passwords: 'masked' },
    { workflowsList: false },
    { configExport: false },
    { configExport: false, workflowsList: false },
    { processesList: false },
    { processStart: false },
    { resourcesApi: false },
    { search: 'lags' },
  ];

  test.each(modes)(
    'in the mode %j: store and directory are as before, byte for byte',
    async (mode) => {
      const sandbox = await usedHub(mode);
      const before = everything(sandbox);
      expect((await install(sandbox)).exitCode).toBe(0);
      expect(everything(sandbox)).not.toEqual(before);
      const end = await uninstall(sandbox, ALL);
      expect(end).toMatchObject({ exitCode: 0, error: undefined });
      expect(everything(sandbox)).toEqual(before);
      expect(leftOf(end).filter(({ kind }) => kind !== 'process')).toEqual([]);
    },
  );

  test('a Hub that deletes nothing: what stays is named, with the page to delete it on', async () => {
    const sandbox = await usedHub({
      settingRecord: false,
      workflowsDelete: false,
      formsDelete: false,
    });
    await install(sandbox);
    const end = await uninstall(sandbox, ALL);
    expect(end.exitCode).toBe(0);
    expect(idsLeft(end, 'setting')).toHaveLength(3);
    expect(idsLeft(end, 'workflow').length).toBeGreaterThanOrEqual(4);
    expect(idsLeft(end, 'form')).toContain('fortnox-activate');
    expect(leftOf(end)[0]?.why).toMatch(/on the page/);
    expect(existsSync(join(sandbox.resourcesDir, FLOW))).toBe(false);
  });

  test('aborted at any request, and run again: it ends as if nothing had happened', async () => {
    const counted = await usedHub();
    await install(counted);
    const from = counted.faults.calls.length;
    await uninstall(counted, ALL);
    const requests = counted.faults.calls.length - from;
    for (let at = 0; at < requests; at += 1) {
      const sandbox = await usedHub();
      const before = everything(sandbox);
      await install(sandbox);
      sandbox.faults.order({
        side: 'hub',
        kind: 'answer',
        status: 400,
        body: '{}',
        skip: at,
        times: 99,
      });
      await uninstall(sandbox, ALL);
      sandbox.faults.clear();
      expect((await uninstall(sandbox, ALL)).exitCode).toBe(0);
      expect(everything(sandbox)).toEqual(before);
      await sandbox.stop();
    }
  });
});

describe('given an installation, when it is uninstalled', () => {
  test('the token stays unless it is asked for, and is named', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const end = await uninstall(sandbox);
    expect(idsLeft(end, 'setting')).toEqual(['_fortnox_access_token']);
    expect(sandbox.settings().get('_fortnox_access_token')).toBeDefined();
    expect(sandbox.settings().get('_fortnox_app_clientsecret')).toBeUndefined();
  });

  test('--keep-settings keeps them all', async () => {
    const sandbox = await hub();
    await install(sandbox, { options: { alertEmail: 'it@example.com' } });
    const end = await uninstall(sandbox, { keepSettings: true });
    expect(idsLeft(end, 'setting')).toHaveLength(4);
  });

  test('that files are removed is said where there are any to be removed', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const { ONIFY_RESOURCES_DIR: _dir, ...withoutFolder } = environmentOf(sandbox);
    const byTheHubAlone = await uninstall(sandbox, {}, withoutFolder);
    expect(byTheHubAlone.context.stderr()).not.toMatch(/Removing files/);
    expect((await uninstall(sandbox)).context.stderr()).toMatch(/Removing files/);
  });

  test('a file that was edited since stays, and is named', async () => {
    const sandbox = await hub();
    await install(sandbox);
    writeFileSync(join(sandbox.resourcesDir, FLOW), 'edited');
    const end = await uninstall(sandbox);
    expect(readFileSync(join(sandbox.resourcesDir, FLOW), 'utf8')).toBe('edited');
    expect(idsLeft(end, 'resource')).toEqual([`/${FLOW}`]);
  });

  test('what was there before the installation is named, where it was kept', async () => {
    const sandbox = await hub();
    mkdirSync(join(sandbox.resourcesDir, 'flows'));
    writeFileSync(join(sandbox.resourcesDir, FLOW), 'of the manual blueprint');
    await install(sandbox);
    const [copy = ''] = idsLeft(await uninstall(sandbox), 'resource');
    expect(copy).toMatch(/refresh-access-token\.bpmn\.bak-/);
    expect(readFileSync(join(sandbox.resourcesDir, copy), 'utf8')).toBe('of the manual blueprint');
  });

  test('--dry-run writes nothing, and names the same', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const [before, writes] = [everything(sandbox), writesTo(sandbox)];
    const planned = await uninstall(sandbox, { dryRun: true });
    expect(planned.json.dryRun).toBe(true);
    expect([everything(sandbox), writesTo(sandbox)]).toEqual([before, writes]);
    const ids = (end: CommandEnd) => (end.json.changes as { id: string }[]).map(({ id }) => id);
    expect(ids(await uninstall(sandbox))).toEqual(ids(planned));
  });

  test('without --yes and without a terminal it asks for --yes, and removes nothing', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const before = everything(sandbox);
    const end = await uninstall(sandbox, { yes: false });
    expect(end).toMatchObject({ exitCode: 2, error: { code: 'confirmation_missing' } });
    expect(everything(sandbox)).toEqual(before);
  });

  test('what the Hub shows is deleted, what it does not show is only tried', async () => {
    const actions = async (modes: Partial<HubModes>) => {
      const sandbox = await hub({ modes });
      await install(sandbox);
      const { json } = await uninstall(sandbox, { dryRun: true });
      const changes = json.changes as { kind: string; action: string }[];
      return ['form', 'workflow'].map((kind) => [
        ...new Set(changes.filter((one) => one.kind === kind).map(({ action }) => action)),
      ]);
    };
    expect(await actions({})).toEqual([['delete'], ['delete']]);
    expect(await actions({ configExport: false, workflowsList: false })).toEqual([
      ['unknown'],
      ['unknown'],
    ]);
  });

  test('one thing alone that the Hub does not delete is named', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const path = '/api/v2/admin/workflows/fortnox-disconnect';
    const gone = {
      side: 'hub',
      method: 'DELETE',
      kind: 'answer',
      status: 404,
      body: '{}',
    } as const;
    sandbox.faults.order({ ...gone, path });
    const end = await uninstall(sandbox, ALL);
    expect(idsLeft(end, 'workflow')).toEqual(['fortnox-disconnect']);
    expect(leftOf(end).find(({ kind }) => kind === 'workflow')?.why).toBe(
      'this Hub deletes none by its API; delete it on the page Workflows of the Hub',
    );
  });

  test('a setting alone that the Hub does not delete is looked for, and nothing else is', async () => {
    const sandbox = await usedHub({ settingRecord: false });
    await install(sandbox);
    const from = sandbox.faults.calls.length;
    await uninstall(sandbox);
    const calls = sandbox.faults.calls.slice(from).filter(({ side }) => side === 'hub');
    const lastDelete = calls.findLastIndex(({ method }) => method === 'DELETE');
    const looks = calls.slice(lastDelete + 1).map(({ path }) => path);
    expect(looks.length).toBeGreaterThan(0);
    expect(looks.filter((path) => !path.includes('/settings/'))).toEqual([]);
  });

  test('twice: the second time there is nothing to remove', async () => {
    const sandbox = await hub();
    await install(sandbox);
    await uninstall(sandbox, ALL);
    const writes = writesTo(sandbox);
    const again = await uninstall(sandbox, ALL);
    expect(again.lines.at(-1)).toBe('Nothing of it was there to be removed.');
    expect(writesTo(sandbox)).toBe(writes);
  });

  test('a checkout that serves another Hub keeps its files, and its record tells of that Hub alone', async () => {
    const [one, other] = [await hub(), await hub()];
    const env = { ONIFY_RESOURCES_DIR: one.resourcesDir };
    await install(one);
    // The other Hub gets its resources from the same place.
    const { cpSync } = await import('node:fs');
    cpSync(one.resourcesDir, other.resourcesDir, { recursive: true });
    expect((await install(other, { env })).exitCode).toBe(0);
    const end = await uninstall(one, {}, { ...environmentOf(one) });
    expect(idsLeft(end, 'resource').length).toBeGreaterThan(10);
    const record = readFileSync(join(one.resourcesDir, 'fortnox-blueprint.json'), 'utf8');
    expect(Object.keys(JSON.parse(record).hubs)).toEqual([other.apiUrl]);
  });
});
