import type { Command } from './command.js';
import { optionsOf } from './options.js';

/** What a value may be: one of some words, a file, a folder, or what only a person knows. */
export type Values = readonly string[] | 'file' | 'dir' | 'text';

/** An option as a shell completes it. */
export interface CompletableOption {
  /** With its hyphens. */
  readonly flag: string;
  readonly description: string;
  readonly repeats: boolean;
  /** Undefined where it takes no value. */
  readonly values: Values | undefined;
}

/** A command as a shell completes it. */
export interface Completable {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletableOption[];
  /** Of its argument, where it takes one. */
  readonly values: Values | undefined;
}

/** @returns what a shell can complete of a command */
export function completable({ name, summary, argument, ...command }: Command): Completable {
  const options = optionsOf({ name, summary, ...command }).map(
    ({ name: option, term, description, repeats }) => ({
      flag: `--${option}`,
      description,
      repeats,
      values: valuesOf(/<(.+)>/.exec(term)?.[1], description),
    }),
  );
  const values = argument && valuesOf(argument.name.slice(1, -1), argument.description);
  return { name, summary, options, values };
}

/** By the name of a value, such as `file`, or by the words that its description begins with: `pretty, json or github`. */
function valuesOf(name: string | undefined, description: string): Values | undefined {
  if (name === undefined || name === 'file' || name === 'dir') {
    return name;
  }
  const [list] = /\b(\w+, )+\w+ or \w+\b|\b(\w+, )*\w+ or \w+\b/.exec(description) ?? [];
  return ['format', 'part', 'shell'].includes(name) && list ? list.split(/, | or /) : 'text';
}
