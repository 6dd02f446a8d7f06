import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { FaultDesk, FaultOrder, Side } from './faults.js';

/** What hono hands to a route: Node's own request and response, so that a connection can be cut. */
export type Bindings = { Bindings: HttpBindings };

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Ends it, and every connection to it. */
  close(): Promise<void>;
}

/** The loopback address; nothing of the sandbox listens anywhere else. */
export const LOOPBACK = '127.0.0.1';

/**
 * Starts a server on the loopback.
 *
 * @param port 0 for any free one
 * @throws Error with code EADDRINUSE when the port is taken
 */
export async function listen(app: Hono<Bindings>, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @returns middleware that does to each call what was ordered for it, and logs the call */
export function faulty(side: Side, desk: FaultDesk): MiddlewareHandler<Bindings> {
  return async (context, next) => {
    const { method, path } = context.req;
    const fault = path.startsWith('/_sandbox') ? undefined : desk.take(side, method, path);
    const at = performance.now();
    const note = (status: number | null) =>
      desk.note({ side, method, path, status, at, ...(fault && { fault: fault.kind }) });
    if (!fault) {
      await next();
      note(context.res.status);
      return undefined;
    }
    if (fault.kind === 'hang') {
      note(null);
      return new Promise<never>(() => undefined);
    }
    if (fault.kind === 'delay') {
      await sleep(fault.milliseconds ?? 1000);
    }
    if (fault.kind === 'answer') {
      note(fault.status ?? 500);
      return ordered(fault);
    }
    if (fault.kind !== 'cut-before') {
      await next();
    }
    if (fault.kind === 'delay-after') {
      await sleep(fault.milliseconds ?? 1000);
    }
    if (fault.kind === 'cut-before' || fault.kind === 'cut-after') {
      return cut(context, () => note(null));
    }
    if (fault.kind === 'answer-after') {
      context.res = ordered(fault);
    }
    note(context.res.status);
    return undefined;
  };
}

function ordered({
  status = 500,
  body = '',
  contentType = 'application/json',
  headers,
}: FaultOrder): Response {
  return new Response(body, { status, headers: { ...headers, 'content-type': contentType } });
}

function cut(context: Context<Bindings>, note: () => void): Promise<never> {
  note();
  context.env.incoming.socket.destroy();
  return new Promise(() => undefined);
}
