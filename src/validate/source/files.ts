import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, join, sep } from 'node:path';
import { TextDecoder } from 'node:util';
import { DEEPEST, MOST_BYTES, MOST_FILES, MOST_FOLDERS } from '../limits.js';

/** Why a file is not checked. */
export interface FileProblem {
  readonly path: string;
  readonly rule: 'file-size' | 'file-unreadable' | 'file-encoding' | 'file-outside';
  readonly message: string;
}

/** The files of a blueprint's folder. */
export interface Listing {
  /** Paths below the folder, with slashes, in order. */
  readonly paths: readonly string[];
  readonly problems: readonly FileProblem[];
}

/** The path of a problem with the folder as a whole. */
export const WHOLE = '.';

/** Folders that the Hub's resources hold, and the folder that is copied there as it lies. */
export const FOLDERS: readonly string[] = ['flows', 'forms', 'scripts', 'resources', 'views'];

// At the top level these hold a project's own code, never a blueprint's.
const FOREIGN =
  /^(node_modules|dist|build|coverage|docs?|examples?|src|sandbox|tests?|specs?|tmp|bench|tools)$/i;
// Beside a blueprint's folders; lock files hold digests that look like secrets.
const BESIDE = /^(?!.*-lock\.json$).*\.(bpmn|pug|md|json|ya?ml|sh|txt)$/i;

/**
 * Lists the files of a blueprint. Links are followed to what lies in the folder only; nothing is opened.
 *
 * @param root the folder
 */
export function listFiles(root: string): Listing {
  const paths: string[] = [];
  const problems: FileProblem[] = [];
  const real = realpathSync(root);
  // The folders that a path leads through: one that comes again is a circle.
  const open = new Set([real]);
  let folders = 0;
  const visit = (folder: string) => {
    folders += 1;
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') {
        continue;
      }
      if (folder === '' && FOREIGN.test(entry.name)) {
        continue;
      }
      if (paths.length >= MOST_FILES || folders >= MOST_FOLDERS) {
        return;
      }
      try {
        look(path, entry.isSymbolicLink());
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const message =
          code === 'ELOOP' ? 'This link leads in a circle.' : `This can't be read (${code}).`;
        problems.push({ path, rule: 'file-unreadable', message });
      }
    }
  };
  const look = (path: string, isLink: boolean) => {
    const target = isLink ? realpathSync(join(root, path)) : join(real, path);
    if (isLink && !isWithin(real, target)) {
      const message =
        'This link leads out of the blueprint; a Hub would not get the file. Copy the file here.';
      problems.push({ path, rule: 'file-outside', message });
      return;
    }
    const stat = statSync(join(root, path));
    if (stat.isDirectory()) {
      if (isPart(`${path}.`) && /\.(bpmn|pug|js)$/i.test(path)) {
        problems.push({
          path,
          rule: 'file-unreadable',
          message: 'This is a folder with the name of a file.',
        });
      }
      const known = realpathSync(join(root, path));
      if (open.has(known) || open.size > DEEPEST) {
        return;
      }
      open.add(known);
      visit(path);
      open.delete(known);
    } else if (!stat.isFile()) {
      if (isPart(path)) {
        problems.push({ path, rule: 'file-unreadable', message: 'This is no ordinary file.' });
      }
    } else if (isPart(path)) {
      paths.push(path);
    }
  };
  visit('');
  if (paths.length >= MOST_FILES || folders >= MOST_FOLDERS) {
    const message = `There are more than ${MOST_FILES} files or ${MOST_FOLDERS} folders here; the rest is not checked.`;
    problems.push({ path: WHOLE, rule: 'file-size', message });
  }
  return { paths, problems };
}

/**
 * Reads a text file that was listed.
 *
 * @returns its text without a byte order mark, or why there is none
 */
export function readText(root: string, path: string): string | FileProblem {
  let descriptor: number | undefined;
  try {
    // Should the file have become a pipe since it was listed, opening it must not wait for a writer.
    descriptor = openSync(join(root, path), constants.O_RDONLY | constants.O_NONBLOCK);
    const { size } = fstatSync(descriptor);
    if (size > MOST_BYTES) {
      return tooLarge(path, size);
    }
    const bytes = Buffer.alloc(size);
    const count = readSync(descriptor, bytes, 0, size, 0);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, count));
    if (!text.includes('\0')) {
      return text;
    }
    return { path, rule: 'file-encoding', message: 'This is no text: it holds zero bytes.' };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return {
        path,
        rule: 'file-encoding',
        message: 'This is not UTF-8. Save it in that encoding.',
      };
    }
    return { path, rule: 'file-unreadable', message: `This can't be read (${code}).` };
  } finally {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
  }
}

function tooLarge(path: string, bytes: number): FileProblem {
  const megabytes = (count: number) => (count / 1024 / 1024).toFixed(1);
  const message = `This has ${megabytes(bytes)} MB. Files over ${megabytes(MOST_BYTES)} MB are not checked, so split it.`;
  return { path, rule: 'file-size', message };
}

function isPart(path: string): boolean {
  const [first = ''] = path.split('/');
  if (FOLDERS.includes(first)) {
    return true;
  }
  return path.includes('/') ? /\.(bpmn|pug)$/i.test(path) : BESIDE.test(basename(path));
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}
