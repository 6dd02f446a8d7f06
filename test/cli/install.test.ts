import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { REGISTERED } from '../../sandbox/sandbox.js';
import { folder } from '../support/folder.js';
import { connectedHub, hub, installedHub } from '../support/hub.js';
import { isWindows } from '../support/platform.js';
import { cli } from '../support/run-cli.js';

const writesOf = (calls: readonly { side: string; method: string }[]) =>
  calls.filter(({ side, method }) => side === 'hub' && method !== 'GET').length;

describe('given an empty Hub', () => {
  test('install puts in the settings, each whole', async () => {
    const { sandbox, env } = await hub();
    const ended = await cli(['install'], { env });
    expect(ended.code).toBe(0);
    expect(sandbox.settings().get('_fortnox_app_clientid')).toEqual({
      key: '_fortnox_app_clientid',
      name: 'fortnox_app_clientid',
      value: 'JBL1UVnvfo4y',
      type: 'string',
      tag: ['fortnox', 'frontend'],
      role: ['admin'],
      category: 'custom',
    });
    expect(sandbox.settings().get('_fortnox_app_clientsecret')).toMatchObject({
      value: REGISTERED.secret,
      type: 'password',
      tag: ['fortnox'],
    });
    expect(sandbox.settings().get('_fortnox_access_token')).toMatchObject({
      value: '{}',
      type: 'object',
      tag: ['fortnox'],
    });
  });

  test('install copies flows, forms and scripts as they are, readable by all', async () => {
    const { sandbox, env } = await hub();
    await cli(['install'], { env });
    const root = join(import.meta.dirname, '../..');
    for (const name of readdirSync(join(root, 'flows'))) {
      expect(readFileSync(join(sandbox.resourcesDir, 'flows', name))).toEqual(
        readFileSync(join(root, 'flows', name)),
      );
    }
    for (const name of readdirSync(join(root, 'resources/scripts/fortnox'))) {
      const { mode } = statSync(join(sandbox.resourcesDir, 'scripts/fortnox', name));
      expect((mode & 0o777).toString(8)).toBe(isWindows ? '666' : '644');
    }
    expect(readdirSync(join(sandbox.resourcesDir, 'forms'))).toEqual([
      'fortnox-activate-result.pug',
      'fortnox-activate.pug',
    ]);
  });

  test('install imports the form and the six workflows', async () => {
    const { sandbox, env } = await hub();
    await cli(['install'], { env });
    expect(
      sandbox
        .config()
        .list('workflow')
        .map(({ key }) => key),
    ).toHaveLength(6);
    expect(sandbox.config().get('form', 'fortnox-activate')).toMatchObject({ role: ['admin'] });
  });

  test('its JSON names every change and what comes next, and nothing else is on stdout', async () => {
    const { env } = await hub();
    const ended = await cli(['install', '--json'], { env });
    const document = JSON.parse(ended.stdout);
    expect(document).toMatchObject({
      command: 'install',
      ok: true,
      warnings: [],
      dryRun: false,
      verified: true,
    });
    expect(document.changes).toContainEqual({
      kind: 'workflow',
      id: 'fortnox-refresh-access-token',
      action: 'create',
      state: 'done',
    });
    expect(document.next).toContain('fortnox-blueprint activate');
  });

  test('--dry-run writes nothing anywhere, and exits 8 where that was asked for', async () => {
    const { sandbox, env } = await hub();
    const ended = await cli(['install', '--dry-run', '--exit-code'], { env });
    expect(ended.code).toBe(8);
    expect(writesOf(sandbox.faults.calls)).toBe(0);
    expect(readdirSync(sandbox.resourcesDir)).toEqual([]);
  });

  test('--skip leaves a part out', async () => {
    const { sandbox, env } = await hub();
    await cli(['install', '--skip', 'resources', '--skip', 'config'], { env });
    expect(readdirSync(sandbox.resourcesDir)).toEqual([]);
    expect(sandbox.config().list('workflow')).toEqual([]);
    expect(sandbox.settings().get('_fortnox_app_clientid')).toBeDefined();
  });

  test('without a client secret and without a terminal it says how to give one', async () => {
    const { env } = await hub();
    const { FORTNOX_APP_CLIENTSECRET: _, ...without } = env;
    const ended = await cli(['install'], { env: without });
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(/--client-secret-file or in\s+FORTNOX_APP_CLIENTSECRET/);
  });
});

describe('given a Hub that the blueprint is installed in', () => {
  test('a second run sends no write and touches no file', async () => {
    const { sandbox, env } = await installedHub();
    const path = join(sandbox.resourcesDir, 'flows/fortnox-refresh-access-token.bpmn');
    const before = { writes: writesOf(sandbox.faults.calls), time: statSync(path).mtimeMs };
    const ended = await cli(['install', '--json'], { env });
    expect(
      JSON.parse(ended.stdout).changes.every(
        ({ action }: { action: string }) => action === 'unchanged',
      ),
    ).toBe(true);
    expect({ writes: writesOf(sandbox.faults.calls), time: statSync(path).mtimeMs }).toEqual(
      before,
    );
  });

  test('the stored token survives a second installation, byte for byte', async () => {
    const { sandbox, env } = await connectedHub();
    const before = sandbox.settings().get('_fortnox_access_token');
    writeFileSync(join(sandbox.resourcesDir, 'forms/fortnox-activate.pug'), 'p changed');
    expect((await cli(['install'], { env })).code).toBe(0);
    expect(sandbox.settings().get('_fortnox_access_token')).toEqual(before);
  });

  test('the secret is kept where none is given', async () => {
    const { sandbox, env } = await installedHub();
    const { FORTNOX_APP_CLIENTSECRET: _, ...without } = env;
    expect((await cli(['install'], { env: without })).code).toBe(0);
    expect(sandbox.settings().get('_fortnox_app_clientsecret')?.value).toBe(REGISTERED.secret);
  });

  test("a company's own client id is kept where none is given", async () => {
    const { sandbox, env } = await hub();
    await cli(['install'], { env: { ...env, FORTNOX_APP_CLIENTID: 'MyOwnApp1' } });
    await cli(['install'], { env });
    expect(sandbox.settings().get('_fortnox_app_clientid')?.value).toBe('MyOwnApp1');
    expect((await cli(['status', '--json'], { env })).stdout).not.toContain('"update"');
  });

  test('a file that was edited by hand is named, and kept beside', async () => {
    const { sandbox, env } = await installedHub();
    writeFileSync(join(sandbox.resourcesDir, 'forms/fortnox-activate.pug'), 'p edited');
    const ended = await cli(['install'], { env });
    expect(ended.stdout).toMatch(/edited by hand/);
    const kept = readdirSync(join(sandbox.resourcesDir, 'forms')).find((name) =>
      name.includes('.bak-'),
    );
    expect(readFileSync(join(sandbox.resourcesDir, 'forms', String(kept)), 'utf8')).toBe(
      'p edited',
    );
  });

  test('a setting with a wrong tag is corrected', async () => {
    const { sandbox, env } = await installedHub();
    sandbox.settings().put('_fortnox_app_clientid', {
      value: 'JBL1UVnvfo4y',
      type: 'string',
      tag: [],
      role: ['admin'],
    });
    await cli(['install'], { env });
    expect(sandbox.settings().get('_fortnox_app_clientid')?.tag).toEqual(['fortnox', 'frontend']);
  });

  test('a token of the manual blueprint keeps its value and gets its type', async () => {
    const { sandbox, env } = await installedHub();
    const value = JSON.stringify({ access_token: 'a', refresh_token: 'r', expires_in: 3600 });
    sandbox.settings().put('_fortnox_access_token', { value, type: 'string' });
    expect((await cli(['install'], { env })).code).toBe(0);
    const after = sandbox.settings().get('_fortnox_access_token');
    expect(after).toMatchObject({ type: 'object', tag: ['fortnox'], role: ['admin'] });
    expect(JSON.parse(String(after?.value))).toEqual(JSON.parse(value));
  });
});

describe('given a Hub of any kind that the public facts allow', () => {
  test.each([
    { putMissing: 'creates', put: 'merges', postExisting: 'overwrites' },
    { putMissing: 'not-found', put: 'replaces', postExisting: 'conflict' },
    { passwords: 'masked' },
    { workflowsList: false },
    { resourcesApi: false },
  ] as const)('with %o it installs, and then finds no drift', async (modes) => {
    const { env } = await hub({ modes });
    const first = await cli(['install', '--json'], { env });
    expect(first.code).toBe(0);
    const again = await cli(['install', '--dry-run', '--exit-code', '--json'], { env });
    expect(again.code).toBe(0);
  });

  test('an address with a path and slashes, with or without the version, leads to the same API', async () => {
    const { sandbox, env } = await installedHub();
    const base = sandbox.apiUrl.replace('/api/v2', '');
    for (const url of [base, `${base}/`, `${base}/api/v2`, `${base}/api/v2//`]) {
      expect((await cli(['install', '--api-url', url], { env })).code).toBe(0);
    }
  });
});

describe('given a resources directory that is not right', () => {
  test.each<[string, (dir: string) => string, RegExp]>([
    ['missing', (dir) => join(dir, 'nowhere'), /does not exist/],
    [
      'a file',
      (dir) => {
        writeFileSync(join(dir, 'file'), '');
        return join(dir, 'file');
      },
      /is not a directory/,
    ],
    [
      'one with a link that leads out',
      (dir) => {
        symlinkSync(tmpdir(), join(dir, 'flows'));
        return dir;
      },
      /leads out/,
    ],
  ])('%s: nothing is written anywhere', async (_name, make, sentence) => {
    const { sandbox, env } = await hub();
    const ended = await cli(['install', '--resources-dir', make(folder())], { env });
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(sentence);
    expect(writesOf(sandbox.faults.calls)).toBe(0);
  });

  test.runIf(process.platform === 'linux')(
    'one that nobody may write to: nothing is written to the Hub either',
    async () => {
      const { sandbox, env } = await hub();
      // Not even root may make files in /proc.
      const ended = await cli(['install', '--json'], {
        env: { ...env, ONIFY_RESOURCES_DIR: '/proc' },
      });
      expect(ended.code).toBe(2);
      expect(JSON.parse(ended.stdout).error.code).toBe('resources_dir_not_writable');
      expect(writesOf(sandbox.faults.calls)).toBe(0);
    },
  );

  const canMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
  test.skipIf(!canMount)(
    'one that is full (only root can mount one): nothing is written to the Hub either',
    async () => {
      const { sandbox, env } = await hub();
      const dir = folder();
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir]).status).toBe(0);
      onTestFinished(() => {
        spawnSync('umount', [dir]);
      });
      const ended = await cli(['install', '--json'], { env: { ...env, ONIFY_RESOURCES_DIR: dir } });
      expect(ended.code).toBe(2);
      expect(JSON.parse(ended.stdout).error.message).toMatch(/the disk is full/);
      expect(writesOf(sandbox.faults.calls)).toBe(0);
    },
  );

  test('a Hub that does not show the files is told of before the import, exit code 7', async () => {
    const { sandbox, env } = await hub();
    const checkout = folder();
    const ended = await cli(['install', '--json'], {
      env: { ...env, ONIFY_RESOURCES_DIR: checkout },
    });
    expect(ended.code).toBe(7);
    expect(JSON.parse(ended.stdout).error).toMatchObject({
      code: 'resources_not_synced',
      exitCode: 7,
    });
    expect(sandbox.config().list('workflow')).toEqual([]);
    rmSync(join(checkout, 'flows'), { recursive: true });
  });
});

describe('given a Hub that fails part-way', () => {
  test('it says what was done, and the next run finishes', async () => {
    const { sandbox, env } = await hub();
    sandbox.faults.order({
      side: 'hub',
      path: '/api/v2/setup',
      kind: 'answer',
      status: 500,
      body: '{"message":"disk full"}',
      times: 9,
    });
    const ended = await cli(['install', '--json'], { env });
    expect(ended.code).toBe(7);
    const document = JSON.parse(ended.stdout);
    expect(document.error.message).toMatch(/disk full/);
    const states = new Set(
      document.changes.map(({ kind, state }: Record<string, string>) => `${kind} ${state}`),
    );
    expect(states).toEqual(
      new Set(['setting done', 'resource done', 'workflow failed', 'form failed']),
    );
    sandbox.faults.clear();
    expect((await cli(['install'], { env })).code).toBe(0);
  });

  test.each([
    ['502 once', { kind: 'answer', status: 502, body: '<html>' }],
    ['a cut connection', { kind: 'cut-before' }],
    ['429 with Retry-After', { kind: 'answer', status: 429, headers: { 'retry-after': '1' } }],
  ] as const)('%s is tried again', async (_name, fault) => {
    const { sandbox, env } = await hub();
    sandbox.faults.order({ side: 'hub', path: '/api/v2/admin/workflows', ...fault });
    expect((await cli(['install'], { env })).code).toBe(0);
  });
});
