import type { Ledger } from './ledger.js';

const SECOND = 1000;
// A rotation that was delivered can be kept when the Hub takes a write within this time.
const KEEPABLE = 20 * SECOND;

/** Why no flow could have kept a connection. */
export type Unavoidable = 'answer lost' | 'Hub died' | 'writes refused' | 'idle';

/** A time from and to, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * @param refusing when the Hub refused every write
 * @param hasSchedule whether the connection was refreshed without being used
 * @returns why a connection was lost, where nothing could have kept it
 */
export function causeOf(
  ledger: Ledger,
  refusing: readonly Span[],
  hasSchedule: boolean,
): Unavoidable | undefined {
  const latest = ledger.latest();
  if (!latest) {
    return undefined;
  }
  const { deliveredAt, isStored, isOrphaned } = latest;
  if (deliveredAt === undefined) {
    return 'answer lost';
  }
  if (!isStored && isOrphaned) {
    return 'Hub died';
  }
  const isRefused = refusing.some(
    ({ from, to }) => from <= deliveredAt + SECOND && to >= deliveredAt + KEEPABLE,
  );
  if (!isStored && isRefused) {
    return 'writes refused';
  }
  return isStored && !hasSchedule && ledger.isExpired() ? 'idle' : undefined;
}
