import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environmentOf } from '../support/hub.js';
import { isWindows } from '../support/platform.js';
import { cli, start } from '../support/run-cli.js';
import { hub, install } from './run-install.js';
import { everything, uninstall, usedHub } from './run-uninstall.js';

const DELETE = { side: 'hub', method: 'DELETE' } as const;

async function installed() {
  const sandbox = await usedHub();
  const before = everything(sandbox);
  await install(sandbox);
  return { sandbox, before, env: environmentOf(sandbox) };
}

/** Starts the program, and presses Ctrl-C once the Hub has deleted some things. */
async function interrupted(after: number, argv: readonly string[] = []) {
  const { sandbox, before, env } = await installed();
  sandbox.faults.order({ ...DELETE, kind: 'hang', skip: after, times: 99 });
  const program = start(['uninstall', '--yes', '--with-token', '--verbose', ...argv], { env });
  const asked = () => sandbox.faults.calls.filter(({ method }) => method === 'DELETE').length;
  await program.says(new RegExp(`Deleting.*(DELETE \\S+ 200 .*){${after}}`));
  await expect.poll(asked).toBe(10);
  program.child.kill('SIGINT');
  const { code, stdout, stderr } = await program.ended;
  sandbox.faults.clear();
  return { code, stdout, lines: stderr.split('\n'), sandbox, before, env };
}

describe.skipIf(isWindows)('Ctrl-C while it removes', () => {
  test('says what is gone, what the Hub was asked for, what is still there, and how to go on', async () => {
    const { code, lines, sandbox, before, env } = await interrupted(3);
    expect(code).toBe(130);
    expect(lines.filter((line) => /^[A-Z].*: \d/.test(line))).toEqual([
      expect.stringMatching(/^Gone: \d.*\.$/),
      expect.stringMatching(/^Asked for, and perhaps gone: \d.*\.$/),
      'Still there: 19 files.',
    ]);
    const gone = lines.findIndex((line) => line.startsWith('Gone'));
    const asked = lines.findIndex((line) => line.startsWith('Asked for'));
    expect(asked - gone).toBe(4);
    expect(lines.slice(lines.indexOf('Error: Interrupted.'), -1).slice(0, 2)).toEqual([
      'Error: Interrupted.',
      'What is gone stays gone; run uninstall again, and it removes the rest.',
    ]);
    const again = await cli(['uninstall', '--yes', '--with-token'], { env });
    expect(again.code).toBe(0);
    expect(everything(sandbox)).toEqual(before);
  });

  test('says so also where the Hub has not answered one request yet', async () => {
    const { code, lines } = await interrupted(0);
    expect(code).toBe(130);
    expect(lines.filter((line) => /^[A-Z].*: \d/.test(line))).toEqual([
      'Asked for, and perhaps gone: 3 settings, 6 workflows, 1 form.',
      'Still there: 19 files.',
    ]);
    expect(lines.join(' ')).toMatch(/Interrupted\. What is gone stays gone; run uninstall again/);
  });

  test('is told in JSON too', async () => {
    const { stdout } = await interrupted(3, ['--json']);
    const { changes, error } = JSON.parse(stdout) as {
      changes: { state: string }[];
      error: { code: string; hint: string };
    };
    expect(changes.filter(({ state }) => state === 'done')).toHaveLength(3);
    expect(changes.filter(({ state }) => state === 'pending')).toHaveLength(26);
    expect(error).toMatchObject({ code: 'interrupted', hint: /run uninstall again/ });
  });

  test('before anything was asked of the Hub is no more than that', async () => {
    const { sandbox, env } = await installed();
    sandbox.faults.order({ side: 'hub', method: 'GET', kind: 'hang', times: 99 });
    const { code, said } = await cli(['uninstall', '--yes'], {
      env,
      interruptWhen: (printed) => printed.includes('Reading what the Hub holds'),
    });
    expect(code).toBe(130);
    expect(said).toMatch(/Error: Interrupted\. Run the command again when you are ready\. $/);
  });
});

describe('a failure while it removes', () => {
  test('of the Hub says what is gone, what could not be removed, and what is still there', async () => {
    const { sandbox } = await installed();
    sandbox.faults.order({
      ...DELETE,
      kind: 'answer',
      status: 403,
      body: '{}',
      skip: 3,
      times: 99,
    });
    const end = await uninstall(sandbox, { withToken: true });
    expect(end).toMatchObject({ exitCode: 7, error: { code: 'hub_forbidden' } });
    expect(end.lines.filter((line) => !line.startsWith(' '))).toEqual([
      expect.stringMatching(/^Gone: /),
      expect.stringMatching(/^Not removed: /),
      'Still there: 19 files.',
    ]);
    expect(end.lines).toContain('  file /flows/fortnox-disconnect.bpmn');
    expect(end.error?.hint).toMatch(/Then run uninstall again: it removes the rest\.$/);
  });

  test('of the directory says it of each file', async () => {
    const { sandbox, before } = await installed();
    const path = join(sandbox.resourcesDir, 'flows/fortnox-disconnect.bpmn');
    // Between the look and the removal, someone puts a folder in the place of a file.
    sandbox.faults.onNote = ({ method }) => {
      if (method === 'DELETE') {
        rmSync(path, { force: true, recursive: true });
        mkdirSync(join(path, 'inner'), { recursive: true });
      }
    };
    const end = await uninstall(sandbox, { withToken: true });
    sandbox.faults.onNote = () => undefined;
    expect(end.exitCode).toBe(7);
    expect(end.lines).toContain('Not removed: 1 file.');
    expect(end.lines).toContain('  file /flows/fortnox-disconnect.bpmn');
    expect(
      end.lines.some((line) => /^Gone: 3 settings, \d+ files?, 6 workflows, 1 form\./.test(line)),
    ).toBe(true);
    rmSync(path, { recursive: true });
    expect((await uninstall(sandbox, { withToken: true })).exitCode).toBe(0);
    expect(everything(sandbox)).toEqual(before);
  });

  test('while it looks for what the Hub would not delete does not call that gone', async () => {
    const sandbox = await hub({
      modes: { settingRecord: false, workflowsDelete: false, formsDelete: false },
    });
    await install(sandbox);
    const forbidden = { kind: 'answer', status: 403, body: '{}', times: 99 } as const;
    sandbox.faults.onNote = ({ method }) => {
      if (method === 'DELETE') {
        sandbox.faults.order({ side: 'hub', method: 'GET', ...forbidden });
      }
    };
    const end = await uninstall(sandbox, { withToken: true });
    expect(end.error?.code).toBe('hub_forbidden');
    expect(end.lines.filter((line) => line.startsWith('Gone'))).toEqual([]);
  });
});
