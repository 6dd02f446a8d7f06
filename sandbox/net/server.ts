import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Call, Handler, Side } from './call.js';
import { type Tls, tlsServer } from './tls.js';
import { Cut } from './travel.js';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Ends it, and every connection to it. */
  close(): Promise<void>;
}

/** The loopback address; nothing of the sandbox listens anywhere else. */
export const LOOPBACK = '127.0.0.1';

/**
 * Starts an HTTP server on the loopback. Where the handler throws Cut, the connection is cut.
 *
 * @param port 0 for any free one
 * @param tls makes it speak https; default: plain HTTP
 * @throws Error with code EADDRINUSE when the port is taken
 */
export async function listen(
  side: Side,
  handler: Handler,
  port: number,
  tls?: Tls,
): Promise<Listening> {
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    callOf(side, incoming)
      .then(handler)
      .then((answer) => send(outgoing, answer))
      .catch((error: unknown) => {
        if (!(error instanceof Cut)) {
          process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        }
        incoming.socket.destroy();
      });
  };
  const { server, closeConnections } = tls ? tlsServer(onRequest, tls) : plainServer(onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        closeConnections();
      }),
  };
}

function plainServer(onRequest: RequestListener) {
  const server = createServer(onRequest);
  return { server, closeConnections: () => server.closeAllConnections() };
}

/** @returns a port of the loopback that nothing listens on */
export async function freePort(): Promise<number> {
  const server = await listen('hub', () => ({ status: 204, headers: {}, body: '' }), 0);
  await server.close();
  return server.port;
}

async function callOf(side: Side, incoming: IncomingMessage): Promise<Call> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    side,
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}
