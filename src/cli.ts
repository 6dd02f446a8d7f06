#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandModule } from './commands/command.js';
import type { Context } from './core/context.js';
import { BlueprintError, bug, type FailureReport, InterruptedError } from './core/errors.js';
import { ExitCode } from './core/exit-codes.js';
import { Output } from './core/output.js';

const packageRoot = join(import.meta.dirname, '..');

/** Runs a command line. @returns the exit code; this file alone sets it */
async function main(argv: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => {
    // What does not heed the signal is ended all the same.
    if (interruption.signal.aborted) {
      process.exit(ExitCode.interrupted);
    }
    interruption.abort();
    setTimeout(() => process.exit(ExitCode.interrupted), 2000).unref();
  };
  // A pipeline that is cancelled and a terminal that is closed end the program as Ctrl-C does.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, interrupt);
  }
  // Whoever reads along may stop reading, such as `head`.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => undefined);
  }
  const output = outputFor(argv);
  let name = 'fortnox-blueprint';
  try {
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    if (['--version', '-V', '-v'].includes(argv[0] ?? '')) {
      process.stdout.write(`${version}\n`);
      return ExitCode.done;
    }
    if (argv[0] === 'validate' && process.version.startsWith('v20.')) {
      optimizeLess();
    }
    const command = loading(argv);
    const { nameOf, parseCommandLine } = await import('./commands/command-line.js');
    name = nameOf(argv) ?? name;
    const asked = parseCommandLine(argv, version, process.stdout.columns ?? 80);
    if ('printed' in asked) {
      process.stdout.write(asked.printed.endsWith('\n') ? asked.printed : `${asked.printed}\n`);
      return ExitCode.done;
    }
    const context: Context = {
      env: await environment(argv),
      cwd: process.cwd(),
      now: Date.now,
      stdin: process.stdin,
      output,
      packageRoot,
      version,
      signal: interruption.signal,
    };
    const { run } = (await command) ?? (await asked.command.load());
    const { exitCode, json, lines } = await run(asked.input, context);
    output.result(lines, {
      command: name,
      ok: exitCode === ExitCode.done,
      warnings: output.warnings,
      ...json,
    });
    return exitCode;
  } catch (error) {
    const isInterrupted = interruption.signal.aborted && !(error instanceof InterruptedError);
    return fail(output, name, isInterrupted ? new InterruptedError(reportOf(error)) : error);
  }
}

/**
 * Most runs of validate are over before what V8 optimizes on the side is ready, and wait for it all the same. The budget
 * is in bytes of bytecode, by default some 130,000; a larger one takes less memory, too. Node 22 no longer has the flag.
 */
function optimizeLess(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=1000000');
}

/** Begins to load a command while its command line is still being read, which takes as long. */
async function loading(argv: readonly string[]): Promise<CommandModule | undefined> {
  if (argv.includes('--help') || argv.includes('-h')) {
    return undefined;
  }
  const { commands } = await import('./commands/index.js');
  // What fails here fails again, and is told, when the command is loaded to be run.
  return commands
    .find(({ name }) => name === argv[0])
    ?.load()
    .catch(() => undefined);
}

function outputFor(argv: readonly string[]): Output {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const wantsJson =
    argv.includes('--json') ||
    argv.includes('--format=json') ||
    argv.some((word, at) => word === '--format' && argv[at + 1] === 'json');
  const isDumb = TERM === 'dumb' || (NO_COLOR !== undefined && NO_COLOR !== '');
  return new Output({
    stdout: process.stdout,
    stderr: process.stderr,
    json: wantsJson,
    verbose: argv.includes('--verbose'),
    color:
      !isDumb &&
      (process.stderr.isTTY === true || (FORCE_COLOR !== undefined && FORCE_COLOR !== '0')),
  });
}

async function environment(argv: readonly string[]): Promise<Context['env']> {
  if (!argv.some((word) => word.startsWith('--env-file'))) {
    return process.env;
  }
  const { withoutPreloaded } = await import('./options/preloaded.js');
  return withoutPreloaded(process.env, argv, process.cwd());
}

function reportOf(error: unknown): FailureReport | undefined {
  return error instanceof BlueprintError ? error.report : undefined;
}

function fail(output: Output, command: string, error: unknown): number {
  const { code, message, hint, exitCode, report } =
    error instanceof BlueprintError ? error : bug(error);
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

/** `help install` is what some programs call `install --help`. */
function withoutHelpCommand([first, ...rest]: readonly string[]): readonly string[] {
  if (first === 'help') {
    return [...rest.slice(0, 1), '--help'];
  }
  return first === undefined ? [] : [first, ...rest];
}

process.exitCode = await main(withoutHelpCommand(process.argv.slice(2)));
