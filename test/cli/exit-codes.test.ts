import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { connectedHub, hub, installedHub, storedToken } from '../support/hub.js';
import { isWindows } from '../support/platform.js';
import { cli } from '../support/run-cli.js';

const root = join(import.meta.dirname, '../..');

/** Files that a write would leave behind if it were cut off. */
const temporary = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.new'));

describe('every exit code is reached by the program', () => {
  test('0: done', async () => {
    expect((await cli(['validate'])).code).toBe(0);
  });

  test('1: a bug says it is one, with a stack only under --verbose', async () => {
    const path = folder(join(root, 'build'));
    for (const part of ['dist', 'package.json']) {
      cpSync(join(root, part), join(path, part), { recursive: true });
    }
    for (const file of readdirSync(join(path, 'dist')).filter((name) => /^validate-/.test(name))) {
      rmSync(join(path, 'dist', file));
    }
    const program = join(path, 'dist/cli.js');
    const ended = await cli(['validate', '--json'], { program });
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stdout).error).toMatchObject({ code: 'bug', exitCode: 1 });
    expect(ended.said).toMatch(/This is a bug/);
    expect(ended.stderr).not.toMatch(/^ {4}at /m);
    expect((await cli(['validate', '--verbose'], { program })).stderr).toMatch(/^ {4}at /m);
  });

  test('2: a folder that is no blueprint', async () => {
    const ended = await cli(['validate', folder()]);
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(/holds no blueprint/);
  });

  test('3: a blueprint with an error, named with its file', async () => {
    const dir = folder();
    writeFileSync(
      join(dir, 'config.json'),
      '{"workflow":[{"key":"a","bpmnresource":"/flows/a.bpmn","role":["admin"]}]}',
    );
    const ended = await cli(['validate', dir, '--json']);
    expect(ended.code).toBe(3);
    const document = JSON.parse(ended.stdout);
    expect(document).toMatchObject({ ok: false, errors: 1 });
    expect(document.error).toBeUndefined();
    expect(document.findings[0]).toMatchObject({ rule: 'reference-missing', file: 'config.json' });
  });

  // 4 and 5, 6 and 7 are in failures.test.ts and install.test.ts, for each command.

  test('8: status where the Hub has drifted', async () => {
    const { sandbox, env } = await connectedHub();
    expect((await cli(['status'], { env })).code).toBe(0);
    writeFileSync(join(sandbox.resourcesDir, 'forms/fortnox-activate.pug'), 'p edited');
    const ended = await cli(['status', '--json'], { env });
    expect(ended.code).toBe(8);
    expect(JSON.parse(ended.stdout).ok).toBe(false);
    expect(JSON.parse(ended.stdout).blueprint.changes).toContainEqual(
      expect.objectContaining({ id: '/forms/fortnox-activate.pug', action: 'update' }),
    );
  });
});

describe.skipIf(isWindows)('given Ctrl-C during an installation', () => {
  test.each(['Reading', 'Writing 3 settings', 'Writing 19 files', 'Importing'])(
    'at "%s" it ends with 130 and leaves no temporary file',
    async (moment) => {
      const { sandbox, env } = await hub();
      sandbox.faults.order({ side: 'hub', kind: 'delay', milliseconds: 120, times: 1000 });
      const ended = await cli(['install'], {
        env,
        interruptWhen: (printed) => printed.includes(moment),
      });
      expect(ended.code).toBe(130);
      expect(temporary(sandbox.resourcesDir)).toEqual([]);
      sandbox.faults.clear();
      expect((await cli(['install'], { env })).code).toBe(0);
    },
  );
});

describe('given a Hub that syncs its resources from Git', () => {
  test('--wait waits until it shows the files, and then imports', async () => {
    const { sandbox, env } = await hub();
    const checkout = folder();
    const installing = cli(['install', '--wait', '15'], {
      env: { ...env, ONIFY_RESOURCES_DIR: checkout },
    });
    setTimeout(() => cpSync(checkout, sandbox.resourcesDir, { recursive: true }), 2500);
    expect((await installing).code).toBe(0);
    expect(sandbox.config().list('workflow')).toHaveLength(6);
  });
});

describe('given settings that are there already', () => {
  test('those of others are never touched', async () => {
    const { sandbox, env } = await hub();
    const other = {
      key: '_other',
      name: 'other',
      value: 'x',
      type: 'string',
      tag: ['fortnox'],
      role: [],
      category: 'custom',
    };
    sandbox.settings().post(other);
    await cli(['install'], { env });
    expect(sandbox.settings().get('_other')).toEqual(other);
  });

  test('the secret that is replaced is not shown either, whatever the Hub says', async () => {
    const { sandbox, env } = await installedHub();
    const old = 'canary-old-client-secret';
    const { key, ...setting } = { ...sandbox.settings().get('_fortnox_app_clientsecret') };
    sandbox.settings().put(String(key), { ...setting, value: old });
    const body = JSON.stringify({ message: `${old} ${Buffer.from(old).toString('base64')}` });
    sandbox.faults.order({ side: 'hub', method: 'PUT', kind: 'answer', status: 400, body });
    const ended = await cli(['install', '--verbose'], { env });
    expect(ended.code).toBe(6);
    expect(ended.said).toContain('****');
    expect(ended.stdout + ended.said).not.toContain(old);
    expect(ended.stdout + ended.said).not.toContain(Buffer.from(old).toString('base64'));
  });

  test('where passwords are masked, the given secret is written again, and counts as no drift', async () => {
    const { sandbox, env } = await installedHub({ modes: { passwords: 'masked' } });
    const ended = await cli(['install', '--json'], { env });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout).changes).toContainEqual({
      kind: 'setting',
      id: '_fortnox_app_clientsecret',
      action: 'unknown',
      state: 'done',
    });
    expect(sandbox.settings().get('_fortnox_app_clientsecret')?.value).toBe(
      env.FORTNOX_APP_CLIENTSECRET,
    );
  });

  test('a token that a flow renews while its type is corrected is not put back', async () => {
    const { sandbox, env } = await connectedHub();
    const token = storedToken(sandbox);
    sandbox
      .settings()
      .put('_fortnox_access_token', { value: JSON.stringify(token), type: 'string', tag: [] });
    await cli(['install'], { env });
    expect(storedToken(sandbox)).toEqual(token);
    expect(sandbox.settings().get('_fortnox_access_token')?.type).toBe('object');
  });
});

describe('other words for the same', () => {
  test.each([
    [['help'], ['--help']],
    [
      ['help', 'install'],
      ['install', '--help'],
    ],
    [['-v'], ['--version']],
  ])('%j is %j', async (given, known) => {
    expect(await cli(given)).toEqual(await cli(known));
  });
});
