import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { excludeFromGit, includeInGit } from '../../src/install/git-exclude.js';
import { folder } from '../support/folder.js';
import { hub, install } from './run-install.js';

const git = (cwd: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...words], {
    cwd,
    encoding: 'utf8',
  });
const untracked = (cwd: string) =>
  git(cwd, 'status', '--porcelain', '--untracked-files=all').split('\n').filter(Boolean).sort();
const LEFT = [
  '.a.bpmn.0123456789ab.new',
  'a.bpmn.bak-20260101T000000Z',
  'deep/b.js.bak-20260101T000000Z',
];

function leave(dir: string): void {
  mkdirSync(join(dir, 'deep'), { recursive: true });
  for (const name of [...LEFT, 'own.bak', 'own.new']) {
    writeFileSync(join(dir, name), '');
  }
}

/** Working trees of each kind, with the folder for the resources in it. */
const TREES: [string, () => { tree: string; dir: string }][] = [
  [
    'at the top of a clone',
    () => {
      const tree = folder();
      git(tree, 'init', '-q');
      return { tree, dir: tree };
    },
  ],
  [
    'deep in a clone, under a name with marks',
    () => {
      const tree = folder();
      git(tree, 'init', '-q');
      return { tree, dir: join(tree, 'hub [1]/resources') };
    },
  ],
  [
    'in a linked working tree',
    () => {
      const first = folder();
      git(first, 'init', '-q');
      git(first, 'commit', '-q', '--allow-empty', '-m', 'first');
      const tree = join(folder(), 'linked');
      git(first, 'worktree', 'add', '-q', tree);
      return { tree, dir: join(tree, 'resources') };
    },
  ],
];

describe.each(TREES)('given a resources directory %s', (_name, make) => {
  test('unfinished files and kept copies are kept out of Git, and nothing else is', () => {
    const { tree, dir } = make();
    leave(dir);
    const all = untracked(tree);
    expect(all).toHaveLength(5);
    excludeFromGit(dir);
    excludeFromGit(dir);
    expect(untracked(tree).map((line) => line.replace(/^.*\/|^.* |"$/g, ''))).toEqual([
      'own.bak',
      'own.new',
    ]);
    includeInGit(dir);
    expect(untracked(tree)).toEqual(all);
  });
});

test('what was excluded before stays as it was', () => {
  const dir = folder();
  git(dir, 'init', '-q');
  const file = join(dir, '.git/info/exclude');
  writeFileSync(file, '# mine\n\n*.log\n');
  excludeFromGit(dir);
  expect(readFileSync(file, 'utf8')).toMatch(
    /^# mine\n\n\*\.log\n# fortnox-blueprint: .*\n\/\*\*\/.*\n\/\*\*\/.*\n$/,
  );
  includeInGit(dir);
  expect(readFileSync(file, 'utf8')).toBe('# mine\n\n*.log\n');
});

test.each([
  ['no Git', () => undefined],
  [
    'a .git that leads nowhere',
    (dir: string) => writeFileSync(join(dir, '.git'), 'gitdir: /dev/null/x\n'),
  ],
])('a folder with %s is left alone', (_name, prepare: (dir: string) => void) => {
  const dir = folder();
  prepare(dir);
  expect(() => excludeFromGit(dir)).not.toThrow();
});

test('an installation into a checkout leaves only what it ships for Git to see', async () => {
  const sandbox = await hub();
  const checkout = folder();
  git(checkout, 'init', '-q');
  const env = { ONIFY_RESOURCES_DIR: checkout };
  await install(sandbox, { env });
  writeFileSync(join(checkout, 'flows/fortnox-disconnect.bpmn'), 'edited');
  writeFileSync(join(checkout, 'flows/.x.bpmn.0123456789ab.new'), 'killed');
  const before = untracked(checkout);
  await install(sandbox, { env });
  expect(untracked(checkout)).toEqual(before);
  rmSync(join(checkout, '.git/info/exclude'));
  expect(untracked(checkout)).toHaveLength(before.length + 1);
});
