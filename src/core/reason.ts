import { NotRegularError } from './regular-file.js';

/** @returns the system's code of an error, such as ENOENT */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
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
