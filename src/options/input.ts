/** What was given on the command line; options by their name in camel case, `--no-x` as `x: false`. */
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
