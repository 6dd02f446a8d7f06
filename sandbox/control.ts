import { refusal } from './hub/routes.js';
import { type Handler, json, router } from './net/call.js';
import type { MovableClock } from './net/clock.js';
import type { FaultDesk, FaultOrder } from './net/faults.js';

/** What another process may control. */
interface Controls {
  readonly token: string;
  readonly faults: FaultDesk;
  readonly clock: MovableClock;
}

/**
 * Lets another process order faults and move the clock, with the sandbox's token:
 * POST and DELETE /_sandbox/faults, POST /_sandbox/clock `{advanceSeconds}`, GET /_sandbox/calls.
 *
 * @param handler takes every other call
 */
export function controlled(handler: Handler, { token, faults, clock }: Controls): Handler {
  const control = router(
    {
      'POST /_sandbox/faults': ({ body }) => {
        faults.order(JSON.parse(body) as FaultOrder);
        return json({ ordered: true });
      },
      'DELETE /_sandbox/faults': () => {
        faults.clear();
        return json({ cleared: true });
      },
      'POST /_sandbox/clock': ({ body }) => {
        const { advanceSeconds } = JSON.parse(body) as { advanceSeconds: number };
        clock.advance(Number(advanceSeconds) || 0);
        return json({ now: new Date(clock.now()).toISOString() });
      },
      'GET /_sandbox/calls': () => json({ calls: faults.calls }),
    },
    handler,
  );
  return (call) => {
    const isRefused = call.path.startsWith('/_sandbox/') && call.headers.authorization !== token;
    return isRefused ? refusal(401, 'Unauthorized', 'Wrong authentication') : control(call);
  };
}
