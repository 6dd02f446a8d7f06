import { ExitCode } from './exit-codes.js';

/** What belongs to a failure besides its sentence. */
export interface FailureDetails {
  /** What to do next, one sentence or two. */
  readonly hint: string;
  readonly cause?: unknown;
}

/**
 * A failure that a person can meet and act on: a stable code, a sentence, a next step. Anything else that is thrown
 * is a bug of this program. No secret is ever part of one.
 */
export class BlueprintError extends Error {
  readonly hint: string;

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
  /** @param document what the command's JSON holds besides the error: what was done and what was not */
  constructor(
    code: string,
    message: string,
    details: FailureDetails,
    readonly document: Record<string, unknown>,
    readonly lines: readonly string[],
  ) {
    super(code, message, ExitCode.partial, details);
  }
}

/** The person stopped the program with Ctrl-C; exit code 130. */
export class InterruptedError extends BlueprintError {
  constructor() {
    super('interrupted', 'Interrupted.', ExitCode.interrupted, {
      hint: 'Run the command again; it takes up where it was.',
    });
  }
}
