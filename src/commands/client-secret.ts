import { Writable } from 'node:stream';
import { ACCESS_TOKEN, CLIENT_SECRET } from '../blueprint/manifest.js';
import { type Context, canAsk } from '../core/context.js';
import { ConfigError, InterruptedError } from '../core/errors.js';
import { isMasked, type StoredSettings } from '../install/stored-settings.js';
import type { Lookup } from '../options/connection.js';
import { type CommandInput, textOption } from '../options/input.js';
import { checkSecret, readSecretFile } from '../options/secrets.js';
import { storedSecrets } from '../token/stored-token.js';

const SECRET = {
  what: 'The client secret',
  flag: '--client-secret-file',
  variable: 'FORTNOX_APP_CLIENTSECRET',
};

/**
 * Finds the client secret that was given, by file, stdin, environment or `.env`.
 *
 * @returns the secret, registered with the output; undefined where none was given
 * @throws ConfigError when it can't be read or has not the shape of one
 */
export async function givenSecret(
  input: CommandInput,
  context: Context,
  find: Lookup,
): Promise<string | undefined> {
  const file = textOption(input, 'clientSecretFile');
  if (file === '-' && textOption(input, 'tokenFile') === '-') {
    const message = 'The token and the client secret cannot both be read from stdin.';
    const hint = 'Give one of them by a file or in its environment variable.';
    throw new ConfigError('stdin_twice', message, hint);
  }
  const given =
    file === undefined ? find(SECRET.variable)?.value : await readSecretFile(context, SECRET, file);
  return given === undefined ? undefined : checkSecret(context, SECRET, given);
}

/** Registers what the Hub holds now: it is as secret as what replaces it. */
export function registerStored(stored: StoredSettings, { output }: Context): void {
  const secret = stored.get(CLIENT_SECRET)?.value;
  if (typeof secret === 'string' && !isMasked(secret)) {
    output.secret(secret);
  }
  for (const token of storedSecrets(stored.get(ACCESS_TOKEN)?.value)) {
    output.secret(token);
  }
}

/**
 * Asks for the client secret; what is typed is not shown.
 *
 * @returns the secret, registered with the output
 * @throws ConfigError where nobody can be asked or nothing is answered, InterruptedError at Ctrl-C
 */
export async function askSecret(context: Context): Promise<string> {
  const { stderr } = context.output;
  if (!canAsk(context) || !(stderr instanceof Writable)) {
    throw new ConfigError(
      'client_secret_missing',
      'The Hub needs the client secret of the Fortnox app, and holds none that can be used.',
      `Give it with ${SECRET.flag} or in ${SECRET.variable}; support@onify.co has it.`,
    );
  }
  const { password, isCancel } = await import('@clack/prompts');
  context.output.clear();
  const answer = await password({
    message: 'Client secret of the Fortnox app (from support@onify.co)',
    input: context.stdin as NodeJS.ReadStream,
    // On stderr: stdout belongs to the result.
    output: stderr,
    signal: context.signal,
  });
  if (isCancel(answer)) {
    throw new InterruptedError();
  }
  return checkSecret(context, SECRET, answer ?? '');
}
