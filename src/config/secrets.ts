import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../context.js';
import { ConfigError } from '../errors.js';

/** A secret that is asked for: what it is called, and how it may be given. */
export interface SecretName {
  /** As a sentence calls it, such as "The token". */
  readonly what: string;
  readonly flag: string;
  readonly variable: string;
}

/**
 * Reads a secret from a file or from stdin.
 *
 * @param file a path, or `-` for stdin
 * @throws ConfigError when it can't be read
 */
export async function readSecretFile(context: Context, name: SecretName, file: string): Promise<string> {
  if (file === '-') return readAll(context);
  const path = resolve(context.cwd, file);
  try {
    if ((statSync(path).mode & 0o044) !== 0) {
      context.output.warn(`${file} can be read by others on this computer; chmod 600 keeps it to you.`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    const hint = `Check the path given with ${name.flag}, or set ${name.variable} instead.`;
    throw new ConfigError('secret_file_unreadable', `The file ${file} cannot be read.`, hint, error);
  }
}

/**
 * Checks the shape of a secret, so that a slip is named here and not by a server far away, and registers it with
 * the output.
 *
 * @returns the secret without blanks or line breaks around it
 * @throws ConfigError that names the slip, never the value
 */
export function checkSecret(context: Context, name: SecretName, given: string): string {
  const secret = given.trim();
  if (secret !== '') context.output.secret(secret);
  const problem = problemOf(secret);
  if (problem === undefined) return secret;
  throw new ConfigError(
    'secret_malformed',
    `${name.what} ${problem}.`,
    `Give it with ${name.flag} or in ${name.variable}, exactly as you got it.`,
  );
}

function problemOf(secret: string): string | undefined {
  if (secret === '') return 'is empty';
  if (/[\r\n]/.test(secret)) return 'holds a line break';
  if (/^\$\{?\w+\}?$|\$\{\w+\}|^\$\(.*\)$|^%\w+%$/.test(secret))
    return 'is the name of a variable that was not filled in';
  if (/^(['"]).*\1$/.test(secret)) return 'stands in quotes';
  return /[^\x20-\x7e]/.test(secret) ? 'holds characters that no header can carry' : undefined;
}

async function readAll({ stdin, signal }: Context): Promise<string> {
  const chunks: Buffer[] = [];
  const stop = () => (stdin as NodeJS.ReadableStream & { destroy?: () => void }).destroy?.();
  signal.addEventListener('abort', stop);
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  signal.removeEventListener('abort', stop);
  return Buffer.concat(chunks).toString('utf8');
}
