import { PassThrough } from 'node:stream';
import type { CommandResult } from '../../src/commands/command.js';
import type { Context } from '../../src/core/context.js';
import { BlueprintError } from '../../src/core/errors.js';
import { Output } from '../../src/core/output.js';
import type { CommandInput } from '../../src/options/input.js';
import { said } from './said.js';

/** A context of its own for a test, and what was said in it. */
export interface TestContext extends Context {
  readonly stdin: PassThrough;
  stdout(): string;
  stderr(): string;
  /** @returns what is on stderr when a pattern first appears there, wherever its lines break */
  says(pattern: RegExp): Promise<string>;
  interrupt(): void;
}

/** What a context is made with. */
interface ContextOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly packageRoot?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
  /** Columns; makes stderr a terminal. */
  readonly terminal?: number;
}

/** How a command in this process ended. */
export interface CommandEnd {
  readonly exitCode: number;
  /** The JSON document, or what a failure adds to it. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  /** The failure, where there was one. */
  readonly error: BlueprintError | undefined;
}

/** Milliseconds; only what never comes is a failure. */
const SAYS_WITHIN = 30_000;

/** Makes a context with streams, an environment and a clock of its own. */
export function testContext(options: ContextOptions = {}): TestContext {
  const written = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  const stream = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
      for (const watch of watchers) {
        watch();
      }
    },
    ...(options.terminal !== undefined && { isTTY: true, columns: options.terminal }),
  });
  const interruption = new AbortController();
  const { json = false, verbose = false } = options;
  return {
    env: options.env ?? {},
    cwd: options.cwd ?? '/nowhere',
    now: Date.now,
    stdin: new PassThrough(),
    output: new Output({
      stdout: stream('stdout'),
      stderr: stream('stderr'),
      json,
      verbose,
      color: false,
    }),
    packageRoot: options.packageRoot ?? '/nowhere',
    version: '1.2.3',
    signal: interruption.signal,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    says: (pattern) => saying(pattern, () => written.stderr, watchers),
    interrupt: () => interruption.abort(),
  };
}

/** Runs a command in this process to its end; a failure that is foreseen is an end too. */
export async function runCommand(
  command: (input: CommandInput, context: Context) => Promise<CommandResult>,
  options: CommandInput['options'],
  context: Context,
): Promise<CommandEnd> {
  try {
    return { ...(await command({ arguments: [], options }, context)), error: undefined };
  } catch (error) {
    if (!(error instanceof BlueprintError)) {
      throw error;
    }
    const { exitCode, report } = error;
    return { exitCode, json: report?.document ?? {}, lines: report?.lines ?? [], error };
  }
}

function saying(pattern: RegExp, text: () => string, watchers: Set<() => void>): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`It never said ${pattern}, but: ${text()}`)),
      SAYS_WITHIN,
    );
    const watch = () => {
      if (pattern.test(said(text()))) {
        clearTimeout(timer);
        watchers.delete(watch);
        resolve(text());
      }
    };
    watchers.add(watch);
    watch();
  });
}
