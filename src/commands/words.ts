import { createRequire } from 'node:module';
import type { Command as Parser } from 'commander';
import type { Command } from './command.js';
import { type OptionSpec, optionKey, optionsOf } from './options.js';
import { isQuestion, plain, type Words } from './question.js';

/**
 * Parses a command line: with commander, unless it is so plain that it needs no parser. To load one takes as long as most
 * of the rest of `--help`.
 *
 * @param args what follows the program's name
 * @param commands all that there are
 */
export function wordsOf(args: readonly string[], commands: readonly Command[]): Words {
  return isQuestion(args) ? plain(args) : (listed(args, commands) ?? parsed(args, commands));
}

/**
 * Reads a line of nothing but words and options that are known, each spelt out, and given once.
 *
 * @returns undefined where there is anything else in it
 * @internal exported for its tests: commander reads such a line alike
 */
export function listed(args: readonly string[], commands: readonly Command[]): Words | undefined {
  const specs = specsOf(commands);
  const words: string[] = [];
  const flags: Record<string, string | true> = {};
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (/^\w[\w-]*$/.test(arg)) {
      words.push(arg);
      continue;
    }
    const spec = specs.get(arg.slice(2));
    const key = spec && optionKey(spec.name);
    const isPlain = spec && arg === `--${spec.name}` && !spec.repeats && !/^no-/.test(spec.name);
    if (!isPlain || key === undefined || key in flags) {
      return undefined;
    }
    if (!spec.takesValue) {
      flags[key] = true;
      continue;
    }
    at += 1;
    const value = args[at] ?? '';
    if (!/^[^-]/.test(value)) {
      return undefined;
    }
    flags[key] = value;
  }
  return { words, flags, unknown: undefined };
}

/** Options may stand anywhere; what is unknown comes last, so that `--json` counts whatever else is wrong. @internal */
export function parsed(args: readonly string[], commands: readonly Command[]): Words {
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
  for (const { name, takesValue, repeats } of specsOf(commands).values()) {
    // Not `<value>`, as that would take the option behind it for one.
    const option = new Option(takesValue ? `--${name} [value]` : `--${name}`);
    parser.addOption(repeats ? option.argParser(collected) : option);
  }
  return parser.option('-h, --help').option('-V, --version').option('-v');
}

function specsOf(commands: readonly Command[]): ReadonlyMap<string, OptionSpec> {
  return new Map(commands.flatMap(optionsOf).map((spec) => [spec.name, spec]));
}

function collected(value: string, before: unknown): unknown {
  return before === true ? before : [...(Array.isArray(before) ? before : []), value];
}
