import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Listening, LOOPBACK } from '../server.js';

/** A call as the web app sees it. */
export interface Call {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What it answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers calls. */
export type Handler = (call: Call) => Answer | Promise<Answer>;

/** What a route gets: the call, and the parts of its path that the pattern names. */
export type Route = (call: Call, params: Readonly<Record<string, string>>) => ReturnType<Handler>;

/** @returns an answer in JSON */
export function json(body: unknown, status = 200): Answer {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}

/** @returns a page */
export function html(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** @returns an answer that leads to another address; a browser opens it with GET */
export function redirect(location: string): Answer {
  return { status: 302, headers: { location }, body: '' };
}

/**
 * @param routes what answers a method and a path, such as `GET /form/:slug`
 * @param otherwise answers every other call
 * @returns a handler that hands each call to its route
 */
export function router(routes: Readonly<Record<string, Route>>, otherwise: Handler): Handler {
  const compiled = Object.entries(routes).map(([name, route]) => {
    const pattern = name.replace(/:(\w+)/g, '(?<$1>[^/]+)');
    return { pattern: new RegExp(`^${pattern}$`), route };
  });
  return (call) => {
    for (const { pattern, route } of compiled) {
      const found = pattern.exec(`${call.method} ${call.path}`);
      if (found) {
        return route(call, { ...found.groups });
      }
    }
    return otherwise(call);
  };
}

/**
 * Starts the web app on the loopback.
 *
 * @param port 0 for any free one
 * @throws Error with code EADDRINUSE when the port is taken
 */
export async function listenApp(handler: Handler, port: number): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    callOf(incoming)
      .then(handler)
      .catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        return {
          status: 500,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
          body: text,
        };
      })
      .then((answer) => send(outgoing, answer))
      .catch(() => incoming.socket.destroy());
  });
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

async function callOf(incoming: IncomingMessage): Promise<Call> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
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
