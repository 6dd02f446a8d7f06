/** How often a request is sent again. */
export const RETRIES = 3;

/** Statuses of a Hub, or of what stands before it, that is there but can't answer now. */
export const PASSING_STATUSES: readonly number[] = [429, 502, 503, 504];

const FIRST_WAIT_MS = 300;
const MAX_WAIT_MS = 60_000;

/**
 * Reads the header Retry-After (RFC 9110, section 10.2.3): seconds, or a date.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds, or undefined where it says nothing that can be used
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) {
    return undefined;
  }
  const milliseconds = /^\s*\d+\s*$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - now;
  // A moment that is past already means at once.
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/**
 * How long to wait before a request is sent again: as the Hub asks, else twice as long each time, and never the same
 * for two clients.
 *
 * @param attempt from 0
 * @param askedMs what the Hub asked for, where it did
 * @param random between 0 and 1
 * @returns milliseconds, at most a minute
 */
export function waitBefore(attempt: number, askedMs: number | undefined, random: number): number {
  const backoff = FIRST_WAIT_MS * 2 ** attempt * (0.5 + random);
  return Math.min(askedMs ?? backoff, MAX_WAIT_MS);
}
