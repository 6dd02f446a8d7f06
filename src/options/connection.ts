import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';
import { reasonOf } from '../core/reason.js';
import { apiUrlOf, appUrlOf } from './address.js';
import { type Found, type Lookup, lookup } from './dotenv.js';
import { type CommandInput, checkStdin, textOption } from './input.js';
import { seconds } from './seconds.js';
import { checkSecret, readSecretFile } from './secrets.js';

/** How the Hub is reached. */
export interface Connection {
  /** Ends in `/api/v2`, without a slash behind it. */
  readonly apiUrl: string;
  /** The whole value of the authorization header. */
  readonly token: string;
  /** The web app, without a slash at its end. */
  readonly appUrl: string | undefined;
  /** PEM, to be trusted besides the usual certificates. */
  readonly ca: string | undefined;
  readonly insecure: boolean;
  /** For each request. */
  readonly timeoutMs: number;
}

const TOKEN = { what: 'The token', flag: '--token-file', variable: 'ONIFY_API_TOKEN' };

/** @returns the look-up of flags, environment and `.env` for a command */
export function configLookup(input: CommandInput, context: Context): Lookup {
  const files = ['tokenFile', 'clientSecretFile'].map((name) => textOption(input, name));
  const { ONIFY_API_TOKEN, FORTNOX_APP_CLIENTSECRET } = context.env;
  const hasSecret = [...files, ONIFY_API_TOKEN, FORTNOX_APP_CLIENTSECRET].some(Boolean);
  return lookup(context, textOption(input, 'dotenv'), hasSecret);
}

/**
 * Puts together how the Hub is reached.
 *
 * @throws ConfigError when something is missing or malformed; it names the flag and the variable
 */
export async function connectionOf(
  input: CommandInput,
  context: Context,
  find: Lookup,
): Promise<Connection> {
  checkStdin(input);
  const api = find('ONIFY_API_URL', textOption(input, 'apiUrl'));
  if (!api) {
    throw new ConfigError(
      'api_url_missing',
      'The address of the Hub is missing.',
      'Give it with --api-url or in ONIFY_API_URL, such as https://hub.example.com:8181.',
    );
  }
  const apiUrl = apiUrlOf(api.value);
  const token = await tokenOf(input, context, find);
  const appUrl = find('ONIFY_APP_URL', textOption(input, 'appUrl'));
  const caFile = find('ONIFY_CA_FILE', textOption(input, 'caFile'));
  const insecure = input.options.insecure === true || isInsecure(context);
  if (insecure) {
    context.output.warn(
      'Certificates are not checked (--insecure). Anyone on the way can read the token.',
    );
  } else {
    checkEncrypted(apiUrl);
  }
  return {
    apiUrl,
    token: token.value,
    appUrl: appUrl && appUrlOf(appUrl.value),
    ca: caFile && readCa(context, caFile.value),
    insecure,
    timeoutMs: timeoutOf(find('ONIFY_TIMEOUT', textOption(input, 'timeout'))),
  };
}

function timeoutOf(timeout: Found = { value: '30', source: 'flag' }): number {
  return seconds(timeout.value, timeout.source === 'flag' ? '--timeout' : 'ONIFY_TIMEOUT') * 1000;
}

async function tokenOf(input: CommandInput, context: Context, find: Lookup): Promise<Found> {
  const file = textOption(input, 'tokenFile');
  const found: Found | undefined =
    file === undefined
      ? find(TOKEN.variable)
      : { value: await readSecretFile(context, TOKEN, file), source: 'flag' };
  if (!found) {
    throw new ConfigError(
      'token_missing',
      'The token for the Hub is missing.',
      "Put the whole value of the authorization header in ONIFY_API_TOKEN, or in a file named with --token-file; an app's token begins with the word Bearer and a space, a user's with eyJ.",
    );
  }
  const value = checkSecret(context, TOKEN, found.value);
  // What follows "Bearer " is the secret itself, and may turn up without it; so may what it is the base64 of.
  const bare = value.replace(/^\w+\s+/, '');
  context.output.secret(bare);
  const [, password] = /^[^:]+:(.+)$/.exec(Buffer.from(bare, 'base64').toString('utf8')) ?? [];
  if (password !== undefined) {
    context.output.secret(password);
  }
  return { ...found, value };
}

function isInsecure({ env }: Context): boolean {
  const value = (env.ONIFY_INSECURE ?? '').trim().toLowerCase();
  if (/^(|0|false|no)$/.test(value)) {
    return false;
  }
  if (/^(1|true|yes)$/.test(value)) {
    return true;
  }
  throw new ConfigError(
    'insecure_malformed',
    'ONIFY_INSECURE is neither yes nor no.',
    'Set it to 1 to leave certificates unchecked, or to 0.',
  );
}

function checkEncrypted(apiUrl: string): void {
  const { protocol, hostname, origin } = new URL(apiUrl);
  if (protocol === 'https:' || isLoopback(hostname)) {
    return;
  }
  throw new ConfigError(
    'api_url_not_encrypted',
    `The address ${origin} is plain http: anyone on the way could read the token.`,
    'Use an address that begins with https://, or --insecure where the network is safe.',
  );
}

function readCa(context: Context, file: string): string {
  const hint = 'Give a file with one or more certificates in PEM.';
  let text: string;
  try {
    text = readFileSync(resolve(context.cwd, file), 'utf8');
  } catch (error) {
    const message = `The file ${file} cannot be read: ${reasonOf(error)}.`;
    throw new ConfigError('ca_file_unreadable', message, hint, error);
  }
  try {
    new X509Certificate(text);
    return text;
  } catch (error) {
    const message = `The file ${file} holds no certificate that can be read.`;
    throw new ConfigError('ca_file_malformed', message, hint, error);
  }
}
