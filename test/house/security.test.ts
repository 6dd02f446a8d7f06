import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');

test('every promise of SECURITY.md names a test that is there', () => {
  const rows = text.split('\n').filter((line) => /^\| ?.*\|$/.test(line));
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows.slice(2)) {
    const tests = [...row.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path = '']) => path);
    expect(tests.length, row).toBeGreaterThan(0);
    for (const path of tests) {
      expect(existsSync(join(root, path)), path).toBe(true);
    }
  }
});

// Node reads it itself, and runs what the file names: nobody is to be led to it.
test('no document for users names an option that Node takes for itself', () => {
  const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];
  const named = pages
    .filter((page) => page.endsWith('.md'))
    .filter((page) => /--env-file/.test(readFileSync(join(root, page), 'utf8')));
  expect(pages.length).toBeGreaterThan(10);
  expect(named).toEqual([]);
});
