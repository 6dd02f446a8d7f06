import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { renameOver } from './rename.js';

/** Readable by all: the Hub runs as another user. Set after the fact, as a umask takes rights away. */
const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

// A link in the place of a new file is not followed, wherever it leads.
const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;

/** How often a file is written whose unfinished copy another run takes for a leftover. */
const ATTEMPTS = 5;

/** As `temporaryName` makes them. */
const LEFTOVER = /^\..+\.[0-9a-f]{12}\.new$/;

/**
 * Writes a file beside its place, flushes it to the disk and renames it.
 *
 * @throws the system's error where that fails; nothing is left beside it then
 */
export function replaceFile(target: string, content: Buffer): void {
  for (let attempt = 1; ; attempt += 1) {
    const beside = join(dirname(target), temporaryName(target));
    try {
      makeFolder(dirname(target));
      writeFlushed(beside, content);
      renameOver(beside, target);
      flushFolder(dirname(target));
      return;
    } catch (error) {
      discard(beside);
      // Another run that began meanwhile cleared it away, as if it were left by one that is dead.
      const isCleared = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isCleared || attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}

/** @returns a name for the unfinished copy of a file: hidden, and no other run's */
export function temporaryName(path: string): string {
  return `.${basename(path)}.${randomBytes(6).toString('hex')}.new`;
}

/** @returns the unfinished copies in a folder, with their full paths; none where there is no such folder */
export function leftoversIn(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => LEFTOVER.test(name))
    .map((name) => join(folder, name));
}

/** @returns the names in a folder; none where there is no such folder */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes a file, where that can be done. */
export function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It was never made: the failure that led here says why.
  }
}

function writeFlushed(file: string, content: Buffer): void {
  const descriptor = openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, FILE_MODE);
  try {
    writeFileSync(descriptor, content);
    fchmodSync(descriptor, FILE_MODE);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

// A rename is on the disk when its folder is. Not every system lets a folder be opened for that.
function flushFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The file is in its place all the same.
  }
}

function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) {
    return;
  }
  for (let made = folder; made.length >= first.length; made = dirname(made)) {
    chmodSync(made, FOLDER_MODE);
  }
}
