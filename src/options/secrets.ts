import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { reasonOf } from '../core/reason.js';
import { stopAt } from '../core/sleep.js';

/** A value that is asked for: what it is called, and how it may be given. */
export interface ValueName {
  /** As a sentence calls it, such as "The token". */
  readonly what: string;
  /** Where there is one. */
  readonly flag?: string;
  readonly variable: string;
}

/**
 * Reads a secret from a file or from stdin.
 *
 * @param file a path, or `-` for stdin
 * @throws ConfigError when it can't be read
 */
export async function readSecretFile(
  context: Context,
  name: ValueName,
  file: string,
): Promise<string> {
  if (file === '-') {
    return readAll(context);
  }
  const path = resolve(context.cwd, file);
  try {
    // Windows keeps no such rights; there every file looks readable by all.
    if (process.platform !== 'win32' && (statSync(path).mode & 0o044) !== 0) {
      context.output.warn(
        `${file} can be read by others on this computer; chmod 600 keeps it to you.`,
      );
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    // What is no path may be the secret itself, so neither it nor the system's error, which repeats it, is shown.
    context.output.secret(file);
    throw new ConfigError(
      'secret_file_unreadable',
      `The file given with ${name.flag ?? name.variable} cannot be read: ${reasonOf(error)}.`,
      `It takes the path of a file that holds the secret, or -; or set ${name.variable} instead.`,
    );
  }
}

/**
 * Checks the shape of a secret, so that a slip is named here and not by a server far away, and registers it with
 * the output.
 *
 * @returns the secret without spaces or line breaks around it
 * @throws ConfigError that names the slip, never the value
 */
export function checkSecret(context: Context, name: ValueName, text: string): string {
  const secret = text.trim();
  if (secret !== '') {
    context.output.secret(secret);
  }
  return checkValue(name, secret, 'secret_malformed');
}

/**
 * Checks the shape of a value that someone else's system is to take as it is.
 *
 * @param code of the error
 * @returns the value without spaces or line breaks around it
 * @throws ConfigError that names the slip, never the value
 */
export function checkValue(name: ValueName, text: string, code: string): string {
  const value = text.trim();
  const problem = problemOf(value);
  if (problem === undefined) {
    return value;
  }
  const where = name.flag === undefined ? '' : `with ${name.flag} or `;
  const hint = `Give it ${where}in ${name.variable}, exactly as you got it.`;
  throw new ConfigError(code, `${name.what} ${problem}.`, hint);
}

/** ${VAR} anywhere; $VAR, $(VAR), ${{ VAR }} and %VAR% where they are all there is behind a scheme. */
const UNEXPANDED = /\$\{\{?.*?\}|^(\w+ +)?(\$\w+|\$\(.*\)|%\w+%)$/;

/** What pages and old instructions show in place of a secret. */
const MASK = /^(\w+ +)?([*•●∙·.…xX]{3,}|…+)$/;

/** @returns what is wrong with a secret, as the rest of a sentence; undefined where nothing is */
export function problemOf(secret: string): string | undefined {
  if (secret === '') {
    return 'is empty';
  }
  if (/[\r\n]/.test(secret)) {
    return 'holds a line break';
  }
  if (MASK.test(secret)) {
    return 'is a mask, not the value itself';
  }
  if (UNEXPANDED.test(secret)) {
    return 'is the name of a variable that was not filled in';
  }
  if (/^(['"]).*\1$/.test(secret)) {
    return 'stands in quotes';
  }
  return /[^\x20-\x7e]/.test(secret) ? 'holds a character that no header can carry' : undefined;
}

async function readAll({ stdin, signal }: Context): Promise<string> {
  const chunks: Buffer[] = [];
  const stop = () => (stdin as NodeJS.ReadableStream & { destroy?: () => void }).destroy?.();
  const release = stopAt(signal, stop);
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
  }
  release();
  return Buffer.concat(chunks).toString('utf8');
}
