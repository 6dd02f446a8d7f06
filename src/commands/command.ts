import type { Context } from '../core/context.js';
import type { ExitCode } from '../core/exit-codes.js';
import type { CommandInput } from '../options/input.js';
import type { CommandName, Result } from './documents.js';

/** How a command ended; a failure is thrown instead. */
export interface CommandResult<Name extends CommandName = CommandName> {
  readonly exitCode: ExitCode;
  /** The JSON document, without what all of them hold. */
  readonly json: Result<Name>;
  /** For a person; the output breaks what is too long for a line. */
  readonly lines: readonly string[];
  /** The lines are for a program too, and stay as they are. */
  readonly isVerbatim?: boolean;
  /** A document in the format of another program, in place of the lines. */
  readonly foreign?: object | undefined;
}

/** What a command's module exports. */
interface CommandModule {
  /** @param commands all that there are */
  run(input: CommandInput, context: Context, commands: readonly Command[]): Promise<CommandResult>;
}

/** A command as plain data. */
export interface CommandSpec {
  readonly name: CommandName;
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly string[];
  /** A positional argument, such as `[dir]`, or `<dir>` where it must be given. */
  readonly argument?: { readonly name: string; readonly description: string };
  /** What each option is for, by its flags: `--name`, `--name <value>`; `...` where it may be repeated. */
  readonly options: Readonly<Record<string, string>>;
  /** Whether it talks to a Hub, and so takes the options for that. */
  readonly usesHub: boolean;
}

/** A command; its module is loaded when it runs. */
export interface Command extends CommandSpec {
  readonly load: () => Promise<CommandModule>;
}
