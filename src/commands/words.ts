import { createRequire } from 'node:module';
import type { Command as Parser } from 'commander';
import type { CommandInput } from '../options/input.js';
import type { Command } from './command.js';
import { optionsOf } from './options.js';

/** What stands on a command line. */
interface Words {
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

/**
 * Parses a command line, with commander where there is anything to parse.
 *
 * @param args what follows the program's name
 * @param commands all that there are
 */
export function wordsOf(args: readonly string[], commands: readonly Command[]): Words {
  const isWords = args.every((word) => !word.startsWith('-'));
  return isWords || isQuestion(args) ? plain(args) : parsed(args, commands);
}

/** Whether a line asks so plainly that it needs no parser: loading one takes a fifth of the time of `--help`. */
function isQuestion(args: readonly string[]): boolean {
  const before = args.slice(0, -1);
  const isAsking = args.length === 0 || QUESTIONS.has(args.at(-1) ?? '');
  return isAsking && before.length < 2 && before.every((word) => /^\w+$/.test(word));
}

function plain(args: readonly string[]): Words {
  const asked = args.flatMap((word) => QUESTIONS.get(word) ?? []);
  return {
    words: args.filter((word) => !QUESTIONS.has(word)),
    flags: Object.fromEntries(asked.map((name) => [name, true])),
    unknown: undefined,
  };
}

/** Options may stand anywhere; what is unknown comes last, so that `--json` counts whatever else is wrong. */
function parsed(args: readonly string[], commands: readonly Command[]): Words {
  const parser = parserOf(commands);
  const { operands, unknown } = parser.parseOptions([...args]);
  const end = unknown.includes('--') ? unknown.indexOf('--') : unknown.length;
  const isFlag = (word: string, at: number) => at < end && /^-./.test(word);
  const words = unknown.filter((word, at) => at !== end && !isFlag(word, at));
  const isGiven = ([name]: readonly [string, unknown]) =>
    parser.getOptionValueSource(name) === 'cli';
  return {
    words: [...operands, ...words],
    flags: Object.fromEntries(Object.entries(parser.opts()).filter(isGiven)),
    unknown: unknown.find(isFlag),
  };
}

/** Every option of every command: a name means the same in all of them. */
function parserOf(commands: readonly Command[]): Parser {
  const { Command: Commander, Option } = createRequire(import.meta.url)(
    'commander',
  ) as typeof import('commander');
  const parser = new Commander().helpOption(false);
  const specs = new Map(commands.flatMap(optionsOf).map((spec) => [spec.name, spec]));
  for (const { name, takesValue, repeats } of specs.values()) {
    // Not `<value>`, as that would take the option behind it for one.
    const option = new Option(takesValue ? `--${name} [value]` : `--${name}`);
    parser.addOption(repeats ? option.argParser(collected) : option);
  }
  return parser.option('-h, --help').option('-V, --version').option('-v');
}

function collected(value: string, before: unknown): unknown {
  return before === true ? before : [...(Array.isArray(before) ? before : []), value];
}
