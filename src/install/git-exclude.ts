import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { replaceFile } from './files-write.js';

const HEX = '[0-9a-f]'.repeat(12);
const DIGIT = '[0-9]';
const STAMP = `${DIGIT.repeat(8)}T${DIGIT.repeat(6)}Z`;

/** Names of what this program puts beside the blueprint's files: unfinished files, and copies that it keeps. */
const NAMES = [`.*.${HEX}.new`, `*.bak-${STAMP}`];

const MARK = '# fortnox-blueprint: unfinished files and kept copies';

/**
 * Keeps what this program puts beside the blueprint's files out of Git, where the folder lies in a working tree: else a
 * pipeline that commits everything brings it into the Hub. The names go into `info/exclude`, which is this clone's own
 * and is never committed; no file of the working tree is touched.
 *
 * @param root the resources directory; where it is in no working tree, nothing happens
 */
export function excludeFromGit(root: string): void {
  change(root, (lines, own) => {
    const hasAll = own.every((line) => lines.includes(line));
    return hasAll ? lines : [...without(lines, own), ...own];
  });
}

/** Takes back what {@link excludeFromGit} did. */
export function includeInGit(root: string): void {
  change(root, without);
}

function change(root: string, edit: (lines: string[], own: string[]) => string[]): void {
  try {
    const tree = workingTreeOf(root);
    const exclude = tree && join(gitDirOf(tree), 'info', 'exclude');
    if (!exclude) {
      return;
    }
    const before = existsSync(exclude) ? readFileSync(exclude, 'utf8') : '';
    const place = relative(tree, root).split(sep).filter(Boolean).map(literal).join('/');
    const own = [MARK, ...NAMES.map((name) => `/${place === '' ? '' : `${place}/`}**/${name}`)];
    const lines = before.split('\n').filter((line, at, all) => line !== '' || at < all.length - 1);
    const after = edit(lines, own);
    if (after.join('\n') !== lines.join('\n')) {
      mkdirSync(dirname(exclude), { recursive: true });
      replaceFile(exclude, Buffer.from(after.map((line) => `${line}\n`).join('')));
    }
  } catch {
    // What stays visible to Git does no harm to the installation.
  }
}

function without(lines: string[], own: string[]): string[] {
  return lines.filter((line) => !own.includes(line));
}

/** @returns the folder that holds `.git`, at or above the resources directory */
function workingTreeOf(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      return folder;
    }
    if (dirname(folder) === folder) {
      return undefined;
    }
  }
}

// A linked working tree and a submodule have a file in place of the folder, which names it (gitrepository-layout(5)).
function gitDirOf(tree: string): string {
  const git = join(tree, '.git');
  if (statSync(git).isDirectory()) {
    return git;
  }
  const named = /^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8'))?.[1] ?? '';
  const dir = resolve(tree, named);
  const common = join(dir, 'commondir');
  return existsSync(common) ? resolve(dir, readFileSync(common, 'utf8').trim()) : dir;
}

function literal(name: string): string {
  return name.replace(/[\\*?[\]]/g, '\\$&');
}
