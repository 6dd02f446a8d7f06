import type { Change, Outcome } from './change.js';
import { stoppedPartWay } from './part-way.js';
import { countsOf, nameOf } from './table.js';

/**
 * Tells a failure that stopped a removal part-way from one that removed nothing.
 *
 * @param outcomes of all changes, as far as they had come
 * @param asked what the Hub was asked to delete, and did not say that it is gone
 * @returns a failure that lists what is gone and what is not, or what was thrown; see `stoppedPartWay`
 */
export function stoppedRemoval(
  thrown: unknown,
  outcomes: readonly Outcome[],
  asked: ReadonlySet<Change>,
): unknown {
  const lines = [
    ...group('Gone', outcomes, ({ state }) => state === 'done'),
    ...group('Not removed', outcomes, ({ state }) => state === 'failed'),
    ...group('Asked for, and perhaps gone', outcomes, (one) => isPending(one) && has(one)),
    ...group('Still there', outcomes, (one) => isPending(one) && !has(one)),
  ];
  function has({ change }: Outcome): boolean {
    return asked.has(change);
  }
  return stoppedPartWay(thrown, outcomes, {
    lines,
    mayHaveChanged: asked.size > 0,
    rest: 'What is gone stays gone; run uninstall again, and it removes the rest.',
    again: 'Then run uninstall again: it removes the rest.',
  });
}

function isPending({ state }: Outcome): boolean {
  return state === 'pending';
}

function group(
  title: string,
  outcomes: readonly Outcome[],
  isOf: (outcome: Outcome) => boolean,
): string[] {
  const changes = outcomes.filter(isOf).map(({ change }) => change);
  return changes.length === 0
    ? []
    : [`${title}: ${countsOf(changes)}.`, ...changes.map((one) => `  ${nameOf(one)}`)];
}
