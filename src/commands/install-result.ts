import { ExitCode } from '../core/exit-codes.js';
import type { Applied } from '../install/apply.js';
import { isDrift, outcomeDocument, outcomeOf } from '../install/change.js';
import { changesOf, type Plan } from '../install/plan.js';
import { outcomeLines } from '../install/table.js';
import type { CommandResult } from './command.js';

/** How a Hub is after an installation. */
interface Ending {
  /** The Hub shows all of it; false where it can't be asked for a part. */
  readonly isVerified: boolean;
  /** Fortnox is connected already, as far as is known. */
  readonly isConnected: boolean;
}

/** What it took. */
interface Costs {
  readonly requests: number;
  readonly durationMs: number;
}

/** @returns the result of a run that wrote what there was to write */
export function installedResult(
  { outcomes }: Applied,
  { isVerified, isConnected }: Ending,
  costs: Costs,
): CommandResult<'install'> {
  const written = outcomes.filter(({ change }) => change.action !== 'unchanged').length;
  const compared = isVerified ? ', read back and compared' : '';
  const [command, purpose] = isConnected
    ? ['fortnox-blueprint status', 'tells how the connection is']
    : ['fortnox-blueprint activate', 'connects a company in Fortnox'];
  return {
    exitCode: ExitCode.done,
    json: {
      dryRun: false,
      changes: outcomes.map(outcomeDocument),
      verified: isVerified || null,
      ...costs,
      next: [command],
    },
    lines: [
      ...outcomeLines(outcomes),
      written > 0
        ? `Installed: ${written} written${compared}.`
        : 'Installed as shipped. Nothing was written.',
      ...(isVerified
        ? []
        : ['Not all of it could be compared: this Hub does not show everything.']),
      '',
      `Next: ${command} ${purpose}.`,
    ],
  };
}

/** @returns the result of a run that only looked; `tellsDrift` makes a difference exit code 8 */
export function dryRunResult(
  plan: Plan,
  tellsDrift: boolean,
  costs: Costs,
): CommandResult<'install'> {
  const outcomes = changesOf(plan).map((change) => outcomeOf(change));
  const drifts = outcomes.filter(({ change }) => isDrift(change)).length;
  const next = drifts > 0 ? ['fortnox-blueprint install'] : [];
  return {
    exitCode: tellsDrift && drifts > 0 ? ExitCode.attention : ExitCode.done,
    json: {
      dryRun: true,
      changes: outcomes.map(outcomeDocument),
      verified: null,
      ...costs,
      next,
    },
    lines: [
      ...outcomeLines(outcomes),
      drifts > 0 ? `${drifts} would change. Nothing was written.` : 'Nothing would change.',
      ...next.flatMap((command) => ['', `Next: ${command} makes these changes.`]),
    ],
  };
}
