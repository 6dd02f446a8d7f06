import { existsSync, readFileSync } from 'node:fs';
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
