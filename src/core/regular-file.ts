import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';

/** What is neither a file nor a folder, and has no content to read: a pipe would make its reader wait for ever. */
export class NotRegularError extends Error {
  /** @param kind what it is, such as "a pipe" */
  constructor(readonly kind: string) {
    super(`it is ${kind}`);
  }
}

// Not on every system; 0 changes nothing there.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Reads a file that someone else may have put there. A link in its place is not followed, and nothing is waited for.
 *
 * @param file the path, every link before its last part included
 * @throws NotRegularError where it is a pipe, a socket or a device; else the system's error
 */
export function readRegularFile(file: string): Buffer {
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const kind = specialKind(fstatSync(descriptor));
    if (kind) {
      throw new NotRegularError(kind);
    }
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** @returns what is there where it is neither a file nor a folder, such as "a pipe" */
export function specialKind(stats: Stats): string | undefined {
  if (stats.isFile() || stats.isDirectory()) {
    return undefined;
  }
  return stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
}
