import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';

const root = join(import.meta.dirname, '../..');
const RELEASED = '# Changelog\n\n## 1.0.0\n\nThe first.\n';
const OPEN = '# Changelog\n\n## Unreleased\n\n### Added\n- A thing.\n\n## 1.0.0\n\nThe first.\n';
const MOVED = OPEN.replace('## Unreleased\n', '## Unreleased\n\n## 1.1.0\n');

/** Runs the tool on a changelog. @returns its exit code, and the changelog after it */
function changelog(text: string, ...argv: string[]): [number | null, string] {
  const file = join(folder(), 'CHANGELOG.md');
  writeFileSync(file, text);
  const tool = join(root, 'tools/changelog.mjs');
  const { status } = spawnSync(process.execPath, [tool, '--file', file, ...argv]);
  return [status, readFileSync(file, 'utf8')];
}

test('npm version has what is unreleased moved below the new version', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(scripts.version).toMatch(/^node tools\/changelog\.mjs && git add CHANGELOG\.md$/);
  expect(changelog(OPEN, '--version', '1.1.0')).toEqual([0, MOVED]);
});

test.each([
  ['nothing is unreleased', RELEASED, '1.1.0'],
  ['the version is there already', OPEN, '1.0.0'],
])('where %s, it says so and changes nothing', (_name, text, version) => {
  expect(changelog(text, '--version', version)).toEqual([1, text]);
});

test.each<[string, string, string, number]>([
  ['was moved', MOVED, '1.1.0', 0],
  ['was not moved', OPEN, '1.1.0', 1],
  ['is unreleased although the version is there', OPEN, '1.0.0', 1],
  ['is of a version without Unreleased', RELEASED, '1.0.0', 0],
])('a release is checked: what changed %s', (_name, text, version, code) => {
  expect(changelog(text, '--check', '--version', version)).toEqual([code, text]);
});

test('the changelog of this repository is one that it can move', () => {
  const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const [code, moved] = changelog(text, '--version', '99.0.0');
  expect(code).toBe(0);
  expect(moved).toMatch(/^## Unreleased\n\n## 99\.0\.0\n\n### /m);
});
