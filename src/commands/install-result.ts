import { ExitCode } from '../core/exit-codes.js';
import { changeDocument, isDrift } from '../install/change.js';
import { changesOf, type Plan } from '../install/plan.js';
import { changeLines } from '../install/table.js';
import type { CommandResult } from './command.js';

/** What an installation came to. */
interface Outcome {
  readonly plan: Plan;
  /** True where the Hub shows all of it, null where it can't be asked, or was not. */
  readonly verified: true | null;
  /** Fortnox is connected already, as far as is known. */
  readonly isConnected: boolean;
}

/** What it took. */
interface Counts {
  readonly requests: number;
  readonly durationMs: number;
}

/** @returns the result of a run that wrote what there was to write */
export function installedResult(
  { plan, verified, isConnected }: Outcome,
  counts: Counts,
): CommandResult<'install'> {
  const changes = changesOf(plan);
  const written = changes.filter(({ action }) => action !== 'unchanged').length;
  const compared = verified ? ', read back and compared' : '';
  const lines = [
    ...changeLines(changes),
    written > 0
      ? `Installed: ${written} written${compared}.`
      : 'Installed as shipped. Nothing was written.',
  ];
  if (!verified) {
    lines.push('Not all of it could be compared: this Hub does not show everything.');
  }
  const next = isConnected
    ? (['fortnox-blueprint status', 'tells how the connection is'] as const)
    : (['fortnox-blueprint activate', 'connects a company in Fortnox'] as const);
  return {
    exitCode: ExitCode.done,
    json: {
      dryRun: false,
      changes: changes.map(changeDocument),
      verified,
      ...counts,
      next: [next[0]],
    },
    lines: [...lines, '', `Next: ${next[0]} ${next[1]}.`],
  };
}

/** @returns the result of a run that only looked; `tellsDrift` makes a difference exit code 8 */
export function dryRunResult(
  { plan }: Outcome,
  tellsDrift: boolean,
  counts: Counts,
): CommandResult<'install'> {
  const changes = changesOf(plan);
  const drifts = changes.filter(isDrift).length;
  const next = drifts > 0 ? ['fortnox-blueprint install'] : [];
  return {
    exitCode: tellsDrift && drifts > 0 ? ExitCode.attention : ExitCode.done,
    json: { dryRun: true, changes: changes.map(changeDocument), verified: null, ...counts, next },
    lines: [
      ...changeLines(changes),
      drifts > 0 ? `${drifts} would change. Nothing was written.` : 'Nothing would change.',
      ...next.flatMap((command) => ['', `Next: ${command} makes these changes.`]),
    ],
  };
}
