import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PAGE_HEADERS, type Page, renderPage } from './page.js';
import { listenError } from './receiver-errors.js';
import { type Redirect, readRedirect } from './redirect.js';
import type { Loopback } from './redirect-uri.js';
import type { Refusal } from './refusals.js';

/** An answer that ends the wait. */
export type Answer = Exclude<Redirect, { readonly kind: 'ignored' }>;

/** A running receiver. */
export interface Receiver {
  /** The first answer that belongs to this activation, once the browser has its page. Never rejects. */
  readonly answer: Promise<Answer>;
  /** Stops listening and cuts every connection, at once. May be called twice. */
  close(): Promise<void>;
}

/** Milliseconds that a client may take to send its request. */
const REQUEST_TIME = 10_000;

const NOT_FOUND: Page = {
  status: 404,
  title: 'Nothing here',
  text: ['This program waits for Fortnox only, at the address of its redirect URI.'],
};

const NOT_ALLOWED: Page = { ...NOT_FOUND, status: 405 };

const ANSWERED: Page = {
  status: 410,
  title: 'Already answered',
  text: [
    'Fortnox has already answered this activation. Go back to the terminal: it shows the result.',
  ],
};

function pageFor(redirect: Redirect): Page {
  if (redirect.kind === 'approved') {
    return {
      status: 200,
      title: 'Approved in Fortnox',
      text: [
        'The Hub now fetches the tokens. Go back to the terminal: it shows whether Fortnox is connected.',
        'This page can be closed.',
      ],
    };
  }
  const title =
    redirect.kind === 'refused' ? 'Fortnox is not connected' : 'Not the expected answer';
  return { status: 400, title, text: [redirect.refusal.message, redirect.refusal.hint] };
}

function send(response: ServerResponse, page: Page): void {
  const body = renderPage(page);
  const headers = { ...PAGE_HEADERS, 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(page.status, page.status === 405 ? { ...headers, allow: 'GET' } : headers);
  response.end(body);
}

/**
 * The query of a request that can be Fortnox's redirect, or null. The Host header is checked because a foreign name
 * can be made to resolve to the loopback; the fetch metadata, because images and prefetches are no redirects.
 */
function redirectQuery(request: IncomingMessage, loopback: Loopback): URLSearchParams | null {
  const { host = '', 'sec-fetch-dest': destination = 'document' } = request.headers;
  if (!loopback.hostHeaders.includes(host.toLowerCase())) {
    return null;
  }
  if (destination !== 'document' || request.headers['sec-purpose'] !== undefined) {
    return null;
  }
  const [path, ...query] = (request.url ?? '').split('?');
  return path === loopback.path ? new URLSearchParams(query.join('?')) : null;
}

/** Listens on one address; false where this machine does not have it. */
async function listen(server: Server, host: string, port: number): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(code)) {
      return false;
    }
    throw error;
  }
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) {
    return;
  }
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}

/**
 * Listens for Fortnox's redirect on the loopback (RFC 8252, section 7.3), on each of its addresses that this machine
 * has, since a browser may take either for `localhost`.
 *
 * @param loopback where the redirect URI leads
 * @param state the state that was sent with the activation URL
 * @param onIgnored told of each request to the redirect URI that does not belong to this activation
 * @returns the receiver, listening
 * @throws ConfigError when the port is used by another program, or may not be used
 */
export async function openReceiver(
  loopback: Loopback,
  state: string,
  onIgnored: (refusal: Refusal) => void,
): Promise<Receiver> {
  let settle: (answer: Answer) => void = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    settle = resolve;
  });
  let isAnswered = false;

  const pageOf = (request: IncomingMessage, response: ServerResponse): Page => {
    if (request.method !== 'GET') {
      return NOT_ALLOWED;
    }
    const query = redirectQuery(request, loopback);
    if (query === null) {
      return NOT_FOUND;
    }
    if (isAnswered) {
      return ANSWERED;
    }
    const redirect = readRedirect(query, state);
    if (redirect.kind === 'ignored') {
      onIgnored(redirect.refusal);
    } else {
      isAnswered = true;
      // The browser gets its page first: settling leads to close(), which cuts the connection.
      response.once('close', () => settle(redirect));
    }
    return pageFor(redirect);
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    send(response, pageOf(request, response));
  };

  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(stop));
  };
  try {
    for (const host of loopback.bind) {
      const server = createServer(
        { requestTimeout: REQUEST_TIME, headersTimeout: REQUEST_TIME },
        handle,
      );
      if (await listen(server, host, loopback.port)) {
        servers.push(server);
      }
    }
    if (servers.length === 0) {
      throw new Error('this machine has no loopback address');
    }
  } catch (error) {
    await close();
    throw listenError(error, loopback.port);
  }
  return { answer, close };
}
