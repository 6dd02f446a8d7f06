import { parseArgs } from 'node:util';
import { ConfigError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import type { CommandInput } from '../options/input.js';
import type { Command } from './command.js';
import { type OptionSpec, optionsOf } from './options.js';

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
  const [first, second] = argv;
  const args = first === 'help' ? [...(second ? [second] : []), '--help'] : [...argv];
  const { tokens } = parseArgs({ args, options: parserOptions(commands), ...LENIENT });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const flags = tokens.filter((token) => token.kind === 'option');
  const [name, ...rest] = words;
  const command = commands.find((candidate) => candidate.name === name);
  // An option that lacks its value takes the next one for it: what that one says still counts.
  const has = (option: string) =>
    flags.some((flag) => flag.name === option || flag.value === `--${option}`);
  const unknown = unknownCommand(name, commands);
  const line = {
    command,
    input: { arguments: rest, options: valuesOf(flags, optionsOf(command)) },
    json: has('json') || flags.some((flag) => flag.name === 'format' && flag.value === 'json'),
    verbose: has('verbose'),
    problem: undefined,
  };
  if (has('help') && !unknown) {
    return { ...line, asks: 'help' };
  }
  if ((has('version') || has('v')) && name === undefined) {
    return { ...line, asks: 'version' };
  }
  const problem =
    unknown ??
    flags.map((flag) => flagProblem(flag, command)).find((found) => found !== undefined) ??
    argumentProblem(rest, command);
  return { ...line, asks: name === undefined ? 'nothing' : 'run', problem };
}

/** An option as it stands on the command line. */
interface Flag {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

const LENIENT = { strict: false, allowPositionals: true, tokens: true } as const;

/** What the parser must know: which options take a value. An option's name means the same in every command. */
function parserOptions(commands: readonly Command[]) {
  const specs = commands.flatMap(optionsOf);
  return {
    ...Object.fromEntries(
      specs.map(({ name, takesValue }) => [
        name,
        { type: takesValue ? 'string' : 'boolean' } as const,
      ]),
    ),
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'V' },
  } as const;
}

function valuesOf(flags: readonly Flag[], specs: readonly OptionSpec[]): CommandInput['options'] {
  const options: Record<string, string | boolean | readonly string[]> = {};
  for (const { name, value } of flags) {
    const key = name.replace(/^no-/, '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const before = options[key];
    const isList = specs.some((spec) => spec.name === name && spec.repeats);
    if (isList) {
      options[key] = [...(Array.isArray(before) ? before : []), value ?? ''];
    } else {
      options[key] = value ?? !name.startsWith('no-');
    }
  }
  return options;
}

function unknownCommand(
  name: string | undefined,
  commands: readonly Command[],
): ConfigError | undefined {
  if (name === undefined || commands.some((command) => command.name === name)) {
    return undefined;
  }
  const names = commands.map((command) => command.name);
  // What follows an equals sign may be a secret.
  const [shown = ''] = name.split('=');
  return usage(`There is no command "${shown}".`, undefined, didYouMean(shown, names));
}

function flagProblem(flag: Flag, command: Command | undefined): ConfigError | undefined {
  const { name, rawName, value, inlineValue } = flag;
  const specs = optionsOf(command);
  const spec = specs.find((candidate) => candidate.name === name);
  if (name === 'env-file') {
    const message = 'Node itself reads --env-file, so it is not an option of this program.';
    return usage(message, command, 'Name the file with --dotenv.');
  }
  if (!spec) {
    const names = specs.map((candidate) => `--${candidate.name}`);
    const message = `There is no option ${rawName}${command ? ` for ${command.name}` : ''}.`;
    return usage(message, command, didYouMean(rawName, names));
  }
  if (!spec.takesValue) {
    return value === undefined ? undefined : usage(`${rawName} takes no value.`, command);
  }
  const isMissing = value === undefined || (!inlineValue && value.startsWith('--'));
  return isMissing ? usage(`${rawName} needs a value: ${spec.term}.`, command) : undefined;
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
