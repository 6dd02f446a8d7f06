import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { TextDecoder } from 'node:util';
import { MAX_BYTES } from '../limits.js';
import { type Problem, problem } from '../text.js';

/** Why a file is not checked, by the rule that says so. */
export interface Unread extends Problem {
  readonly rule: 'file-size' | 'file-unreadable' | 'file-encoding' | 'file-outside' | 'file-slow';
}

/** @returns why a file is not checked */
export function unread(rule: Unread['rule'], file: string, message: string): Unread {
  return { ...problem({ file }, message), rule };
}

// What the Hub or a person reads as text; pictures, tables and fonts are copied as they are.
const TEXT = /\.(bpmn|pug|m?js|json|md|txt|ya?ml|sh|css|html?|vue|xml|svg|csv|ps1|py)$/i;

/**
 * Reads a file of the blueprint.
 *
 * @returns its text without a byte order mark, or why there is none; undefined where it is not a text
 */
export function readText(root: string, path: string): string | Unread | undefined {
  const read = readBytes(root, path);
  return typeof read !== 'string' && read.rule !== 'file-unreadable' && !TEXT.test(path)
    ? undefined
    : read;
}

function readBytes(root: string, path: string): string | Unread {
  let descriptor: number | undefined;
  try {
    // Should the file have become a pipe since it was listed, opening it must not wait for a writer.
    descriptor = openSync(join(root, path), constants.O_RDONLY | constants.O_NONBLOCK);
    const { size } = fstatSync(descriptor);
    if (size > MAX_BYTES) {
      return unread('file-size', path, tooLarge(size));
    }
    const bytes = Buffer.alloc(size);
    const count = readSync(descriptor, bytes, 0, size, 0);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, count));
    return text.includes('\0')
      ? unread('file-encoding', path, 'This is not a text file: it holds zero bytes.')
      : text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      ? unread('file-encoding', path, 'This is not UTF-8. Save it in that encoding.')
      : unread('file-unreadable', path, `This can't be read (${code}).`);
  } finally {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
  }
}

function tooLarge(bytes: number): string {
  return `This file has ${bytes} bytes. Files over ${MAX_BYTES} are not checked, so split it.`;
}
