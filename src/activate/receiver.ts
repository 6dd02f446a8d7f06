import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOn } from './loopback-server.js';
import { PAGE_HEADERS, type Page, renderPage } from './page.js';
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
    if (query === undefined) {
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
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    send(response, pageOf(request, response));
  };

  return { answer, close: await listenOn(loopback.bind, loopback.port, handle) };
}

/**
 * The query of a request that can be Fortnox's redirect, or undefined. The Host header is checked because a foreign name
 * can be made to resolve to the loopback; the fetch metadata, because images and prefetches are no redirects.
 */
function redirectQuery(request: IncomingMessage, loopback: Loopback): URLSearchParams | undefined {
  const { host = '', 'sec-fetch-dest': destination = 'document' } = request.headers;
  if (!loopback.hostHeaders.includes(host.toLowerCase())) {
    return undefined;
  }
  if (destination !== 'document' || request.headers['sec-purpose'] !== undefined) {
    return undefined;
  }
  const [path, ...query] = (request.url ?? '').split('?');
  return path === loopback.path ? new URLSearchParams(query.join('?')) : undefined;
}

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
