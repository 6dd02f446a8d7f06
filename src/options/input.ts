import { ConfigError } from '../core/errors.js';

/** What stands on the command line; options by their name in camel case, `--no-x` as `x: false`. */
export interface CommandInput {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** @returns a text option, or undefined where it was not given */
export function textOption(input: CommandInput, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** @returns the values of an option that may be repeated */
export function listOption(input: CommandInput, name: string): readonly string[] {
  const value = input.options[name];
  return typeof value === 'object' ? value : [];
}

/** The options that `-` leads to stdin, with their flags. */
const FROM_STDIN = {
  tokenFile: '--token-file',
  clientSecretFile: '--client-secret-file',
  code: '--code',
} as const;

/** @throws ConfigError where two options are to be read from stdin, which can be read once only */
export function checkStdin(input: CommandInput): void {
  const flags = Object.entries(FROM_STDIN).flatMap(([name, flag]) =>
    textOption(input, name) === '-' ? [`${flag} -`] : [],
  );
  if (flags.length > 1) {
    throw new ConfigError(
      'stdin_used_twice',
      `Both ${flags.join(' and ')} read stdin.`,
      'Give the token in ONIFY_API_TOKEN or in a file.',
    );
  }
}
