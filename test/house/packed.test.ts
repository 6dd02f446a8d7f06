import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { specs } from '../../src/commands/specs.js';
import { pageAt } from '../../src/core/pages.js';
import { folder } from '../support/folder.js';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
const raw = repository.replace('github.com', 'raw.githubusercontent.com');
/** What it has grown to, shrinkwrap apart: with it there are at most 60 files. */
const MAX = { files: 59, packedKilobytes: 260 };

let files: string[];
let size: number;
beforeAll(() => {
  // Through a shell, since npm is a script of its own on Windows.
  const command = 'npm pack --json --dry-run --ignore-scripts';
  const [packed] = JSON.parse(
    execFileSync(command, { cwd: root, encoding: 'utf8', shell: true, stdio: 'pipe' }),
  );
  files = packed.files.map(({ path }: { path: string }) => path);
  size = packed.size;
});

// bpmnlint asks for a file for each rule; each is a line, and no command loads one.
const isRuleFile = (file: string) => /^(dist\/)?bpmnlint\/rules\//.test(file);

test('it is small: few files, and few kilobytes to fetch', () => {
  expect(files.filter((file) => !isRuleFile(file)).length).toBeLessThanOrEqual(MAX.files);
  expect(size / 1000).toBeLessThanOrEqual(MAX.packedKilobytes);
});

describe('the links of what is packed', () => {
  const linksOf = (file: string) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, link = '']) => link,
    );
  const documents = () => files.filter((file) => file.endsWith('.md'));

  test('that are relative lead to something that is packed too', () => {
    const astray = documents().flatMap((file) =>
      linksOf(file)
        .filter((link) => !/^(https?:|mailto:|#)/.test(link))
        .map((link) => posix.join(posix.dirname(file), link.replace(/#.*$/, '')))
        .filter((path) => !files.includes(path))
        .map((path) => `${file}: ${path}`),
    );
    expect(astray).toEqual([]);
  });

  test('into the repository lead to something that is in it', () => {
    const into = documents().flatMap((file) =>
      linksOf(file)
        .filter((link) => link.startsWith(repository) || link.startsWith(raw))
        .map((link) => link.replace(`${repository}/blob/main/`, '').replace(`${raw}/main/`, '')),
    );
    expect(into.length).toBeGreaterThan(10);
    expect(into.filter((path) => !existsSync(join(root, path.replace(/#.*$/, ''))))).toEqual([]);
  });

  test('that the program itself shows lead into the repository too', () => {
    expect(pageAt('rules.md')).toBe(`${repository}/blob/main/docs/rules.md`);
  });

  test('the pictures are absolute: a registry shows no file of the package', () => {
    const pictures = documents().flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(
        ([, link = '']) => link,
      ),
    );
    expect(pictures.filter((link) => !link.startsWith(raw))).toEqual([]);
  });
});

test('while npm packs, the tested versions of what is installed along are there, with their digests', () => {
  const tool = join(root, 'tools/shrinkwrap.mjs');
  const path = join(root, 'npm-shrinkwrap.json');
  execFileSync(process.execPath, [tool]);
  const { packages } = JSON.parse(readFileSync(path, 'utf8'));
  execFileSync(process.execPath, [tool, '--remove']);
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { '': own, ...others } = packages;
  expect(own.dependencies).toEqual(manifest.dependencies);
  expect(Object.keys(others)).toEqual(
    expect.arrayContaining(Object.keys(manifest.dependencies).map((n) => `node_modules/${n}`)),
  );
  for (const [name, entry] of Object.entries<{ integrity?: string }>(others)) {
    expect(entry, name).toEqual(lock.packages[name]);
    expect(entry.integrity, name).toMatch(/^sha512-/);
  }
  expect(existsSync(path)).toBe(false);
});

describe('the bundle', () => {
  test('of the same source is the same, byte for byte', () => {
    const out = folder(join(root, 'build'));
    execFileSync(process.execPath, [join(root, 'tools/bundle.mjs'), '--out', out]);
    const made = filesBelow(out);
    expect(made.length).toBeGreaterThan(10);
    for (const file of made) {
      expect(readFileSync(join(out, file), 'utf8'), file).toBe(
        readFileSync(join(root, 'dist', file), 'utf8'),
      );
    }
    const noted = ['bpmnlint/config/recommended.cjs', 'bpmnlint/config/strict.cjs', 'checked.json'];
    const others = filesBelow(join(root, 'dist')).filter((file) => !made.includes(file));
    expect(others.filter((file) => !isRuleFile(file))).toEqual(noted);
  });

  test('has no file that only passes on what another holds, but where others import it', () => {
    const imported = JSON.stringify(manifest.exports);
    const passing = filesBelow(join(root, 'dist')).filter(
      (file) =>
        /^\s*((export\{[^}]*\}from|import)"[^"]+";)+\s*$/.test(
          readFileSync(join(root, 'dist', file), 'utf8'),
        ) && !imported.includes(file),
    );
    expect(passing).toEqual([]);
  });

  test('has the descriptions of the options once', () => {
    const told = specs[0]?.options['--diff'] ?? expect.fail('install has no --diff');
    const files = filesBelow(join(root, 'dist')).filter((file) =>
      readFileSync(join(root, 'dist', file), 'utf8').includes(told),
    );
    expect(files).toEqual(['question.cjs']);
  });

  test('names no package that is not installed with it', () => {
    const named = filesBelow(join(root, 'dist')).flatMap((file) =>
      [
        ...readFileSync(join(root, 'dist', file), 'utf8').matchAll(
          /(?:from|import\(|require\()\s*["'`]([@a-z][^"'`]*)["'`]/g,
        ),
      ].map(([, name = '']) => name),
    );
    const packages = named
      .filter((name) => /^(@[\w-]+\/)?[\w-]+(\/|$)/.test(name) && !name.startsWith('node:'))
      .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0]);
    const installed = Object.keys(manifest.dependencies);
    expect(packages.filter((name) => !installed.includes(name ?? ''))).toEqual([]);
  });

  test('holds the small half of zod: classic zod would add 100 kB', () => {
    const classic = filesBelow(join(root, 'src')).filter((file) =>
      /^import \* as z from 'zod';/m.test(readFileSync(join(root, 'src', file), 'utf8')),
    );
    // Types the commands' results, and makes schemas/; no command loads it.
    expect(classic).toEqual(['commands/documents.ts']);
  });

  test('brings the licences of what is in it', () => {
    const licences = readFileSync(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
    expect(licences).toMatch(/^zod \d.*\(MIT\)[\s\S]*Colin McDonnell/m);
  });
});

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(path.length + 1), entry.name))
    .sort();
}
