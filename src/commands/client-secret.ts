import { ACCESS_TOKEN, CLIENT_SECRET } from '../blueprint/settings.js';
import type { Lookup } from '../config/connection.js';
import { checkSecret, readSecretFile } from '../config/secrets.js';
import { type Context, canAsk } from '../context.js';
import { ConfigError } from '../errors.js';
import { storedSecrets } from '../fortnox/stored-token.js';
import { hasValue, type StoredSettings } from '../install/settings.js';
import { type CommandInput, textOption } from './command.js';

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
    const hint = 'Give one of them by a file or in its environment variable.';
    throw new ConfigError(
      'stdin_twice',
      'The token and the client secret cannot both be read from stdin.',
      hint,
    );
  }
  const given =
    file === undefined ? find(SECRET.variable)?.value : await readSecretFile(context, SECRET, file);
  return given === undefined ? undefined : checkSecret(context, SECRET, given);
}

/** What the Hub holds now is as secret as what replaces it. */
export function registerStored(stored: StoredSettings, { output }: Context): void {
  const secret = stored.get(CLIENT_SECRET)?.value;
  if (typeof secret === 'string') output.secret(secret);
  for (const token of storedSecrets(stored.get(ACCESS_TOKEN)?.value)) output.secret(token);
}

/**
 * Asks for the secret where the Hub has none and a person is there to ask.
 *
 * @returns the secret, or undefined where the Hub has one
 * @throws ConfigError when nobody can be asked, or nobody answers
 */
export async function missingSecret(
  stored: StoredSettings,
  isDryRun: boolean,
  context: Context,
): Promise<string | undefined> {
  if (isDryRun || hasValue(stored.get(CLIENT_SECRET))) return undefined;
  const hint = `Get it from support@onify.co, and give it with ${SECRET.flag} or in ${SECRET.variable}.`;
  if (!canAsk(context)) {
    throw new ConfigError('client_secret_missing', 'The Hub has no client secret for Fortnox yet.', hint);
  }
  const { password, isCancel } = await import('@clack/prompts');
  const answer = await password({ message: 'Client secret of the Fortnox app (from support@onify.co)' });
  if (isCancel(answer) || answer === undefined) {
    throw new ConfigError('client_secret_missing', 'No client secret was given.', hint);
  }
  return checkSecret(context, SECRET, answer);
}
