import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandLine, readCommandLine } from './commands/command-line.js';
import { helpText } from './commands/help.js';
import { commands } from './commands/index.js';
import type { Context } from './core/context.js';
import { BlueprintError, bug, ConfigError, InterruptedError } from './core/errors.js';
import { ExitCode } from './core/exit-codes.js';
import { Output } from './core/output.js';
import { secretsIn } from './core/redact.js';
import { lineWidth } from './core/text.js';

const NAME = 'fortnox-blueprint';
const packageRoot = join(import.meta.dirname, '..');

/** Variables that hold a secret. */
const SECRETS = ['ONIFY_API_TOKEN', 'FORTNOX_APP_CLIENTSECRET'];

/** Runs a command line. @returns the exit code; this file alone sets it */
async function main(argv: readonly string[]): Promise<number> {
  const signal = interruption();
  // Whoever reads along may stop reading, such as `head`.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => undefined);
  }
  const env = takeEnvironment();
  const line = readCommandLine(argv, commands);
  const output = outputFor(line);
  // Whether this command has a use for them or not: a Hub that has seen them may say them again.
  for (const name of SECRETS) {
    output.secret(env[name] ?? '');
  }
  // Before anything is said about the line: what stands in a wrong place may be a secret.
  for (const text of [...line.input.arguments, ...Object.values(line.input.options).flat()]) {
    for (const secret of typeof text === 'string' ? secretsIn(text) : []) {
      output.secret(secret);
    }
  }
  try {
    return line.asks === 'run' && !line.problem
      ? await runCommand(line, env, output, signal)
      : answer(line);
  } catch (error) {
    const isInterrupted = signal.aborted && !(error instanceof InterruptedError);
    const failure = isInterrupted ? new InterruptedError(reportOf(error)) : error;
    return fail(output, line.command?.name ?? NAME, failure);
  }
}

async function runCommand(
  { command, input }: CommandLine,
  env: Context['env'],
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  if (!command) {
    return ExitCode.usage;
  }
  const context: Context = {
    env,
    cwd: process.cwd(),
    now: Date.now,
    stdin: process.stdin,
    output,
    packageRoot,
    version: ownVersion(),
    signal,
  };
  if (command.name === 'validate') {
    compileLess();
  }
  const { run } = await command.load();
  const { exitCode, json, lines, isVerbatim, foreign } = await run(input, context, commands);
  const ok = exitCode === ExitCode.done;
  const document = { command: command.name, ok, warnings: output.warnings, ...json };
  if (foreign && !output.isJson) {
    output.foreign(foreign);
  } else {
    output.result(lines, document, isVerbatim);
  }
  return exitCode;
}

/** @returns the environment, of which the secrets are gone from what a browser or another child inherits */
function takeEnvironment(): Context['env'] {
  const env = { ...process.env };
  for (const name of SECRETS) {
    delete process.env[name];
  }
  return env;
}

/**
 * Most validations are over before code that V8 optimizes on the side is ready, and wait for it all the same: so only
 * what runs for longer is optimized. It takes less memory, too. In bytes of bytecode; the default is some 130,000.
 * Node 22 no longer has the flag.
 */
function compileLess(): void {
  if (process.version.startsWith('v20.')) {
    process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=1000000');
  }
}

/** Answers what no command is needed for. @throws ConfigError where the command line can't be understood */
function answer({ asks, command, json, problem }: CommandLine): number {
  if (problem) {
    throw problem;
  }
  if (asks === 'version') {
    process.stdout.write(`${ownVersion()}\n`);
    return ExitCode.done;
  }
  const isAsked = asks === 'help';
  if (!isAsked && json) {
    const hint = `Try ${NAME} install; "${NAME} --help" shows every command.`;
    throw new ConfigError('usage', 'The command is missing.', hint);
  }
  const stream = isAsked ? process.stdout : process.stderr;
  stream.write(helpText(command, commands, columnsOf(stream)));
  return isAsked ? ExitCode.done : ExitCode.usage;
}

/** @returns a signal that aborts at Ctrl-C; what does not heed it is ended all the same */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) {
      process.exit(ExitCode.interrupted);
    }
    controller.abort();
    setTimeout(() => process.exit(ExitCode.interrupted), 2000).unref();
  };
  // A pipeline that is cancelled and a terminal that is closed end the program as Ctrl-C does.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, interrupt);
  }
  return controller.signal;
}

function outputFor({ json, verbose }: CommandLine): Output {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isPlain = TERM === 'dumb' || (NO_COLOR !== undefined && NO_COLOR !== '');
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0';
  return new Output({
    stdout: process.stdout,
    stderr: process.stderr,
    json,
    verbose,
    color: !isPlain && (process.stderr.isTTY === true || isForced),
    columns: columnsOf(process.stderr.isTTY ? process.stderr : process.stdout),
  });
}

function columnsOf({ columns }: { readonly columns?: number }): number {
  return lineWidth(columns, process.env.COLUMNS);
}

function ownVersion(): string {
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

function reportOf(error: unknown): BlueprintError['report'] {
  return error instanceof BlueprintError ? error.report : undefined;
}

function fail(output: Output, command: string, error: unknown): number {
  const failure = error instanceof BlueprintError ? error : bug(error);
  const { code, message, hint, exitCode, report } = failure;
  if (report && !output.isJson) {
    for (const line of report.lines) {
      output.note(line);
    }
  }
  output.failure(message, hint, {
    command,
    ok: false,
    warnings: output.warnings,
    ...report?.document,
    error: { code, message, hint, exitCode },
  });
  for (
    let cause = error, depth = 0;
    cause instanceof Error && depth < 8;
    cause = cause.cause, depth += 1
  ) {
    output.detail(cause.stack ?? cause.message);
  }
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2));
if (process.exitCode === ExitCode.interrupted) {
  // What can't be given up, such as the look-up of a name, would hold the process up: what was said is all that counts.
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}
