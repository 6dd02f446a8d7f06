import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Finding, validateApart } from '../../src/validate/index.js';
import { folder } from '../support/folder.js';
import { isWindows } from '../support/platform.js';
import { cli, start } from '../support/run-cli.js';
import { blueprintFolder, type Files } from './blueprint.js';

/** Some 3 kB that end Node 20 itself: it finds no stack for what it compiles. */
const ABORTS = `next(${'`${'.repeat(1_000)}1${'}`'.repeat(1_000)})`;
/** What pug-lexer takes minutes to read. */
const HANGS = `p(a=${'('.repeat(200_000)}`;
/** Something that is wrong, and read after what is not survived: Node ends where it compiles at the end of its stack. */
const BROKEN = { 'flows/z.bpmn': '' };

async function validated(files: Files, ...argv: readonly string[]) {
  const ended = await cli(['validate', blueprintFolder(files), '--json', ...argv]);
  const { findings = [], ...document } = JSON.parse(ended.stdout) as {
    readonly findings?: readonly Finding[];
    readonly files?: number;
    readonly error?: { readonly code: string };
  };
  const slow = findings.filter(({ rule }) => rule === 'file-slow');
  const rules = findings.map(({ rule }) => rule);
  return { ...document, code: ended.code, said: ended.said, all: findings, slow, rules };
}

describe('a file that is not survived is told, and the others are checked', () => {
  test('where Node itself ends', async () => {
    const { code, slow, rules, files } = await validated({ ...BROKEN, 'scripts/x.js': ABORTS });
    expect(slow).toMatchObject([{ file: 'scripts/x.js', severity: 'error' }]);
    expect(slow[0]?.message).toMatch(/^Reading this made Node itself end, so it is not checked/);
    expect(rules).toContain('xml-readable');
    expect({ code, files }).toEqual({ code: 3, files: 2 });
  });

  test('where it stands in a flow', async () => {
    const script = `<scriptTask id="t" scriptFormat="js"><script><![CDATA[${ABORTS}]]></script></scriptTask>`;
    const flow = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">${script}</process></definitions>`;
    const { all, rules } = await validated({ ...BROKEN, 'flows/x.bpmn': flow });
    // Node may survive it there, as less is on the stack; what can't be read is told either way.
    expect(all).toContainEqual(
      expect.objectContaining({
        file: 'flows/x.bpmn',
        severity: 'error',
        message: expect.stringMatching(
          /^(Not enough stack space|Reading this made Node itself end)/,
        ),
      }),
    );
    expect(rules).toContain('xml-readable');
  });

  test('where it takes more than its share of the time', async () => {
    const files = { ...BROKEN, 'forms/x.pug': HANGS };
    const { slow, rules } = await validated(files, '--max-seconds', '12');
    expect(slow).toMatchObject([{ file: 'forms/x.pug' }]);
    expect(slow[0]?.message).toMatch(/^Reading this took more than 3 s/);
    expect(rules).toContain('xml-readable');
  });

  test('where it takes too much memory', async () => {
    const files = { ...BROKEN, 'scripts/x.js': 'a;'.repeat(1_000_000) };
    const { slow, rules } = await validated(files, '--max-memory', '200', '--max-seconds', '600');
    expect(slow).toMatchObject([{ file: 'scripts/x.js' }]);
    expect(slow[0]?.message).toMatch(/^Reading this took too much memory/);
    expect(rules).toContain('xml-readable');
  });
});

test('more files than there is time for are told as far as it came, and that there is a rest', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`forms/x${at}.pug`, HANGS] as const),
  );
  const { code, slow } = await validated(files, '--max-seconds', '2');
  expect(slow.map(({ file }) => file)).toContain('.');
  const whole = slow.find(({ file }) => file === '.');
  expect(whole?.message).toMatch(/took more than 2 s, and was stopped; the rest is not checked/);
  expect(code).toBe(3);
});

test.skipIf(isWindows)('Ctrl-C ends it in the midst of a file that never ends', async () => {
  const root = blueprintFolder({ 'forms/x.pug': HANGS });
  const { code, said } = await cli(['validate', root, '--max-seconds', '86400'], {
    interruptWhen: (printed) => printed.includes('Checking'),
  });
  expect(code).toBe(130);
  expect(said).toContain('Error: Interrupted.');
});

test.each([
  [['--max-memory', '199'], 'memory_malformed'],
  [['--max-memory', 'much'], 'memory_malformed'],
  [['--max-seconds', '0'], 'seconds_malformed'],
])('%j is exit code 2', async (argv, expected) => {
  const { code, error } = await validated(BROKEN, ...argv);
  expect(code).toBe(2);
  expect(error?.code).toBe(expected);
});

describe('given a file that is not survived, a baseline', () => {
  const files = { ...BROKEN, 'scripts/x.js': ABORTS };

  test('is not written: what was not looked at is not settled', async () => {
    const root = blueprintFolder(files);
    const { code, said } = await cli(['validate', root, '--write-baseline']);
    expect(code).toBe(3);
    expect(said).toContain('No baseline was written');
    expect(existsSync(join(root, '.onifylint-baseline.json'))).toBe(false);
  });

  test('that is there keeps what it says of that file', async () => {
    const root = blueprintFolder({ ...BROKEN, 'scripts/x.js': 'console.log(1);\n' });
    await cli(['validate', root, '--write-baseline']);
    writeFileSync(join(root, 'scripts/x.js'), ABORTS);
    const { stdout } = await cli(['validate', root, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ gone: 0, findings: [{ rule: 'file-slow' }] });
  });
});

describe('a process in the midst of a file that never ends, that nobody ends,', () => {
  const PROGRAM = join(import.meta.dirname, '../../dist/validate-child.js');

  /** Starts it as the program does. @returns it once it reads the file, and the signal that it will have ended by */
  async function reading(ms: number) {
    const root = blueprintFolder({ 'forms/x.pug': HANGS });
    const child = spawn(process.execPath, [PROGRAM], {
      stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const ended = new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
    child.stdin?.end(JSON.stringify({ root, requested: {}, skipped: [], ms }));
    await new Promise<void>((resolve) => {
      let printed = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes('x.pug')) {
          resolve();
        }
      });
    });
    return { child, ended };
  }

  test('ends itself when its time is over', async () => {
    expect(await (await reading(2000)).ended).toBe('SIGKILL');
  });

  test('ends itself when the one who started it is gone', async () => {
    const { child, ended } = await reading(86_400_000);
    const [, , , parent] = child.stdio;
    parent?.destroy();
    expect(await ended).toBe('SIGKILL');
  });

  test.runIf(process.platform === 'linux')('is gone when the program was killed', async () => {
    const root = blueprintFolder({ 'forms/x.pug': HANGS });
    const program = start(['validate', root, '--max-seconds', '86400']);
    let child: string | undefined;
    await expect.poll(() => (child = busyChildOf(program.child.pid))).toBeDefined();
    program.child.kill('SIGKILL');
    await program.ended;
    await expect.poll(() => isRunning(child)).toBe(false);
  });

  const statOf = (pid: string | undefined) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    } catch {
      return [];
    }
  };

  /** A process that has ended stays as a zombie where nobody asks how it ended. */
  const isRunning = (pid: string | undefined) => /^[^Z]$/.test(statOf(pid)[0] ?? '');

  /** The process of another that has been at it for a while: half a second of CPU time. */
  const busyChildOf = (parent: number | undefined) =>
    readdirSync('/proc').find((pid) => {
      const [, ppid, ...rest] = /^\d+$/.test(pid) ? statOf(pid) : [];
      return ppid === String(parent) && Number(rest[9]) > 50;
    });
});

test('what is read is told to the end, however slowly it is listened to', async () => {
  // Their names alone fill the pipe: some 200 kB on Linux.
  const names = Array.from({ length: 1500 }, (_, at) => `flows/${'x'.repeat(200)}${at}.bpmn`);
  const root = blueprintFolder(Object.fromEntries(names.map((name) => [name, ''])));
  const program = join(import.meta.dirname, '../../dist/validate-child.js');
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  child.stdin?.end(JSON.stringify({ root, requested: {}, skipped: [], ms: 86_400_000 }));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  expect(await closed).toBe(0);
  const lines = printed.trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('{"at":"flows/'))).toHaveLength(names.length);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ report: { files: names.length } });
});

test('the process that reads it has nothing of our environment', async () => {
  const root = blueprintFolder(BROKEN);
  const program = join(folder(), 'child.mjs');
  writeFileSync(
    program,
    "process.stdout.write(JSON.stringify({ failure: { code: 'x', exitCode: 6, hint: '', message: JSON.stringify(process.env) } }) + '\\n');",
  );
  process.env.ONIFY_API_TOKEN = 'Bearer canary';
  onTestFinished(() => {
    delete process.env.ONIFY_API_TOKEN;
  });
  const limits = { maxSeconds: 20, maxMegabytes: 400, signal: new AbortController().signal };
  const said = await validateApart(root, { program, requested: {}, ...limits }).catch(
    (error: unknown) => error,
  );
  expect(said).toMatchObject({ code: 'x' });
  expect(String(said)).not.toContain('canary');
});

test('a process that ends in the middle of a line is no crash of ours', async () => {
  const program = join(folder(), 'child.mjs');
  writeFileSync(program, 'process.stdout.write(\'{"report": {\'); process.exitCode = 1;');
  const limits = { maxSeconds: 20, maxMegabytes: 400, signal: new AbortController().signal };
  const report = await validateApart(blueprintFolder(BROKEN), {
    program,
    requested: {},
    ...limits,
  });
  expect(report.findings).toMatchObject([{ rule: 'file-slow' }]);
});
