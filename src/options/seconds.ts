import { ConfigError } from '../core/errors.js';

const MAX_SECONDS = 86_400;

/**
 * Reads a number of seconds, more than 0 and at most a day.
 *
 * @param name the flag or the variable that holds it
 * @throws ConfigError when it is none
 */
export function seconds(text: string, name: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number > 0 && number <= MAX_SECONDS) {
    return number;
  }
  throw new ConfigError(
    'seconds_malformed',
    // What stands there is not repeated: it may be a secret that went to the wrong place.
    `${name} takes a number of seconds, more than 0 and at most 86400 (a day).`,
    name.startsWith('--') ? `Try ${name} 30.` : `Try ${name}=30.`,
  );
}
