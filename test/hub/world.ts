import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Context } from '../../src/core/context.js';
import { HubClient } from '../../src/hub/client.js';
import { dispatcherFor } from '../../src/hub/dispatcher.js';
import { HubHttp } from '../../src/hub/http.js';
import type { Connection } from '../../src/options/connection.js';
import { testContext } from '../support/context.js';

/** A request as a server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** An answer of a scripted server. */
export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
  /** Ends the connection in place of an answer. */
  readonly cuts?: boolean;
  /** Never answers. */
  readonly hangs?: boolean;
}

/** A server on the loopback that a test tells what to answer. */
interface ScriptedServer {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen[];
}

/** Starts a server; `answer` is asked for each request, counted from 0. With `tls` it speaks https. */
export async function scripted(
  answer: (request: Seen, count: number) => Scripted,
  tls?: { readonly key: string; readonly cert: string },
): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const listener: RequestListener = (incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '', 'http://hub');
      const request: Seen = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: incoming.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
      seen.push(request);
      const { status = 200, headers = {}, body, cuts, hangs } = answer(request, seen.length - 1);
      if (cuts) {
        incoming.socket.destroy();
      }
      if (cuts || hangs) {
        return;
      }
      const isRaw = Buffer.isBuffer(body);
      const isText = typeof body === 'string';
      outgoing.writeHead(status, {
        'content-type': isText ? 'text/plain' : 'application/json',
        ...headers,
      });
      outgoing.end(isText || isRaw || body === undefined ? body : JSON.stringify(body));
    });
  };
  const port = await listen(tls ? createTlsServer(tls, listener) : createServer(listener));
  return { url: `${tls ? 'https' : 'http'}://localhost:${port}/api/v2`, port, seen };
}

/** Lets a server listen on the loopback until the test has ended. @returns its port */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** @returns a connection to an API */
export function connectionTo(apiUrl: string, changes: Partial<Connection> = {}): Connection {
  return {
    apiUrl,
    token: 'Bearer canary-token',
    appUrl: undefined,
    ca: undefined,
    insecure: false,
    timeoutMs: 2000,
    ...changes,
  };
}

/** @returns a client of an API that nobody has named, closed when the test ends */
export function clientOf(
  apiUrl: string,
  context: Context = testContext(),
  changes: Partial<Connection> = {},
): HubClient {
  const connection = connectionTo(apiUrl, changes);
  const hub = new HubClient(new HubHttp(connection, dispatcherFor(connection, context), context));
  onTestFinished(() => hub.close());
  return hub;
}
