import type { CommandInput } from '../options/input.js';
import type { CommandSpec } from './command.js';

/** What stands on a command line. */
export interface Words {
  readonly words: readonly string[];
  /** By name in camel case; true where an option that takes a value has none. */
  readonly flags: CommandInput['options'];
  /** The first option that no command has. */
  readonly unknown: string | undefined;
}

const QUESTIONS: ReadonlyMap<string, string> = new Map([
  ['-h', 'help'],
  ['--help', 'help'],
  ['-v', 'v'],
  ['-V', 'version'],
  ['--version', 'version'],
]);

/** Whether a line asks for help or the version, and for nothing else. */
export function isQuestion(args: readonly string[]): boolean {
  const before = args.slice(0, -1);
  const isAsking = args.length === 0 || QUESTIONS.has(args.at(-1) ?? '');
  return isAsking && before.length < 2 && before.every((word) => /^\w+$/.test(word));
}

/** @returns the words of such a line */
export function plain(args: readonly string[]): Words {
  const asked = args.flatMap((word) => QUESTIONS.get(word) ?? []);
  return {
    words: args.filter((word) => !QUESTIONS.has(word)),
    flags: Object.fromEntries(asked.map((name) => [name, true])),
    unknown: undefined,
  };
}

/** A line that asks for help or the version, of commands that there are. */
export type Question =
  | { readonly asks: 'version' }
  | { readonly asks: 'help'; readonly command: CommandSpec | undefined };

/**
 * @param argv what follows the program's name
 * @returns what it asks; undefined where it asks nothing, or not so plainly that it takes no parser to tell
 */
export function questionIn(
  argv: readonly string[],
  specs: readonly CommandSpec[],
): Question | undefined {
  const args = withHelp(argv);
  if (args.length === 0 || !isQuestion(args)) {
    return undefined;
  }
  const {
    words: [name],
    flags,
  } = plain(args);
  const command = specs.find((spec) => spec.name === name);
  if (name !== undefined && command === undefined) {
    return undefined;
  }
  if (flags.help === true) {
    return { asks: 'help', command };
  }
  return name === undefined ? { asks: 'version' } : undefined;
}

/** @returns a line in which `help install` is `install --help` */
export function withHelp(argv: readonly string[]): readonly string[] {
  const [first, second] = argv;
  return first === 'help' ? [...(second ? [second] : []), '--help'] : argv;
}
