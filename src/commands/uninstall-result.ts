import { ExitCode } from '../core/exit-codes.js';
import { isDrift, outcomeDocument, outcomeOf } from '../install/change.js';
import type { Left, Removal } from '../install/removal.js';
import type { Removed } from '../install/remove.js';
import { outcomeLines } from '../install/table.js';
import type { CommandInput } from '../options/input.js';
import { commandAfter } from './again.js';
import type { CommandResult } from './command.js';

/** @returns the result of a run that only looked; the next step asks for the same as it */
export function plannedResult(
  { hub, files, left }: Removal,
  processes: readonly Left[],
  input: CommandInput,
): CommandResult<'uninstall'> {
  const outcomes = [...hub, ...files].map((change) => outcomeOf(change));
  const count = outcomes.filter(({ change }) => isDrift(change)).length;
  return {
    exitCode: ExitCode.done,
    ...shown({ outcomes, left: [...left, ...processes] }, true, [
      count > 0
        ? `${count} would be removed. Nothing was changed.`
        : 'Nothing of it is there. Nothing was changed.',
      ...(count > 0 ? ['', `Next: ${commandAfter('uninstall', input)} removes them.`] : []),
    ]),
  };
}

/** @returns the result of a run whose question was answered with no: as the person wishes, so nothing has failed */
export function declinedResult(
  { hub, files, left }: Removal,
  processes: readonly Left[],
): CommandResult<'uninstall'> {
  const outcomes = [...hub, ...files].map((change) => outcomeOf(change));
  const { json } = shown({ outcomes, left: [...left, ...processes] }, false, []);
  return { exitCode: ExitCode.done, json, lines: ['Nothing was removed.'] };
}

/** @returns the result of a run that removed what there was to remove */
export function removedResult(
  { outcomes, left }: Removed,
  processes: readonly Left[],
): CommandResult<'uninstall'> {
  const all = [...left, ...processes];
  const count = outcomes.filter(({ change }) => isDrift(change)).length;
  const said = count > 0 ? `Removed: ${count}.` : 'Nothing of it was there to be removed.';
  return { exitCode: ExitCode.done, ...shown({ outcomes, left: all }, false, [said]) };
}

function shown({ outcomes, left }: Removed, dryRun: boolean, rest: readonly string[]) {
  const kept = left.flatMap(({ kind, id, why }) => [`  ${nameOf(kind, id)}`, `    (${why})`]);
  return {
    json: { dryRun, changes: outcomes.map(outcomeDocument), left },
    lines: [
      ...outcomeLines(outcomes),
      ...(kept.length > 0 ? [dryRun ? 'Would stay:' : 'Stays:', ...kept] : []),
      ...rest,
    ],
  };
}

/** How a person is told of what stays; `/` is all files, where the resources directory was not given. */
function nameOf(kind: Left['kind'], id: string): string {
  return kind === 'resource' ? (id === '/' ? 'all files' : `file ${id}`) : `${kind} ${id}`;
}
