import { ExitCode } from '../core/exit-codes.js';
import type { Applied } from '../install/apply.js';
import { isDrift, type Outcome, outcomeDocument, outcomeOf } from '../install/change.js';
import { isDowngrade, versionLines } from '../install/downgrade.js';
import { changesOf, type Plan } from '../install/plan.js';
import { type Schedule, START_BY_HAND } from '../install/schedule.js';
import { outcomeLines } from '../install/table.js';
import { verdictLines } from '../install/verdict.js';
import type { CommandInput } from '../options/input.js';
import { commandAfter } from './again.js';
import type { CommandResult } from './command.js';

/** How a Hub is after an installation. */
interface Ending {
  /** The Hub shows all of it; false where it can't be asked for a part. */
  readonly isVerified: boolean;
  /** Fortnox is connected already, as far as is known. */
  readonly isConnected: boolean;
  /** No part was left out. */
  readonly hasAll: boolean;
  readonly schedule: Schedule;
}

/** A run of `install`, as far as its result tells of it. */
interface Run {
  readonly plan: Plan;
  /** Lines of a unified diff; undefined where nobody asked for it. */
  readonly diff: readonly string[] | undefined;
  /** What it took so far. */
  readonly costs: () => { readonly requests: number; readonly durationMs: number };
}

const SCHEDULE_LINES: Readonly<Record<Schedule, readonly string[]>> = {
  started: ['The daily refresh is started.'],
  running: ['The daily refresh runs already.'],
  untouched: [],
  'by-hand': [START_BY_HAND],
};

/** @returns the result of a run that wrote what there was to write */
export function installedResult(
  run: Run,
  { outcomes }: Applied,
  { isVerified, isConnected, hasAll, schedule }: Ending,
): CommandResult<'install'> {
  const written = outcomes.filter(({ change }) => !change.isSettled).length;
  const compared = isVerified ? ', read back and compared' : '';
  const [command, purpose] = nextStep(isConnected, hasAll);
  const changes = outcomes.map(({ change }) => change);
  const verdict =
    written > 0
      ? [
          `Installed: ${written} written${compared}.`,
          ...(isVerified
            ? []
            : ['Not all of it could be compared: this Hub does not show everything.']),
        ]
      : [...verdictLines(changes), 'Nothing was written.'];
  return {
    exitCode: ExitCode.done,
    ...shown(run, outcomes, [
      ...verdict,
      ...SCHEDULE_LINES[schedule],
      '',
      `Next: ${command} ${purpose}.`,
    ]),
    json: {
      dryRun: false,
      changes: outcomes.map(outcomeDocument),
      verified: isVerified || null,
      schedule,
      ...commonDocument(run),
      next: [...(schedule === 'by-hand' ? [START_BY_HAND] : []), command],
    },
  };
}

/**
 * @param input what was asked for: the next step asks for the same
 * @param tellsDrift makes a difference exit code 8
 * @returns the result of a run that only looked
 */
export function dryRunResult(
  run: Run,
  input: CommandInput,
  tellsDrift: boolean,
): CommandResult<'install'> {
  const { plan } = run;
  const outcomes = changesOf(plan).map((change) => outcomeOf(change));
  const drifts = outcomes.filter(({ change }) => isDrift(change)).length;
  const extra = isDowngrade(plan) ? '--allow-downgrade' : '';
  const next = drifts > 0 ? [commandAfter('install', input, extra)] : [];
  return {
    exitCode: tellsDrift && drifts > 0 ? ExitCode.attention : ExitCode.done,
    ...shown(run, outcomes, [
      ...(drifts > 0
        ? [`${drifts} would change. Nothing was written.`]
        : ['Nothing would change.', ...verdictLines(changesOf(plan)).slice(0, 1)]),
      ...next.flatMap((name) => ['', `Next: ${name} makes these changes.`]),
    ]),
    json: {
      dryRun: true,
      changes: outcomes.map(outcomeDocument),
      verified: null,
      schedule: 'untouched',
      ...commonDocument(run),
      next,
    },
  };
}

function nextStep(isConnected: boolean, hasAll: boolean): readonly [string, string] {
  if (isConnected) {
    return ['fortnox-blueprint status', 'tells how the connection is'];
  }
  // What was left out need not be there, and nobody can activate without it.
  return hasAll
    ? ['fortnox-blueprint activate', 'connects a company in Fortnox']
    : ['fortnox-blueprint status', 'tells whether all that activate needs is there'];
}

function commonDocument({ plan, diff, costs }: Run) {
  const { installedVersion = null, desired } = plan;
  return {
    version: { installed: installedVersion, shipped: desired.version },
    ...(diff && { diff: diff.map((line) => `${line}\n`).join('') }),
    ...costs(),
  };
}

function shown({ plan, diff }: Run, outcomes: readonly Outcome[], rest: readonly string[]) {
  const lines = [...versionLines(plan), ...outcomeLines(outcomes)];
  // A diff is for a program too: no line of it may be broken.
  return diff && diff.length > 0
    ? { lines: [...diff, '', ...lines, ...rest], isVerbatim: true }
    : { lines: [...lines, ...rest] };
}
