import type { Handler } from './call.js';
import type { Clock } from './clock.js';

/** How long calls are counted together, in milliseconds. */
const WINDOW = 10_000;

/**
 * Refuses calls beyond a limit as a proxy does: 429 with the seconds to wait in `Retry-After`, and a bare text.
 *
 * @param limit calls in ten seconds; 0: any number
 */
export function rateLimited(handler: Handler, limit: number, clock: Clock): Handler {
  let begun = Number.NEGATIVE_INFINITY;
  let calls = 0;
  return (call) => {
    const now = clock.now();
    if (now >= begun + WINDOW) {
      begun = now;
      calls = 0;
    }
    calls += 1;
    if (limit === 0 || calls <= limit) {
      return handler(call);
    }
    const seconds = Math.max(1, Math.ceil((begun + WINDOW - now) / 1000));
    return {
      status: 429,
      headers: { 'content-type': 'text/plain', 'retry-after': String(seconds) },
      body: 'Too Many Requests',
    };
  };
}
