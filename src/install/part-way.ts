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

/**
 * Tells a failure that stopped an installation part-way, whatever it was, from one that changed nothing.
 *
 * @param outcomes of all changes, as far as they had come
 * @param command to be run again
 * @returns a failure with the outcomes and exit code 7 (130 at Ctrl-C) when something had been changed; else what
 *   was thrown
 */
export function stoppedPartWay(
  thrown: unknown,
  outcomes: readonly Outcome[],
  command = 'install',
): unknown {
  const failure = thrown instanceof BlueprintError ? thrown : undefined;
  const tried = outcomes.filter(({ change }) => !change.isSettled);
  const count = (of: ChangeState) => tried.filter(({ state }) => state === of).length;
  if (count('done') === 0 && failure?.exitCode !== ExitCode.partial) {
    return thrown;
  }
  const report: FailureReport = {
    document: {
      changes: outcomes.map(outcomeDocument),
      verified: null,
      ...failure?.report?.document,
    },
    lines: [
      ...outcomeLines(outcomes),
      `${count('done')} done, ${count('failed')} failed, ${count('pending')} still to do.`,
    ],
  };
  if (failure instanceof InterruptedError) {
    const rest = `What is done stays done; run ${command} again, and it does the rest.`;
    return new InterruptedError(report, rest);
  }
  const { code, message, hint, exitCode } = failure ?? bug(thrown);
  const next = exitCode === ExitCode.partial ? hint : `${hint} Then run ${command} again.`;
  return new PartialError(code, message, { hint: next, cause: thrown, report });
}
