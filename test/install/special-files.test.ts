import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { run } from '../../src/commands/status.js';
import { ResourcesDir } from '../../src/install/files.js';
import { type CommandEnd, runCommand, testContext } from '../support/context.js';
import { folder } from '../support/folder.js';
import { environmentOf } from '../support/hub.js';
import { isWindows } from '../support/platform.js';
import { hub, install } from './run-install.js';

const FLOW = '/flows/a.bpmn';
const content = Buffer.from('a flow');
const root = join(import.meta.dirname, '../..');
const makePipe = (file: string) => execFileSync('mkfifo', [file]);

function status(sandbox: Sandbox) {
  return runCommand(run, {}, testContext({ env: environmentOf(sandbox), packageRoot: root }));
}

async function makeSocket(file: string): Promise<void> {
  const server = createServer().listen(file);
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
}

type Make = (file: string) => unknown;
const SPECIAL: [string, Make][] = [
  ['a pipe', makePipe],
  ['a socket', makeSocket],
  ['a device', (file) => symlinkSync('/dev/zero', file)],
];

describe.skipIf(isWindows).each(SPECIAL)('%s', (kind, make) => {
  const place = async (dir: string, path = FLOW) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    await make(join(dir, path));
  };
  // A link to a device leads out; there is no other way to have one without being root.
  const code = (inside: string) => (kind === 'a device' ? 'resources_dir_link' : inside);

  test('in the place of a file is refused before anything is done', async () => {
    const dir = folder();
    await place(dir);
    expect(() => ResourcesDir.open(dir, [FLOW])).toThrow(
      expect.objectContaining({ code: code('resources_dir_obstacle'), exitCode: 2 }),
    );
  });

  test('is refused, and not read, where a record or a later look leads to it', async () => {
    const dir = folder();
    await place(dir);
    expect(() => ResourcesDir.open(dir, []).read(FLOW)).toThrow(
      expect.objectContaining({ code: code('resource_unreadable') }),
    );
  });

  test('that came while a run was going on is not replaced', async () => {
    const dir = folder();
    const resources = ResourcesDir.open(dir, [FLOW]);
    await place(dir);
    expect(() => resources.write({ id: FLOW, content })).toThrow(
      expect.objectContaining({ code: code('resources_dir_obstacle') }),
    );
    expect(readdirSync(join(dir, 'flows'))).toEqual(['a.bpmn']);
  });

  test('has install and status say the same', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const path = '/flows/fortnox-refresh-access-token.bpmn';
    rmSync(join(sandbox.resourcesDir, path));
    await place(sandbox.resourcesDir, path);
    const [installed, looked] = [await install(sandbox), await status(sandbox)];
    expect(installed.error?.code).toBe(code('resources_dir_obstacle'));
    expect(looked.error).toEqual(installed.error);
  });
});

describe('a link that is put there while a run is going on', () => {
  test.each([
    [
      'in the place of the folder',
      (dir: string, outside: string) => {
        renameSync(join(dir, 'flows'), join(dir, 'moved'));
        symlinkSync(outside, join(dir, 'flows'));
      },
    ],
    [
      'in the place of the file',
      (dir: string, outside: string) => {
        symlinkSync(join(outside, 'b.bpmn'), join(dir, FLOW));
      },
    ],
  ])('%s is refused: nothing is written or read outside', (_name, swap) => {
    const [dir, outside] = [folder(), folder()];
    mkdirSync(join(dir, 'flows'));
    writeFileSync(join(outside, 'b.bpmn'), 'not ours');
    writeFileSync(join(outside, 'a.bpmn'), 'not ours');
    const resources = ResourcesDir.open(dir, [FLOW]);
    swap(dir, outside);
    const refused = expect.objectContaining({ code: 'resources_dir_link' });
    expect(() => resources.write({ id: FLOW, content })).toThrow(refused);
    expect(() => resources.read(FLOW)).toThrow(refused);
    expect(readdirSync(outside).sort()).toEqual(['a.bpmn', 'b.bpmn']);
  });
});

test('status names a link in the place of a file, as install does', async () => {
  const sandbox = await hub();
  await install(sandbox);
  const at = join(sandbox.resourcesDir, 'flows/fortnox-disconnect.bpmn');
  renameSync(at, `${at}.real`);
  symlinkSync('fortnox-disconnect.bpmn.real', at);
  const noteOf = (end: CommandEnd) => /a link to \S+real/.exec(JSON.stringify(end))?.[0];
  const planned = noteOf(await install(sandbox, { options: { dryRun: true } }));
  expect(planned).toBe('a link to fortnox-disconnect.bpmn.real');
  expect(noteOf(await status(sandbox))).toBe(planned);
});
