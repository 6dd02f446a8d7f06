import type { Hub } from './hub/hub.js';
import { refusal } from './hub/routes.js';
import { type Handler, json, router } from './net/call.js';
import type { MovableClock } from './net/clock.js';
import type { FaultDesk, FaultOrder } from './net/faults.js';

/** What another process may control. */
interface Controls {
  readonly token: string;
  readonly faults: FaultDesk;
  readonly clock: MovableClock;
  readonly hub: Hub;
}

/** What `--help` says of it. */
export const CONTROL_HELP = `While it runs, another process steers it by these, below the API's host and port, with the token:

  POST /_sandbox/faults           orders a fault: {"side": "hub", "kind": "answer", "status": 503, "path": "/api"}
  DELETE /_sandbox/faults         takes back every order
  POST /_sandbox/clock            {"advanceSeconds": 3600} moves both clocks ahead; a schedule that came due runs
  POST /_sandbox/restart          kills the Hub with every run on it, and starts it again
  POST /_sandbox/sync             the Hub takes over what is in the resources directory (--git synced)
  POST /_sandbox/schedules/KEY    runs a workflow as its schedule does
  GET /_sandbox/calls             every call so far, without headers and bodies
  GET /_sandbox/mails             every mail that a flow sent; none leaves the machine
`;

/**
 * Lets another process steer the sandbox, with its token.
 *
 * @param handler takes every other call
 */
export function controlled(handler: Handler, { token, faults, clock, hub }: Controls): Handler {
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
        hub.schedules.tick();
        return json({ now: new Date(clock.now()).toISOString() });
      },
      'POST /_sandbox/restart': () => {
        hub.restart();
        return json({ restarted: true });
      },
      'POST /_sandbox/sync': () => {
        hub.sync();
        return json({ synced: true });
      },
      'POST /_sandbox/schedules/:key': async (_call, { key = '' }) => {
        const { ok, error } = await hub.fireSchedule(key);
        return json({ ok, error });
      },
      'GET /_sandbox/calls': () => json({ calls: faults.calls }),
      'GET /_sandbox/mails': () => json({ mails: hub.mails }),
    },
    handler,
  );
  return (call) => {
    const isRefused = call.path.startsWith('/_sandbox/') && call.headers.authorization !== token;
    return isRefused ? refusal(401, 'Unauthorized', 'Wrong authentication') : control(call);
  };
}
