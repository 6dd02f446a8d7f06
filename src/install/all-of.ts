import { InterruptedError } from '../core/errors.js';
import type { Change, ChangeState } from './change.js';

/** How far changes have come. */
export type States = Map<Change, ChangeState>;

/** Makes changes at the same time, and notes how each ended. @throws what the first of them failed with */
export async function allOf<C extends Change>(
  changes: readonly C[],
  states: States,
  make: (change: C) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled(
    changes.map(async (change) => {
      try {
        await make(change);
        states.set(change, 'done');
      } catch (error) {
        // What Ctrl-C kept from beginning has not failed.
        if (!(error instanceof InterruptedError)) {
          states.set(change, 'failed');
        }
        throw error;
      }
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}

/** @returns what all of them come to, once none is open any more @throws what the first of them failed with */
export async function settledAll<const T extends readonly unknown[]>(
  all: T,
): Promise<{ -readonly [At in keyof T]: Awaited<T[At]> }> {
  await Promise.allSettled(all);
  return Promise.all(all);
}
