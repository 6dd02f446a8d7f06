import { NotRegularError } from '../core/regular-file.js';

/** @returns the system's code of an error, such as ENOENT */
export function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'it is mounted read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EISDIR: 'it is a folder',
  EFBIG: 'the disk is full',
};

/** @returns why a file could not be read or written, to stand in a sentence */
export function reasonOf(error: unknown): string {
  if (error instanceof NotRegularError) {
    return error.message;
  }
  return REASONS[codeOf(error)] ?? codeOf(error);
}
