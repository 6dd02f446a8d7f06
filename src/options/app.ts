import { type Context, canAsk } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import type { Lookup } from './dotenv.js';
import { type CommandInput, textOption } from './input.js';
import { prompted } from './prompt.js';
import { checkSecret, checkValue, problemOf, readSecretFile } from './secrets.js';

const CLIENT_ID = {
  what: 'The client id',
  flag: '--client-id',
  variable: 'FORTNOX_APP_CLIENTID',
};

const CLIENT_SECRET = {
  what: 'The client secret',
  flag: '--client-secret-file',
  variable: 'FORTNOX_APP_CLIENTSECRET',
};

/**
 * @param flag what the command line says
 * @returns the id of the app at Fortnox; undefined where none was given
 * @throws ConfigError when it has not the shape of one
 */
export function clientIdOf(find: Lookup, flag?: string): string | undefined {
  const found = find(CLIENT_ID.variable, flag);
  return found && checkValue(CLIENT_ID, found.value, 'client_id_malformed');
}

/**
 * Finds the client secret of the app at Fortnox, by file, stdin, environment or `.env`.
 *
 * @returns the secret, registered with the output; undefined where none was given
 * @throws ConfigError when it can't be read or has not the shape of one
 */
export async function clientSecretOf(
  input: CommandInput,
  context: Context,
  find: Lookup,
): Promise<string | undefined> {
  const file = textOption(input, 'clientSecretFile');
  const clientSecret =
    file === undefined
      ? find(CLIENT_SECRET.variable)?.value
      : await readSecretFile(context, CLIENT_SECRET, file);
  return clientSecret === undefined ? undefined : checkSecret(context, CLIENT_SECRET, clientSecret);
}

/**
 * Asks for the client secret; what is typed is not shown.
 *
 * @returns the secret, registered with the output
 * @throws ConfigError where nobody can be asked, InterruptedError at Ctrl-C and Ctrl-D
 */
export async function askClientSecret(context: Context): Promise<string> {
  if (!canAsk(context)) {
    throw new ConfigError(
      'client_secret_missing',
      'The Hub needs the client secret of the Fortnox app, and holds none that can be used.',
      `Give it with ${CLIENT_SECRET.flag} or in ${CLIENT_SECRET.variable}; support@onify.co has it.`,
    );
  }
  const answer = await prompted(context, ({ password }, asking) =>
    password({
      ...asking,
      message: 'Client secret of the Fortnox app (from support@onify.co)',
      validate: (typed = '') => {
        const problem = problemOf(typed.trim());
        return problem && `${CLIENT_SECRET.what} ${problem}. Type it again.`;
      },
    }),
  );
  return checkSecret(context, CLIENT_SECRET, answer ?? '');
}
