import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { isNewer } from '../../src/blueprint/version.js';
import { changesOf, hub, install, writesTo } from './run-install.js';

const RECORD = 'fortnox-blueprint.json';
const readRecord = ({ resourcesDir }: Sandbox) =>
  JSON.parse(readFileSync(join(resourcesDir, RECORD), 'utf8'));
const writeRecord = ({ resourcesDir }: Sandbox, record: unknown) =>
  writeFileSync(join(resourcesDir, RECORD), JSON.stringify(record));
const workflowsOf = (sandbox: Sandbox) => sandbox.config().list('workflow').length;

describe('a version', () => {
  test.each([
    ['1.0.1', '1.0.0'],
    ['1.10.0', '1.9.9'],
    ['2.0.0', '1.99.99'],
    ['1.0.0', '1.0.0-rc.1'],
    ['1.0.0-rc.10', '1.0.0-rc.9'],
  ])('%s is newer than %s, and not the other way round', (a, b) => {
    expect([isNewer(a, b), isNewer(b, a), isNewer(a, a)]).toEqual([true, false, false]);
  });

  test('that is none is newer than nothing', () => {
    expect([isNewer('latest', '1.0.0'), isNewer('1.0.0', 'x')]).toEqual([false, false]);
  });
});

describe('given a Hub with a newer version', () => {
  async function newer() {
    const sandbox = await hub();
    await install(sandbox);
    writeRecord(sandbox, { ...readRecord(sandbox), version: '99.0.0' });
    return sandbox;
  }

  test('it is not put back: nothing is written, exit code 2', async () => {
    const sandbox = await newer();
    const writes = writesTo(sandbox);
    const { exitCode, error } = await install(sandbox);
    expect({ exitCode, code: error?.code }).toEqual({ exitCode: 2, code: 'hub_has_newer_version' });
    expect(error?.message).toContain('99.0.0');
    expect(writesTo(sandbox)).toBe(writes);
    expect(readRecord(sandbox).version).toBe('99.0.0');
  });

  test('--allow-downgrade puts it back', async () => {
    const sandbox = await newer();
    const done = await install(sandbox, { options: { allowDowngrade: true } });
    expect(done).toMatchObject({
      exitCode: 0,
      json: { version: { installed: '99.0.0', shipped: '1.2.3' } },
    });
    expect(readRecord(sandbox).version).toBe('1.2.3');
  });

  test('a dry run shows what would change, and with which flag', async () => {
    const sandbox = await newer();
    rmSync(join(sandbox.resourcesDir, 'forms/fortnox-activate.pug'));
    const { json, lines } = await install(sandbox, { options: { dryRun: true } });
    expect(json.next).toEqual(['fortnox-blueprint install --allow-downgrade']);
    expect(lines[0]).toContain('Version in the Hub: 99.0.0');
  });
});

describe('given what is no longer there', () => {
  test('a restored database gets forms and workflows again, though the record is as it was', async () => {
    const sandbox = await hub();
    await install(sandbox);
    for (const { key } of [...sandbox.config().list('workflow')]) {
      sandbox.config().remove('workflow', String(key));
    }
    sandbox.config().remove('form', 'fortnox-activate');
    expect((await install(sandbox)).exitCode).toBe(0);
    expect(workflowsOf(sandbox)).toBe(readRecordWorkflows());
    expect(sandbox.config().get('form', 'fortnox-activate')).toBeDefined();
  });

  test.each([{ configExport: false }, { configExport: false, workflowsList: false }])(
    'a deleted form comes back where the Hub shows no forms: %j',
    async (modes) => {
      const sandbox = await hub({ modes });
      await install(sandbox);
      sandbox.config().remove('form', 'fortnox-activate');
      await install(sandbox);
      expect(sandbox.config().get('form', 'fortnox-activate')).toBeDefined();
    },
  );

  test('another Hub with the same checkout gets its own import', async () => {
    const modes = { configExport: false, workflowsList: false, resourcesApi: false };
    const [one, other] = [await hub({ modes }), await hub({ modes })];
    await install(one);
    await install(other, { env: { ONIFY_RESOURCES_DIR: one.resourcesDir } });
    expect(workflowsOf(other)).toBe(workflowsOf(one));
    expect(Object.keys(readRecord(one).hubs)).toHaveLength(2);
  });
});

describe('given an installation of version 0.1.0', () => {
  test('it is brought to this version, and the record tells of the Hub from then on', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const { files } = readRecord(sandbox);
    writeRecord(sandbox, { version: '0.1.0', config: 'digest', files });
    const done = await install(sandbox);
    expect(done).toMatchObject({
      exitCode: 0,
      json: { version: { installed: '0.1.0', shipped: '1.2.3' }, schedule: 'running' },
    });
    expect(Object.keys(readRecord(sandbox).hubs)).toEqual([sandbox.apiUrl]);
  });
});

describe('given the manual blueprint', () => {
  test('the plan tells which workflows every user could start', async () => {
    const sandbox = await hub();
    const key = 'fortnox-refresh-access-token';
    sandbox
      .config()
      .import({ workflow: [{ key, name: 'by hand', bpmnresource: `/flows/${key}.bpmn` }] });
    const { lines } = await install(sandbox, { options: { dryRun: true } });
    expect(lines.join('\n')).toMatch(/every user could start it; now the role admin alone/);
  });
});

describe('given a file that an older version shipped', () => {
  async function withOld(edited: boolean) {
    const sandbox = await hub();
    await install(sandbox);
    const record = readRecord(sandbox);
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256').update('old').digest('hex');
    writeRecord(sandbox, {
      ...record,
      version: '0.9.0',
      files: { ...record.files, '/flows/old.bpmn': digest },
    });
    writeFileSync(join(sandbox.resourcesDir, 'flows/old.bpmn'), edited ? 'edited' : 'old');
    return sandbox;
  }
  const olds = ({ resourcesDir }: Sandbox) =>
    readdirSync(join(resourcesDir, 'flows')).filter((name) => name.startsWith('old.bpmn'));

  test('it is removed', async () => {
    const sandbox = await withOld(false);
    const done = await install(sandbox);
    expect(changesOf(done, 'resource')).toContainEqual({
      kind: 'resource',
      id: '/flows/old.bpmn',
      action: 'delete',
      state: 'done',
    });
    expect(olds(sandbox)).toEqual([]);
    expect(readRecord(sandbox).files['/flows/old.bpmn']).toBeUndefined();
  });

  test('where it was edited since, it is kept beside', async () => {
    const sandbox = await withOld(true);
    await install(sandbox);
    expect(olds(sandbox)).toEqual([expect.stringMatching(/^old\.bpmn\.bak-\d{8}T\d{6}Z$/)]);
  });
});

test('--force writes all of it again, and leaves the token alone', async () => {
  const sandbox = await hub();
  await install(sandbox);
  const token = sandbox.settings().get('_fortnox_access_token');
  const done = await install(sandbox, { options: { force: true } });
  const actions = new Map(changesOf(done).map(({ id, action }) => [id, action]));
  expect(actions.get('_fortnox_access_token')).toBe('unchanged');
  actions.delete('_fortnox_access_token');
  expect(new Set(actions.values())).toEqual(new Set(['update']));
  expect(sandbox.settings().get('_fortnox_access_token')).toEqual(token);
});

test('a leftover of a killed run is gone after the next one', async () => {
  const sandbox = await hub();
  await install(sandbox);
  const leftover = join(sandbox.resourcesDir, 'flows/.a.bpmn.0123456789ab.new');
  writeFileSync(leftover, 'half');
  await install(sandbox);
  expect(existsSync(leftover)).toBe(false);
});

test('two installations at once end well', async () => {
  const sandbox = await hub();
  const ends = await Promise.all([install(sandbox), install(sandbox), install(sandbox)]);
  expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  const again = await install(sandbox);
  expect(changesOf(again).every(({ action }) => action === 'unchanged')).toBe(true);
});

function readRecordWorkflows(): number {
  const config = readFileSync(join(import.meta.dirname, '../../config.json'), 'utf8');
  return JSON.parse(config).workflow.length;
}
