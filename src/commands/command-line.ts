import { Command as Commander, CommanderError } from 'commander';
import { ConfigError } from '../core/errors.js';
import type { Command, CommandInput, OptionSpec } from './command.js';
import { commands, commonOptions, hubOptions } from './index.js';

/** What a command line asks for: a command and its input, or text that was printed already. */
export type Asked =
  | { readonly command: Command; readonly input: CommandInput }
  | { readonly printed: string };

const GUIDE = `
Exit codes: 0 done, 2 usage, 3 validation failed, 4 not authorised, 5 Hub not
reachable, 6 refused, 7 stopped part-way, 8 needs attention, 130 interrupted.
Settings come from flags, then the environment, then .env.`;

/** @returns the command that a command line begins with, understood or not */
export function nameOf([first]: readonly string[]): string | undefined {
  return commands.find(({ name }) => name === first)?.name;
}

/**
 * Reads a command line.
 *
 * @param argv what follows the program's name
 * @param version shown by `--version`
 * @param columns the width of the terminal
 * @throws ConfigError when it can't be understood; no value of an unknown option is repeated
 */
export function parseCommandLine(argv: readonly string[], version: string, columns: number): Asked {
  let asked: Asked | undefined;
  let printed = '';
  const write = (text: string) => {
    printed += text;
  };
  const quiet = <T extends Commander>(commander: T): T => {
    commander.exitOverride().configureOutput({
      writeOut: write,
      writeErr: () => undefined,
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(columns, 80),
    });
    return commander;
  };
  const program = quiet(new Commander('fortnox-blueprint'))
    .description('Puts the Fortnox blueprint into an Onify Hub and keeps Fortnox connected.')
    .version(version, '-V, --version')
    .helpCommand(false)
    .addHelpText('after', GUIDE);
  const named = nameOf(argv);
  // One that is named needs no other; without a name all of them belong to the help and the suggestions.
  for (const command of commands.filter(({ name }) => named === undefined || name === named)) {
    const sub = quiet(new Commander(command.name))
      .summary(command.summary)
      .description(command.description);
    if (command.argument) {
      sub.argument(command.argument.name, command.argument.description);
    }
    for (const option of [
      ...command.options,
      ...(command.usesHub ? hubOptions : []),
      ...commonOptions,
    ]) {
      addOption(sub, option);
    }
    sub.addHelpText(
      'after',
      `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`,
    );
    sub.action(() => {
      asked = { command, input: { arguments: sub.args, options: sub.opts() } };
    });
    program.addCommand(sub);
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    if (error.exitCode === 0) {
      return { printed };
    }
    if (error.code === 'commander.help') {
      return { printed: program.helpInformation() + GUIDE };
    }
    throw usageError(error, nameOf(argv));
  }
  return asked ?? { printed };
}

function addOption(commander: Commander, { flags, description, repeats }: OptionSpec): void {
  if (!repeats) {
    commander.option(flags, description);
  } else {
    commander.option(flags, description, (value: string, before: string[] = []) => [
      ...before,
      value,
    ]);
  }
}

function usageError(error: CommanderError, command: string | undefined): ConfigError {
  // Whatever was given to an option that does not exist may be a secret.
  const message = error.message
    .replace(/^error: /, '')
    .replace(/'(--?[\w-]*|\w+)=.*'/s, "'$1'")
    .replace(/'(-\w).*'/s, "'$1'")
    .trim();
  const [first = '', ...rest] = message.split('\n');
  const sentence = first.charAt(0).toUpperCase() + first.slice(1);
  const suggestion = rest
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/, '$1');
  const help = `fortnox-blueprint ${command === undefined ? '' : `${command} `}--help`;
  const hint = suggestion === '' ? `See "${help}" for what there is.` : suggestion;
  return new ConfigError('usage', sentence.endsWith('.') ? sentence : `${sentence}.`, hint);
}
