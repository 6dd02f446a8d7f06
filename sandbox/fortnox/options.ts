import type { AuthorizeSwitch } from './authorize.js';
import { documentedModes, type FortnoxModes } from './modes.js';

/** The stand-in's options, for `parseArgs`. */
export const fortnoxOptions = {
  'fortnox-grace': { type: 'string', default: '0' },
  'fortnox-access-tokens': { type: 'string', default: documentedModes.accessTokens },
  'fortnox-expires-in': { type: 'string', default: documentedModes.expiresIn },
  'fortnox-authorize': { type: 'string', default: 'page' },
} as const;

/** What `--help` says of them. */
export const FORTNOX_HELP = `How Fortnox behaves where its documentation leaves it open, or may change:

  --fortnox-grace SECONDS     a refresh token still works so long after it was used (default 0)
  --fortnox-access-tokens HOW jwt (default) with the tenant id in it, or opaque
  --fortnox-expires-in HOW    how it comes: number (default), text, zero or missing
  --fortnox-authorize HOW     page (default), where a click decides; nothing, which leads back with neither code nor
                              error; or the error to lead back with, such as error_missing_license
`;

/**
 * Reads the stand-in's modes from the command line.
 *
 * @param values what `parseArgs` gave
 * @throws Error with a sentence when a value is not one of those that an option takes
 */
export function readFortnoxOptions(values: Readonly<Record<string, unknown>>): {
  modes: Partial<FortnoxModes>;
  authorize: AuthorizeSwitch;
} {
  const one = <Word extends string>(option: string, words: readonly Word[]): Word => {
    const word = words.find((each) => each === values[option]);
    if (word === undefined) {
      throw new Error(`--${option} takes ${words.join(' or ')}, not "${values[option]}".`);
    }
    return word;
  };
  const seconds = Number(values['fortnox-grace']);
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw new Error(`--fortnox-grace takes seconds, not "${values['fortnox-grace']}".`);
  }
  const answer = String(values['fortnox-authorize']);
  return {
    modes: {
      gracePeriod: seconds * 1000,
      accessTokens: one('fortnox-access-tokens', ['jwt', 'opaque']),
      expiresIn: one('fortnox-expires-in', ['number', 'text', 'zero', 'missing']),
    },
    authorize: answer === 'page' ? {} : { answer },
  };
}
