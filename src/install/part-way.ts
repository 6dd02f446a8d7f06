import {
  BlueprintError,
  bug,
  type FailureReport,
  InterruptedError,
  PartialError,
} from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { type ChangeState, type Outcome, outcomeDocument } from './change.js';
import { outcomeLines } from './table.js';

/** How a run is told that was stopped. */
interface Telling {
  /** What was done and what was not. */
  readonly lines: readonly string[];
  /** Something may have been changed that no outcome tells of. */
  readonly mayHaveChanged: boolean;
  /** What to do after Ctrl-C. */
  readonly rest: string;
  /** What to do once the failure is mended. */
  readonly again: string;
}

/**
 * Tells a failure that stopped a run part-way, whatever it was, from one that changed nothing.
 *
 * @param outcomes of all changes, as far as they had come
 * @param telling how it is told; default: as an installation
 * @returns a failure with the outcomes and exit code 7 (130 at Ctrl-C) when something had been changed; else what
 *   was thrown
 */
export function stoppedPartWay(
  thrown: unknown,
  outcomes: readonly Outcome[],
  telling: Telling = installation(outcomes),
): unknown {
  const failure = thrown instanceof BlueprintError ? thrown : undefined;
  const isInterrupted = failure instanceof InterruptedError;
  const isChanged =
    countOf(outcomes, 'done') > 0 ||
    failure?.exitCode === ExitCode.partial ||
    (isInterrupted && telling.mayHaveChanged);
  if (!isChanged) {
    return thrown;
  }
  const report: FailureReport = {
    document: {
      changes: outcomes.map(outcomeDocument),
      verified: null,
      ...failure?.report?.document,
    },
    lines: telling.lines,
  };
  if (isInterrupted) {
    return new InterruptedError(report, telling.rest);
  }
  const { code, message, hint, exitCode } = failure ?? bug(thrown);
  const next = exitCode === ExitCode.partial ? hint : `${hint} ${telling.again}`;
  return new PartialError(code, message, { hint: next, cause: thrown, report });
}

function installation(outcomes: readonly Outcome[]): Telling {
  const [done, failed, pending] = (['done', 'failed', 'pending'] as const).map((state) =>
    countOf(outcomes, state),
  );
  return {
    lines: [...outcomeLines(outcomes), `${done} done, ${failed} failed, ${pending} still to do.`],
    mayHaveChanged: false,
    rest: 'What is done stays done; run install again, and it does the rest.',
    again: 'Then run install again.',
  };
}

/** How many of the changes that were to be made have come to a state. */
function countOf(outcomes: readonly Outcome[], of: ChangeState): number {
  return outcomes.filter(({ change, state }) => !change.isSettled && state === of).length;
}
