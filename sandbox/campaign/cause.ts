import type { ConnectedWorld } from './connected-world.js';
import { storedIn, tenantOf } from './stored.js';

const SECOND = 1000;
// A rotation that was delivered can be kept when the Hub takes a write within this time and before its run must end,
// but for what three writes take that run out of time, with a look at the store after each.
const KEEPABLE = 30 * SECOND;
const FIRST_WRITES = 15 * SECOND;
// A run ends within 45 s: it gives up where a wait, a look and a write have no room left in them.
const USED_UP = 37 * SECOND;
// How long a call takes at most where none is cut.
const CALL = 2 * SECOND;

/** Why no flow could have kept a connection. */
export const UNAVOIDABLE = [
  'answer lost',
  'Hub died',
  'writes refused',
  'idle',
  'locked out',
  'restored from a backup',
  'used by a second Hub',
  'write delivered late',
] as const;

/** One of these causes. */
export type Unavoidable = (typeof UNAVOIDABLE)[number];

/** @returns why a world's connection was lost, where nothing could have kept it */
export function causeOf(world: ConnectedWorld): Unavoidable | undefined {
  const { ledger, truth } = world;
  const stored = storedIn(world.settingsOf(0));
  const latest = ledger.latest(ledger.tenantOf(stored.refresh_token ?? '') ?? tenantOf(stored));
  if (!latest || truth.canConnect(stored)) {
    return undefined;
  }
  const { at, deliveredAt, deliveredTo, isStored, isOrphaned } = latest;
  if (world.restoredAt > at) {
    return 'restored from a backup';
  }
  if (deliveredAt === undefined) {
    return 'answer lost';
  }
  if (deliveredTo !== 0) {
    return 'used by a second Hub';
  }
  if (world.lateWriteAt > at) {
    return 'write delivered late';
  }
  if (!isStored && isOrphaned) {
    return 'Hub died';
  }
  if (
    !isStored &&
    truth.wasThroughout('writes', deliveredAt + FIRST_WRITES, lastWrite(world, deliveredAt))
  ) {
    return 'writes refused';
  }
  if (isStored && ledger.isExpired(latest)) {
    return isLockedOut(world, at)
      ? 'locked out'
      : world.properties.hasSchedule
        ? undefined
        : 'idle';
  }
  return undefined;
}

// When a run that can have been given the token, and used up its time, wrote for the last time; at most so long after it came.
function lastWrite({ runs }: ConnectedWorld, deliveredAt: number): number {
  const holders = runs.filter(({ from, to }) => from <= deliveredAt && to >= deliveredAt);
  const ends = holders.filter(({ from, to }) => to - from >= USED_UP).map(({ to }) => to - CALL);
  return Math.min(
    deliveredAt + KEEPABLE,
    ends.length > 0 ? Math.max(...ends) : Number.POSITIVE_INFINITY,
  );
}

function isLockedOut({ truth, world }: ConnectedWorld, since: number): boolean {
  const now = world.clock.now();
  return truth.was('licence', since, now) || truth.was('secret', since, now);
}
