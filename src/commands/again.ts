import type { CommandInput } from '../options/input.js';

/** Options of a run that only looks, and those of how it is shown: the run that does it goes without them. */
const LOOKING = ['dryRun', 'exitCode', 'diff', 'json', 'verbose'];

/** What a shell takes as it stands. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * Writes the command that does what a dry run has shown: the same line without the options that only look. A person
 * who copies it gets what they saw, and not what the plain command would do.
 *
 * @param name of the command
 * @param extra an option that the line needs besides, such as `--allow-downgrade`
 * @returns the command, quoted for a shell where a value needs it
 */
export function commandAfter(name: string, { options }: CommandInput, extra = ''): string {
  const words = Object.entries(options).flatMap(([key, value]) => wordsOf(key, value));
  const added = extra === '' || words.includes(extra) ? [] : [extra];
  return ['fortnox-blueprint', name, ...words, ...added].join(' ');
}

function wordsOf(key: string, value: CommandInput['options'][string]): string[] {
  const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === undefined || LOOKING.includes(key)) {
    return [];
  }
  if (typeof value === 'boolean') {
    return [value ? flag : flag.replace(/^--/, '--no-')];
  }
  return [value].flat().flatMap((one) => [flag, quoted(one)]);
}

function quoted(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
