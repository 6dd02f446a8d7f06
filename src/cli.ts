#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from './context.js';
import { BlueprintError, InterruptedError, PartialError } from './errors.js';
import { ExitCode } from './exit-codes.js';
import { type Asked, parseCommandLine } from './program.js';
import { Output } from './ui/output.js';

const packageRoot = join(import.meta.dirname, '..');

/** Runs a command line. @returns the exit code; this file alone sets it */
async function main(argv: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  process.on('SIGINT', () => {
    // What does not heed the signal is ended all the same.
    if (interruption.signal.aborted) process.exit(ExitCode.interrupted);
    interruption.abort();
    setTimeout(() => process.exit(ExitCode.interrupted), 2000).unref();
  });
  const output = outputFor(argv);
  let name = 'fortnox-blueprint';
  try {
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    const asked: Asked = parseCommandLine(argv, version, process.stdout.columns ?? 80);
    if ('printed' in asked) {
      process.stdout.write(asked.printed.endsWith('\n') ? asked.printed : `${asked.printed}\n`);
      return ExitCode.done;
    }
    name = asked.command.name;
    const context: Context = {
      env: process.env,
      cwd: process.cwd(),
      now: Date.now,
      stdin: process.stdin,
      output,
      packageRoot,
      version,
      signal: interruption.signal,
    };
    const { run } = await asked.command.load();
    const { exitCode, json, lines } = await run(asked.input, context);
    output.result(lines, {
      command: name,
      ok: exitCode === ExitCode.done,
      warnings: output.warnings,
      ...json,
    });
    return exitCode;
  } catch (error) {
    const thrown = interruption.signal.aborted ? new InterruptedError() : error;
    return fail(output, name, thrown, error);
  }
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
    color: !isDumb && (process.stderr.isTTY === true || (FORCE_COLOR !== undefined && FORCE_COLOR !== '0')),
  });
}

function fail(output: Output, command: string, error: unknown, original: unknown): number {
  const known = error instanceof BlueprintError ? error : bug(error);
  const { code, message, hint, exitCode } = known;
  const partial = known instanceof PartialError ? known : undefined;
  if (partial && !output.isJson) for (const line of partial.lines) output.note(line);
  output.failure(message, hint, {
    command,
    ok: false,
    warnings: output.warnings,
    ...partial?.document,
    error: { code, message: output.safe(message), hint: output.safe(hint), exitCode },
  });
  for (let cause = original; cause instanceof Error; cause = cause.cause) {
    output.detail(cause.stack ?? cause.message);
  }
  return exitCode;
}

function bug(error: unknown): BlueprintError {
  const message = error instanceof Error ? error.message : String(error);
  return new BlueprintError('bug', `This is a bug in fortnox-blueprint: ${message}`, ExitCode.bug, {
    hint: 'Run it again with --verbose, and send what it prints to support@onify.co.',
    cause: error,
  });
}

process.exitCode = await main(process.argv.slice(2));
