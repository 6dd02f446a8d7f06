import type { Context } from '../core/context.js';
import type { ExitCode } from '../core/exit-codes.js';
import type { CommandInput } from '../options/input.js';

export { type CommandInput, textOption } from '../options/input.js';

/** An option as commander reads it: `--name VALUE` or `--name`. */
export interface OptionSpec {
  readonly flags: string;
  readonly description: string;
  /** May be given more than once; its value is a list. */
  readonly repeats?: boolean;
}

/** How a command ended; a failure is thrown instead. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  /** The JSON document, without `command`, `ok` and `warnings`. */
  readonly json: Record<string, unknown>;
  /** For a person, each line at most 80 columns where its content allows. */
  readonly lines: readonly string[];
}

/** What a command's module exports. */
export interface CommandModule {
  run(input: CommandInput, context: Context): Promise<CommandResult>;
}

/** A command as plain data; its module is loaded when it runs. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly string[];
  /** A positional argument, such as `[DIR]`. */
  readonly argument?: { readonly name: string; readonly description: string };
  readonly options: readonly OptionSpec[];
  /** Whether it talks to a Hub, and so takes the options for that. */
  readonly usesHub: boolean;
  readonly load: () => Promise<CommandModule>;
}
