import { ExitCode } from './exit-codes.js';

/** What had been done before a failure, and what had not. */
export interface FailureReport {
  /** Fields of the command's JSON besides the error. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The same for a person. */
  readonly lines: readonly string[];
}

/** What belongs to a failure besides its sentence. */
export interface FailureDetails {
  /** What to do next, one sentence or two. */
  readonly hint: string;
  readonly cause?: unknown;
  readonly report?: FailureReport | undefined;
  /** The same might work a moment later; default false. */
  readonly mayPass?: boolean;
}

/**
 * A failure that a person can meet and act on: a stable code, a sentence, a next step. Anything else that is thrown
 * is a bug of this program. No secret is ever part of one.
 */
export class BlueprintError extends Error {
  readonly hint: string;
  readonly report: FailureReport | undefined;
  readonly mayPass: boolean;

  /**
   * @param code stable, in snake case; scripts may rely on it
   * @param message one sentence, for a person
   * @param exitCode what the program ends with
   */
  constructor(
    readonly code: string,
    message: string,
    readonly exitCode: ExitCode,
    details: FailureDetails,
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
    this.report = details.report;
    this.mayPass = details.mayPass === true;
  }
}

/** The command line, the environment or a file that they name is not as it should be; exit code 2. */
export class ConfigError extends BlueprintError {
  constructor(code: string, message: string, hint: string, cause?: unknown) {
    super(code, message, ExitCode.usage, { hint, cause });
  }
}

/** The Hub or Fortnox answered, but refused or made no sense; exit code 6. */
export class RefusedError extends BlueprintError {
  constructor(code: string, message: string, hint: string, cause?: unknown) {
    super(code, message, ExitCode.refused, { hint, cause });
  }
}

/** Something had been changed before it failed; exit code 7. */
export class PartialError extends BlueprintError {
  constructor(code: string, message: string, details: FailureDetails) {
    super(code, message, ExitCode.partial, details);
  }
}

/** The person stopped the program with Ctrl-C; exit code 130. */
export class InterruptedError extends BlueprintError {
  /** @param report what had been changed by then, where anything had @param hint what to do next */
  constructor(report?: FailureReport, hint = 'Run the command again when you are ready.') {
    super('interrupted', 'Interrupted.', ExitCode.interrupted, { hint, report });
  }
}

/**
 * Makes a failure out of something that nobody foresaw.
 *
 * @param thrown whatever was thrown
 * @returns a failure with the code `bug` and exit code 1, which says that it is one
 */
export function bug(thrown: unknown): BlueprintError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new BlueprintError('bug', `This is a bug in fortnox-blueprint: ${text}`, ExitCode.bug, {
    hint: 'Run it again with --verbose, and send what it prints to support@onify.co.',
    cause: thrown,
  });
}
