import { readFileSync } from 'node:fs';
import { modeValue, readProfile, wordOf } from './like.js';
import { HUB_MODES, type HubModes } from './modes.js';

/** What `parseArgs` gives. */
type Values = Readonly<Record<string, unknown>>;

const NAMES = Object.keys(HUB_MODES) as (keyof HubModes)[];

/** The Hub's options, for `parseArgs`: one for each mode, and the profile. */
export const hubOptions: Readonly<Record<string, { readonly type: 'string' }>> = {
  like: { type: 'string' },
  'rate-limit': { type: 'string' },
  ...Object.fromEntries(NAMES.map((name) => [optionOf(name), { type: 'string' }])),
};

/** What `--help` says of them. */
export const HUB_HELP = `How the Hub behaves where no public source says how a real one does, or where real ones differ:

  --like FILE                 as a profile says that fortnox-blueprint doctor --profile wrote
  --rate-limit N              takes N calls from outside in ten seconds, and answers 429 to the others
${NAMES.map(helpOf).join('\n')}
`;

/**
 * Reads the modes of the Hub from the command line; an option counts more than the profile.
 *
 * @param values what `parseArgs` gave
 * @throws Error with a sentence when a value is not one of those that an option takes, or the profile can't be read
 */
export function readHubOptions(values: Values): {
  modes: Partial<HubModes>;
  apiVersion?: string;
  rateLimit: number;
} {
  const like =
    typeof values.like === 'string'
      ? readProfile(readFileSync(values.like, 'utf8'))
      : { modes: {} };
  const chosen = NAMES.flatMap((name) => {
    const word = values[optionOf(name)];
    if (typeof word !== 'string') {
      return [];
    }
    const value = modeValue(name, word);
    if (value === undefined) {
      throw new Error(`--${optionOf(name)} takes ${wordsOf(name).join(' or ')}, not "${word}".`);
    }
    return [[name, value]];
  });
  const rateLimit = Number(values['rate-limit'] ?? 0);
  if (!Number.isSafeInteger(rateLimit) || rateLimit < 0) {
    throw new Error(`--rate-limit takes a whole number, not "${values['rate-limit']}".`);
  }
  return { ...like, modes: { ...like.modes, ...Object.fromEntries(chosen) }, rateLimit };
}

function optionOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function wordsOf(name: keyof HubModes): string[] {
  return HUB_MODES[name].values.map(wordOf);
}

function helpOf(name: keyof HubModes): string {
  const [usual, ...others] = wordsOf(name);
  const words = [`${usual} (default)`, ...others].join(' or ');
  return `  ${`--${optionOf(name)} HOW`.padEnd(27)} ${HUB_MODES[name].about}:\n${' '.repeat(30)}${words}`;
}
