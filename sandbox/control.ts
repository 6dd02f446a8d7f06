import type { Hono } from 'hono';
import type { MovableClock } from './clock.js';
import type { FaultDesk, FaultOrder } from './faults.js';
import type { Bindings } from './server.js';

/**
 * Lets another process order faults and move the stand-in's clock, with the sandbox's token:
 * POST and DELETE /_sandbox/faults, POST /_sandbox/clock `{advanceSeconds}`, GET /_sandbox/calls.
 */
export function controlRoutes(app: Hono<Bindings>, faults: FaultDesk, clock: MovableClock): void {
  app.post('/_sandbox/faults', async (context) => {
    faults.order((await context.req.json()) as FaultOrder);
    return context.json({ ordered: true });
  });
  app.delete('/_sandbox/faults', (context) => {
    faults.clear();
    return context.json({ cleared: true });
  });
  app.post('/_sandbox/clock', async (context) => {
    const { advanceSeconds } = (await context.req.json()) as { advanceSeconds: number };
    clock.advance(Number(advanceSeconds) || 0);
    return context.json({ now: new Date(clock.now()).toISOString() });
  });
  app.get('/_sandbox/calls', (context) => context.json({ calls: faults.calls }));
}
