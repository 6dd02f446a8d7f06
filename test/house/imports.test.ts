import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** What each part of src/ may import from; imports run downwards only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cli: ['program', 'commands', 'config', 'context', 'errors', 'exit-codes', 'ui'],
  program: ['commands', 'errors'],
  commands: [
    'config',
    'install',
    'validate',
    'fortnox',
    'hub',
    'blueprint',
    'ui',
    'context',
    'errors',
    'exit-codes',
    'input',
  ],
  install: ['hub', 'blueprint', 'context', 'errors', 'exit-codes'],
  validate: ['blueprint', 'errors', 'ui'],
  fortnox: ['hub', 'ui', 'context', 'errors', 'exit-codes'],
  hub: ['config', 'context', 'errors', 'exit-codes'],
  config: ['context', 'errors', 'input'],
  blueprint: ['hub'],
  context: ['ui'],
  errors: ['exit-codes'],
  documents: [],
  input: [],
  'exit-codes': [],
  ui: [],
};

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(root, folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    join(dirname(file), path),
  );
}

const partOf = (file: string) =>
  relative(join(root, 'src'), file)
    .split(sep)[0]
    ?.replace(/\.[jt]s$/, '') ?? '';

describe('the parts of src/', () => {
  test.each(filesBelow('src').map((file) => [relative(root, file), file] as const))(
    '%s imports only from below',
    (_name, file) => {
      const part = partOf(file);
      for (const imported of importsOf(file)) {
        const other = partOf(imported);
        if (other !== part) {
          expect(MAY_IMPORT[part], `${part} imports ${other}`).toContain(other);
        }
      }
    },
  );

  test('only cli.ts ends the process or sets its exit code', () => {
    const ending = filesBelow('src').filter((file) =>
      /process\.(exit\b|exitCode)/.test(readFileSync(file, 'utf8')),
    );
    expect(ending.map((file) => relative(root, file))).toEqual([join('src', 'cli.ts')]);
  });

  test('only cli.ts reads the environment and the streams of the process', () => {
    const reading = filesBelow('src').filter((file) =>
      /process\.(env|stdin|stdout|stderr|argv|cwd)\b/.test(readFileSync(file, 'utf8')),
    );
    expect(reading.map((file) => relative(root, file))).toEqual([join('src', 'cli.ts')]);
  });
});

test('src/ and sandbox/ know nothing of each other', () => {
  for (const [folder, other] of [
    ['src', 'sandbox'],
    ['sandbox', 'src'],
  ] as const) {
    for (const file of filesBelow(folder)) {
      for (const imported of importsOf(file)) {
        expect(relative(root, imported).split(sep)[0], file).not.toBe(other);
      }
    }
  }
});

test('--help loads nothing of any command', () => {
  const loaded = importsOf(join(root, 'src/commands/index.ts')).filter(
    (path) => !path.endsWith('command.js'),
  );
  const text = readFileSync(join(root, 'src/commands/index.ts'), 'utf8');
  for (const path of loaded) {
    const name = relative(join(root, 'src/commands'), path);
    expect(text).toContain(`load: () => import('./${name}')`);
    expect(text).not.toContain(`from './${name}'`);
  }
});
