import { ConfigError } from '../core/errors.js';
import { didYouMeanName } from '../core/suggest.js';
import type { CommandInput } from '../options/input.js';
import type { Command } from './command.js';
import { optionKey, optionsOf } from './options.js';
import { withHelp } from './question.js';
import { wordsOf } from './words.js';

/** A command line, read once; what can be understood of it is, whatever else is wrong. */
export interface CommandLine {
  readonly command: Command | undefined;
  readonly input: CommandInput;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly asks: 'help' | 'version' | 'run' | 'nothing';
  /** Why it can't be run. No value of an unknown option is repeated: it may be a secret. */
  readonly problem: ConfigError | undefined;
}

/**
 * Reads a command line.
 *
 * @param argv what follows the program's name; `help install` is `install --help`
 * @param commands all that there are
 */
export function readCommandLine(
  argv: readonly string[],
  commands: readonly Command[],
): CommandLine {
  const args = withHelp(argv);
  const { words, flags, unknown } = wordsOf(args, commands);
  const [name, ...rest] = words;
  const command = commands.find((candidate) => candidate.name === name);
  const noCommand = unknownCommand(name, commands);
  const line = {
    command,
    input: { arguments: rest, options: flags },
    json: flags.json === true || flags.format === 'json',
    verbose: flags.verbose === true,
    problem: undefined,
  };
  if (flags.help === true && !noCommand) {
    return { ...line, asks: 'help' };
  }
  if ((flags.version === true || flags.v === true) && name === undefined) {
    return { ...line, asks: 'version' };
  }
  // A word behind an unknown option may be its value, and a secret: the option is told of, not the word.
  const isBehind = unknown !== undefined && args.indexOf(unknown) < args.indexOf(name ?? '');
  const problem =
    (isBehind ? undefined : noCommand) ??
    unknownOption(unknown, command) ??
    optionProblem(flags, commands, command) ??
    argumentProblem(rest, command);
  return { ...line, asks: name === undefined ? 'nothing' : 'run', problem };
}

function unknownCommand(
  name: string | undefined,
  commands: readonly Command[],
): ConfigError | undefined {
  if (name === undefined || commands.some((command) => command.name === name)) {
    return undefined;
  }
  const names = commands.map((command) => command.name);
  const shown = shownName(name);
  const message = shown === '' ? 'There is no such command.' : `There is no command "${shown}".`;
  return usage(message, undefined, didYouMeanName(shown, names));
}

/** Why an option can't be taken that the parser gave back: no command has it, or it was given a value that it has no place for. */
function unknownOption(
  word: string | undefined,
  command: Command | undefined,
): ConfigError | undefined {
  if (word === undefined) {
    return undefined;
  }
  // Behind a single hyphen only one letter is a name, and the rest a value.
  const name = /^--/.test(word) ? `--${shownName(word.slice(2))}` : word.slice(0, 2);
  if (name === '--env-file') {
    const message = 'Node itself reads --env-file, so it is not an option of this program.';
    return usage(message, command, 'Name the file with --dotenv.');
  }
  if (optionsOf(command).some((option) => `--${option.name}` === name)) {
    return usage(`${name} takes no value.`, command);
  }
  return noOption(name, command);
}

function optionProblem(
  flags: CommandInput['options'],
  commands: readonly Command[],
  command: Command | undefined,
): ConfigError | undefined {
  const flagOf = (name: string) => flags[optionKey(name)];
  const own = optionsOf(command);
  const all = [...commands.flatMap(optionsOf).map(({ name }) => `--${name}`), '--version', '-v'];
  const foreign = all.find(
    (flag) =>
      flagOf(flag.replace(/^-+/, '')) !== undefined &&
      !own.some(({ name }) => `--${name}` === flag),
  );
  if (foreign !== undefined) {
    return noOption(foreign, command);
  }
  const empty = own.find(({ name, takesValue }) => takesValue && flagOf(name) === true);
  return empty && usage(`--${empty.name} needs a value: ${empty.term}.`, command);
}

function noOption(name: string, command: Command | undefined): ConfigError {
  const own = optionsOf(command).map((option) => `--${option.name}`);
  const of = command ? ` for ${command.name}` : '';
  const shown = name === '--' ? 'such option' : `option ${name}`;
  return usage(`There is no ${shown}${of}.`, command, didYouMeanName(name, own));
}

/** What may be repeated of a name that nobody knows: what is no name, or follows an equals sign, may be a secret. */
function shownName(text: string): string {
  const [name = ''] = text.split('=');
  return /^[\w-]{1,40}$/.test(name) ? name : '';
}

function argumentProblem(
  words: readonly string[],
  command: Command | undefined,
): ConfigError | undefined {
  const argument = command?.argument;
  if (words.length === 0 && argument?.name.startsWith('<')) {
    return usage(`${command?.name} needs to be told: ${argument.description}.`, command);
  }
  if (words.length <= (argument ? 1 : 0)) {
    return undefined;
  }
  const allowed = argument ? 'one argument at most' : 'no argument';
  return usage(`${command?.name} takes ${allowed}.`, command);
}

function usage(message: string, command: Command | undefined, meant = ''): ConfigError {
  const help = `fortnox-blueprint ${command ? `${command.name} ` : ''}--help`;
  return new ConfigError('usage', message, meant.trim() || `See "${help}" for what there is.`);
}
