import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/commands/command-line.js';
import { helpText } from '../../src/commands/help.js';
import { commands } from '../../src/commands/index.js';
import type { ConfigError } from '../../src/core/errors.js';
import { folder } from '../support/folder.js';

const read = (...argv: string[]) => readCommandLine(argv, commands);

function help(columns: number, ...argv: string[]): string {
  const { asks, command } = read(...argv);
  expect(asks).toBe('help');
  return helpText(command, commands, columns);
}

function refused(...argv: string[]): ConfigError {
  return read(...argv).problem ?? expect.fail('it was understood');
}

describe('the help', () => {
  const helps = [['--help'], ...commands.map(({ name }) => [name, '--help'])];

  test.each(helps.flatMap((argv) => [80, 60, 40].map((columns) => [argv, columns] as const)))(
    'of %j keeps to %d columns',
    (argv, columns) => {
      for (const line of help(columns, ...argv).split('\n')) {
        expect(line.length, line).toBeLessThanOrEqual(columns);
      }
    },
  );

  test('names every command', () => {
    for (const { name, summary } of commands) {
      expect(help(80, '--help')).toMatch(new RegExp(`${name}.*${summary}`));
    }
  });

  test.each(commands.map(({ name, examples }) => [name, examples] as const))(
    'of %s has examples that are understood',
    (name, examples) => {
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(help(80, name, '--help').replace(/ \\\n +/g, ' ')).toContain(example);
        const [command = ''] = example.split(/ < | >> /);
        const [program, ...argv] = command.split(' ');
        expect(program).toBe('fortnox-blueprint');
        expect(read(...argv)).toMatchObject({ asks: 'run', command: { name }, problem: undefined });
      }
    },
  );
});

describe('a command line', () => {
  test('becomes options by their names, and arguments', () => {
    const line = read('install', '--dry-run', '--skip', 'config', '--skip', 'settings', '--wait=5');
    expect(line).toMatchObject({
      command: { name: 'install' },
      input: { arguments: [], options: { dryRun: true, skip: ['config', 'settings'], wait: '5' } },
    });
    expect(read('validate', 'dir')).toMatchObject({ input: { arguments: ['dir'] } });
  });

  test.each<[string[], RegExp]>([
    [['instal'], /Did you mean install\?/],
    [['help', 'instal'], /Did you mean install\?/],
    [['install', '--dryrun'], /Did you mean --dry-run\?/],
    [['activate', '--scope', 'x'], /Did you mean --scopes\?/],
    [['install', '--client-secret', 'x'], /Did you mean --client-secret-file\?/],
    [['status', '--token=x'], /Did you mean --token-file\?/],
    [['install', '--env-file', '.env'], /--dotenv/],
  ])('%j gets a suggestion', (argv, hint) => {
    expect(refused(...argv).hint).toMatch(hint);
  });

  test.each([
    [['install', '--client-secret=canary']],
    [['install', '--client-secret', 'canary']],
    [['install', '--token=canary=canary']],
    [['install', '--token=line\ncanary']],
    [['install', '-tcanary']],
    [['install', '-t=canary']],
    [['install', '--verbose=canary']],
    [['install', 'canary']],
    [['install', '--', 'canary']],
    [['ONIFY_API_TOKEN=canary', 'install']],
    [['Bearer canary']],
    [['--Bearer canary', 'install']],
    [['--token-file', 'x', '--nope', 'install', 'canary']],
  ])('%j is refused without showing what was given', (argv) => {
    const { message, hint, exitCode } = refused(...argv);
    expect(exitCode).toBe(2);
    expect(message + hint).not.toContain('canary');
  });

  test.each([
    [['install', '--wait'], /--wait needs a value: --wait <seconds>/],
    [['install', '--token-file', '--json'], /--token-file needs a value/],
    [['install', '--dry-run=yes'], /--dry-run takes no value/],
    [['status', 'here'], /status takes no argument/],
    [['validate', 'a', 'b'], /one argument at most/],
    [['completion'], /completion needs to be told: bash, zsh or fish/],
    [['status', '--dry-run'], /There is no option --dry-run for status/],
    [['install', '-v'], /There is no option -v for install/],
  ])('%j is refused with what is wrong', (argv, message) => {
    expect(refused(...argv).message).toMatch(message);
  });

  test('options may stand before the command, and a value after an equals sign may look like one', () => {
    expect(read('--api-url', 'https://hub', 'status', '--token-file=--x')).toMatchObject({
      command: { name: 'status' },
      input: { arguments: [], options: { apiUrl: 'https://hub', tokenFile: '--x' } },
      problem: undefined,
    });
  });

  test('tells its command and how it wants its answer, whatever else is wrong', () => {
    expect(read('install', '--nope', '--json')).toMatchObject({
      command: { name: 'install' },
      json: true,
      verbose: false,
    });
    expect(read('install', '--token-file', '--json').json).toBe(true);
    expect(read('validate', '--format', 'json').json).toBe(true);
    expect(read('validate', '--format=github', '--verbose')).toMatchObject({
      json: false,
      verbose: true,
    });
    expect(read('validate', '--', '--json').json).toBe(false);
    expect(read('activate', '--scopes', 'a-json').json).toBe(false);
  });

  test.each([
    [['-h'], 'help'],
    [['install', '-h'], 'help'],
    [['install', '--nope', '--help'], 'help'],
    [['-v'], 'version'],
    [['-V'], 'version'],
    [[], 'nothing'],
    [['--json'], 'nothing'],
    [['constructor'], 'run'],
  ])('%j asks for %s', (argv, asks) => {
    expect(read(...argv).asks).toBe(asks);
  });
});

describe('the program as it is installed', () => {
  const program = join(import.meta.dirname, '../../dist/bin.cjs');

  test.skipIf(process.platform === 'win32')('can be executed', () => {
    expect(execFileSync(program, ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+/);
  });

  test.each([
    [['--help']],
    [['help']],
    [['help', 'status']],
    [['install', '-h']],
    [['-V']],
    [['nope', '--help']],
    [['help', 'nope']],
    [['status', '-v']],
    [['--json']],
    [[]],
  ])('says to %j what the rest of the program says', (argv) => {
    const env = { ...process.env, COLUMNS: '60' };
    const [short, whole] = [program, join(program, '../cli.js')].map((file) =>
      spawnSync(process.execPath, [file, ...argv], { encoding: 'utf8', env }),
    );
    expect(short?.stdout).toBe(whole?.stdout);
    expect(short?.stderr).toBe(whole?.stderr);
    expect(short?.status).toBe(whole?.status);
  });

  test.each(['18.20.4', '20.18.3'])('says in one sentence that Node %s is too old', (version) => {
    const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
    const argv = ['--import', `data:text/javascript,${encodeURIComponent(old)}`, program, 'status'];
    const { status, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
    expect(stderr).toBe(`fortnox-blueprint needs Node 20.19 or newer, and this is ${version}.\n`);
    expect(status).toBe(2);
  });
});

describe('given a copy of the program without its dependencies', () => {
  const root = join(import.meta.dirname, '../..');

  /** What the copy prints. */
  function runWith(argv: readonly string[]): string {
    const path = folder();
    for (const part of ['dist', 'package.json']) {
      cpSync(join(root, part), join(path, part), { recursive: true });
    }
    return execFileSync(process.execPath, [join(path, 'dist/cli.js'), ...argv], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }

  test('--version works: it loads none', () => {
    expect(runWith(['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([[['--help']], [['install', '--help']]])('%j works: it loads none', (argv) => {
    expect(runWith(argv)).toMatch(/^Usage/);
  });

  test('a command needs some, so that this can tell', () => {
    expect(() => runWith(['validate'])).toThrow();
  });
});
