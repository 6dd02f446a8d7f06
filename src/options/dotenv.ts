import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { reasonOf } from '../core/reason.js';

/** The names that a `.env` may set; what turns checks off or leads elsewhere is not among them. */
const ALLOWED = [
  'ONIFY_API_URL',
  'ONIFY_API_TOKEN',
  'ONIFY_APP_URL',
  'ONIFY_RESOURCES_DIR',
  'ONIFY_CA_FILE',
  'ONIFY_TIMEOUT',
  'FORTNOX_APP_CLIENTID',
  'FORTNOX_APP_CLIENTSECRET',
] as const;

/** The names that a `.env` may not set: they get a warning. */
const IGNORED = [
  'ONIFY_INSECURE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_TLS_REJECT_UNAUTHORIZED',
] as const;

/** A value and where it comes from. */
export interface Found {
  readonly value: string;
  readonly source: 'flag' | 'environment' | 'dotenv';
}

/** Looks up one variable; a flag's value, where there is one, wins. */
export type Lookup = (variable: string, flag?: string | undefined) => Found | undefined;

/** What decides where a request goes, or what is stored: with a secret from elsewhere it would draw that one away. */
const LEADING: Readonly<Record<string, string>> = {
  ONIFY_API_URL: 'The address of the Hub',
  ONIFY_API_TOKEN: 'The token',
  ONIFY_APP_URL: 'The address of the web app',
  ONIFY_CA_FILE: 'The CA file',
  FORTNOX_APP_CLIENTID: 'The client id',
  FORTNOX_APP_CLIENTSECRET: 'The client secret',
};

/**
 * Finds values by flag, environment and `.env`, in this order.
 *
 * @param context the environment and the folder that `.env` is looked for in
 * @param dotenv the file to read in place of `.env`; it must be there
 * @param hasSecret whether a flag or the environment gives a secret
 * @throws ConfigError when a named file can't be read; the look-up does when a `.env` that nobody named would decide
 *   where a secret from elsewhere goes
 */
export function lookup(context: Context, dotenv: string | undefined, hasSecret: boolean): Lookup {
  const fromFile = readDotenv(context, dotenv);
  return (name, flag) => {
    if (flag !== undefined) {
      return { value: flag, source: 'flag' };
    }
    const fromEnvironment = context.env[name];
    if (fromEnvironment !== undefined && fromEnvironment !== '') {
      return { value: fromEnvironment, source: 'environment' };
    }
    const value = fromFile[name];
    if (value === undefined || value === '') {
      return undefined;
    }
    if (hasSecret && dotenv === undefined && LEADING[name] !== undefined) {
      throw mixedSources(name, LEADING[name]);
    }
    return { value, source: 'dotenv' };
  };
}

function mixedSources(variable: string, what: string): ConfigError {
  return new ConfigError(
    'mixed_sources',
    `${what} (${variable}) comes from a .env file that nobody named, a secret from elsewhere.`,
    `If that file is yours, name it: --dotenv .env. If not, give ${variable} in the environment.`,
  );
}

function readDotenv(context: Context, named: string | undefined): Record<string, string> {
  const path = named === undefined ? join(context.cwd, '.env') : resolve(context.cwd, named);
  let values: Record<string, string>;
  try {
    const text = readFileSync(path);
    // Where there is no such file, nothing is loaded to read it.
    values = (createRequire(import.meta.url)('dotenv') as typeof import('dotenv')).parse(text);
  } catch (error) {
    if (named === undefined) {
      return {};
    }
    const hint =
      'Give the path of a file with lines such as ONIFY_API_URL=https://hub.example.com:8181.';
    const message = `The file ${named} cannot be read: ${reasonOf(error)}.`;
    throw new ConfigError('dotenv_unreadable', message, hint, error);
  }
  for (const name of IGNORED) {
    if (values[name] !== undefined || values[name.toLowerCase()] !== undefined) {
      context.output.warn(`${name} in ${named ?? '.env'} is ignored; set it in the environment.`);
    }
  }
  return Object.fromEntries(
    ALLOWED.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}
