import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nameOf, parseCommandLine } from '../../src/commands/command-line.js';
import { commands } from '../../src/commands/index.js';
import { ConfigError } from '../../src/core/errors.js';
import { folder } from '../support/folder.js';

const parse = (...argv: string[]) => parseCommandLine(argv, '1.2.3', 80);

function printed(...argv: string[]): string {
  const asked = parse(...argv);
  return 'printed' in asked ? asked.printed : expect.fail('nothing was printed');
}

function refused(...argv: string[]): ConfigError {
  try {
    parse(...argv);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error;
    }
  }
  return expect.fail('it was understood');
}

describe('the help', () => {
  const helps = [['--help'], ...commands.map(({ name }) => [name, '--help'])];

  test.each(helps.map((argv) => [argv.join(' '), argv]))(
    'of %s keeps to 80 columns',
    (_name, argv) => {
      for (const line of printed(...argv).split('\n')) {
        expect(line.length, line).toBeLessThanOrEqual(80);
      }
    },
  );

  test('names every command', () => {
    for (const { name, summary } of commands) {
      expect(printed('--help')).toMatch(new RegExp(`${name}.*${summary}`));
    }
  });

  test('without any argument is the same', () => {
    expect(printed()).toContain('install');
  });

  test.each(commands.map(({ name, examples }) => [name, examples] as const))(
    'of %s has examples that are understood',
    (name, examples) => {
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(printed(name, '--help')).toContain(example.split('\n')[0]);
        const [command = ''] = example.replaceAll('\\\n', ' ').split(/ < | >> /);
        const [program, ...argv] = command.match(/"[^"]*"|\S+/g) ?? [];
        expect(program).toBe('fortnox-blueprint');
        expect(parse(...argv)).toMatchObject({ command: { name } });
      }
    },
  );
});

describe('a command line', () => {
  test('becomes options by their names, and arguments', () => {
    const asked = parse(
      'install',
      '--dry-run',
      '--skip',
      'config',
      '--skip',
      'settings',
      '--wait=5',
    );
    expect(asked).toMatchObject({
      command: { name: 'install' },
      input: { arguments: [], options: { dryRun: true, skip: ['config', 'settings'], wait: '5' } },
    });
    expect(parse('validate', 'dir')).toMatchObject({ input: { arguments: ['dir'] } });
  });

  test.each<[string[], RegExp]>([
    [['instal'], /Did you mean install\?/],
    [['install', '--dryrun'], /Did you mean --dry-run\?/],
    [['activate', '--scope', 'x'], /Did you mean --scopes\?/],
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
    [['ONIFY_API_TOKEN=canary', 'install']],
  ])('%j is refused without showing what was given', (argv) => {
    const { message, hint, exitCode } = refused(...argv);
    expect(exitCode).toBe(2);
    expect(message + hint).not.toContain('canary');
  });

  test('a command that is not understood is still known by its name', () => {
    expect(nameOf(['install', '--nope'])).toBe('install');
    expect(nameOf(['nope'])).toBeUndefined();
  });
});

describe('given a copy of the program without its dependencies', () => {
  const root = join(import.meta.dirname, '../..');

  /** What the copy prints; it has only the named packages. */
  function runWith(packages: readonly string[], argv: readonly string[]): string {
    const path = folder();
    for (const part of ['dist', 'package.json']) {
      cpSync(join(root, part), join(path, part), { recursive: true });
    }
    mkdirSync(join(path, 'node_modules'));
    for (const name of packages) {
      symlinkSync(join(root, 'node_modules', name), join(path, 'node_modules', name));
    }
    return execFileSync(process.execPath, [join(path, 'dist/cli.js'), ...argv], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }

  test('--version works: it loads none', () => {
    expect(runWith([], ['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([[['--help']], [['install', '--help']]])('%j needs the parser alone', (argv) => {
    expect(runWith(['commander'], argv)).toMatch(/^Usage/);
  });

  test('a command needs more, so that this can tell', () => {
    expect(() => runWith(['commander'], ['validate'])).toThrow();
  });
});
