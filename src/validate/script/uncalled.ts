/** How a statement may be left with `next` not called yet. */
export interface Uncalled {
  readonly falls: boolean;
  readonly returns: boolean;
  readonly breaks: boolean;
}

/** It calls `next`, or throws. */
export const DONE: Uncalled = { falls: false, returns: false, breaks: false };
/** It goes on to what stands below it. */
export const FALLS: Uncalled = { ...DONE, falls: true };

/** @returns how one of two statements may be left */
export function either(a: Uncalled, b: Uncalled): Uncalled {
  return {
    falls: a.falls || b.falls,
    returns: a.returns || b.returns,
    breaks: a.breaks || b.breaks,
  };
}

/** @returns how a loop, a switch or a label may be left, which ends what breaks in it */
export function closed({ falls, returns, breaks }: Uncalled): Uncalled {
  return { falls: falls || breaks, returns, breaks: false };
}
