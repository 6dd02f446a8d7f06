import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blueprintDigest, isCheckedAlready } from '../../src/blueprint/checked.js';
import { loadBlueprint } from '../../src/blueprint/load.js';
import { folder } from '../support/folder.js';

const ROOT = join(import.meta.dirname, '../..');

/** A copy of the blueprint, with a note of what was checked when it was built. */
function copy(): string {
  const path = folder();
  for (const part of ['flows', 'forms', 'resources', 'config.json']) {
    cpSync(join(ROOT, part), join(path, part), { recursive: true });
  }
  mkdirSync(join(path, 'dist'));
  writeFileSync(
    join(path, 'dist/checked.json'),
    JSON.stringify({ digest: blueprintDigest(loadBlueprint(path)) }),
  );
  return path;
}

test('a blueprint as it was built is checked already', () => {
  const path = copy();
  expect(isCheckedAlready(path, loadBlueprint(path))).toBe(true);
});

test.each<[string, (path: string) => void]>([
  [
    'a file is changed',
    (path) => writeFileSync(join(path, 'resources/scripts/fortnox/explain.js'), 'next();'),
  ],
  ['a file is missing', (path) => rmSync(join(path, 'resources/scripts/fortnox/explain.js'))],
  ['a file is added', (path) => writeFileSync(join(path, 'flows/x.bpmn'), '')],
  ['config.json is changed', (path) => writeFileSync(join(path, 'config.json'), '{}')],
  ['the note is missing', (path) => rmSync(join(path, 'dist/checked.json'))],
  ['the note is not valid JSON', (path) => writeFileSync(join(path, 'dist/checked.json'), '')],
])('it is not, where %s', (_case, change) => {
  const path = copy();
  change(path);
  expect(isCheckedAlready(path, loadBlueprint(path))).toBe(false);
});

test('what is shipped was checked when it was built', () => {
  const { digest } = JSON.parse(readFileSync(join(ROOT, 'dist/checked.json'), 'utf8'));
  expect(digest).toBe(blueprintDigest(loadBlueprint(ROOT)));
});
