import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The rooms of src/ from the top floor down; each may import from the floors below its own. */
const FLOORS = [
  ['bin'],
  ['cli', 'question', 'validate-child', 'validate-watch'],
  ['commands', 'lib'],
  ['install', 'activate', 'doctor'],
  ['token'],
  ['hub', 'blueprint'],
  ['validate', 'options'],
  ['core'],
] as const;

/** Rooms that are entered by one file. */
const DOORS: Readonly<Record<string, string>> = { validate: 'validate/index.ts' };

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

const floorOf = (part: string) => FLOORS.findIndex((rooms) => rooms.some((room) => room === part));

/** What is run, and what that leads to. */
const ENTRIES = [join('src', 'bin.ts'), join('src', 'cli.ts')];

/** What reads the environment and the streams. */
const READING = [...ENTRIES, join('src', 'question.ts')];

/** @returns every file of a folder, with the files of it that each imports */
function graphOf(folder: string): Map<string, string[]> {
  return new Map(
    filesBelow(folder).map((file) => [
      relative(root, file),
      importsOf(file).map((path) => relative(root, path).replace(/\.js$/, '.ts')),
    ]),
  );
}

/** @returns the files of one circle of imports, in order; empty where there is none */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] => {
    const at = path.indexOf(file);
    if (at >= 0) {
      return [...path.slice(at), file];
    }
    if (done.has(file)) {
      return [];
    }
    done.add(file);
    for (const imported of graph.get(file) ?? []) {
      const circle = visit(imported, [...path, file]);
      if (circle.length > 0) {
        return circle;
      }
    }
    return [];
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) {
      return circle;
    }
  }
  return [];
}

describe('the rooms of src/', () => {
  test.each(filesBelow('src').map((file) => [relative(root, file), file] as const))(
    '%s imports only from below',
    (_name, file) => {
      const part = partOf(file);
      expect(floorOf(part), `${part} is on no floor`).toBeGreaterThanOrEqual(0);
      for (const imported of importsOf(file)) {
        const other = partOf(imported);
        if (other !== part) {
          expect(floorOf(other), `${part} imports ${other}`).toBeGreaterThan(floorOf(part));
        }
      }
    },
  );

  test.each(Object.entries(DOORS))('%s is entered by its door alone', (room, door) => {
    const around = [...graphOf('src')].flatMap(([file, imports]) =>
      imports
        .filter((path) => partOf(join(root, path)) === room && path !== join('src', door))
        .filter(() => partOf(join(root, file)) !== room)
        .map((path) => `${file} -> ${path}`),
    );
    expect(around).toEqual([]);
  });

  test.each(['src', 'sandbox', 'test'])('%s/ has no circle of imports', (folder) => {
    expect(circleIn(graphOf(folder))).toEqual([]);
  });

  test('only cli.ts, and bin.ts before it, ends the process or sets its exit code', () => {
    const ending = filesBelow('src').filter((file) =>
      /process\.(exit\b|exitCode)/.test(readFileSync(file, 'utf8')),
    );
    expect(ending.map((file) => relative(root, file)).sort()).toEqual(ENTRIES);
  });

  test('only cli.ts, and bin.ts and question.ts before it, read the environment and the streams of the process', () => {
    const reading = filesBelow('src').filter((file) =>
      /process\.(env|stdin|stdout|stderr|argv|cwd)\b/.test(readFileSync(file, 'utf8')),
    );
    expect(reading.map((file) => relative(root, file)).sort()).toEqual(READING);
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

test('the public names of the blueprint stand in its manifest alone', () => {
  const NAME =
    /['"`/](fortnox-(generate|refresh|activate)|_fortnox_(app|access|alert)|fortnox['"`])|JBL1/;
  const naming = filesBelow('src').filter((file) => {
    const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    return NAME.test(code);
  });
  expect(naming.map((file) => relative(root, file))).toEqual([
    join('src', 'blueprint', 'manifest.ts'),
  ]);
});

test('--help loads nothing of any command', () => {
  const loaded = (file: string) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^import (?!type).* from '([^']+)'/gm)].map(
      ([, path]) => path,
    );
  expect(loaded('src/commands/specs.ts')).toEqual([]);
  expect(loaded('src/commands/index.ts')).toEqual(['./specs.js']);
  expect(loaded('src/question.ts')).toEqual([
    'node:fs',
    'node:path',
    './commands/help.js',
    './commands/question.js',
    './commands/specs.js',
    './core/text.js',
  ]);
});
