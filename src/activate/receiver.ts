import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOn } from './loopback-server.js';
import { type Ending, PAGE_HEADERS, type Page, renderEnding, renderPage } from './page.js';
import { type Redirect, readRedirect } from './redirect.js';
import type { Loopback } from './redirect-uri.js';
import { EMPTY_REDIRECT, FOREIGN_BROWSER, type Refusal } from './refusals.js';
import { startPage } from './start-page.js';

/** An answer that ends the wait. */
export type Answer = Exclude<Redirect, { readonly kind: 'ignored' }>;

/** A running receiver. */
export interface Receiver {
  /** @returns the address of a page here that binds the answer to the browser that opens it, and leads on */
  startAt(activationUrl: string): string;
  /**
   * The first answer that belongs to this activation, once the browser has its page, or the beginning of it: how an
   * approval ends is added by `conclude`. Never rejects.
   */
  readonly answer: Promise<Answer>;
  /** Tells the browser that brought an approval how it ended. Nothing where none did, or where it was told. */
  conclude(ending: Ending): Promise<void>;
  /** Stops listening and cuts every connection, at once. May be called twice. */
  close(): Promise<void>;
}

/** What a request is answered with, and what it brought. */
interface Shown {
  readonly page: Page;
  readonly answer?: Answer;
}

const NOT_FOUND: Page = {
  status: 404,
  title: 'Nothing here',
  text: ['This program waits for Fortnox only, at the address of its redirect URI.'],
};

/** Shown to whoever opens the address by hand, and after a redirect that brings nothing. */
const WAITING: Page = {
  status: 200,
  title: 'Waiting for Fortnox',
  text: [
    'Fortnox leads here once the access is approved. Go on where Fortnox is open: this program goes on waiting.',
    `If Fortnox led here already: ${EMPTY_REDIRECT.hint}`,
  ],
};

const NOT_ALLOWED: Page = { ...NOT_FOUND, status: 405 };

/** Shown while the Hub has the code. */
const APPROVED: Page = {
  status: 200,
  title: 'Approved in Fortnox',
  text: ['The Hub now fetches the tokens. How it ends is shown here, and in the terminal.'],
  isOpen: true,
};

/** For a program that ends before it knows. */
const NOT_TOLD: Ending = {
  title: 'The program has ended',
  text: ['Whether Fortnox is connected, "fortnox-blueprint status" shows in a terminal.'],
};

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
 * @param onIgnored told once of a request to the redirect URI that does not belong to this activation, and once more
 *   of each kind of answer from the browser that was opened
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
  let open: ServerResponse | undefined;
  const start = startPage();
  const told = new Set<string>();
  const tell = (refusal: Refusal, isCertain: boolean) => {
    // Anyone on this computer can send any number of requests.
    if (told.size === 0 || (isCertain && !told.has(refusal.code))) {
      told.add(refusal.code);
      onIgnored(refusal);
    }
  };

  const pageOf = (request: IncomingMessage): Shown => {
    if (request.method !== 'GET') {
      return { page: NOT_ALLOWED };
    }
    const [path, query] = isNavigation(request, loopback) ? addressOf(request) : [];
    const isRedirect = path === loopback.path;
    if (!isRedirect || query === undefined) {
      return { page: (path === start.path && start.page(request)) || NOT_FOUND };
    }
    if (isAnswered) {
      return { page: ANSWERED };
    }
    const read = readRedirect(query, state);
    const isBound = start.isBound(request);
    const redirect: Redirect =
      read.kind === 'ignored' || isBound ? read : { kind: 'ignored', refusal: FOREIGN_BROWSER };
    if (redirect.kind === 'ignored') {
      tell(redirect.refusal, isBound && start.isOpened());
      return { page: redirect.refusal === EMPTY_REDIRECT ? WAITING : pageFor(redirect) };
    }
    isAnswered = true;
    return { page: pageFor(redirect), answer: redirect };
  };
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    const { page, answer } = pageOf(request);
    open = page.isOpen ? response : open;
    // The browser gets its page first: settling may lead to close(), which cuts the connection.
    send(response, page, () => answer && settle(answer));
  };
  const conclude = (ending: Ending) =>
    new Promise<void>((resolve) => {
      if (!open || open.closed || open.writableEnded) {
        return resolve();
      }
      open.once('close', resolve).end(renderEnding(ending));
    });

  const startAt = (activationUrl: string) => {
    start.leadTo(activationUrl);
    return new URL(start.path, loopback.origin).href;
  };
  const stop = await listenOn(loopback.bind, loopback.port, handle);
  return { answer, startAt, conclude, close: () => conclude(NOT_TOLD).then(stop) };
}

/**
 * Whether a request is a person's browser going to an address here. The Host header is checked because a foreign name
 * can be made to resolve to the loopback; the fetch metadata, because images and prefetches are no redirects.
 */
function isNavigation({ headers }: IncomingMessage, { hostHeaders }: Loopback): boolean {
  const { host = '', 'sec-fetch-dest': destination = 'document' } = headers;
  const isDocument = destination === 'document' && headers['sec-purpose'] === undefined;
  return isDocument && hostHeaders.includes(host.toLowerCase());
}

function addressOf({ url = '' }: IncomingMessage): [path: string, query: URLSearchParams] {
  const [path = '', ...query] = url.split('?');
  return [path, new URLSearchParams(query.join('?'))];
}

function pageFor(redirect: Redirect): Page {
  if (redirect.kind === 'approved') {
    return APPROVED;
  }
  const title =
    redirect.kind === 'refused' ? 'Fortnox is not connected' : 'Not the expected answer';
  return { status: 400, title, text: [redirect.refusal.message, redirect.refusal.hint] };
}

/** Says that the page is with the browser, or the beginning of one that is open; or that the browser is gone. */
function send(response: ServerResponse, page: Page, onSent: () => void): void {
  const body = renderPage(page);
  const length = page.isOpen ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const headers = { ...PAGE_HEADERS, ...page.headers, ...length };
  response.writeHead(page.status, page.status === 405 ? { ...headers, allow: 'GET' } : headers);
  response.once('close', onSent);
  if (page.isOpen) {
    response.write(body, onSent);
  } else {
    response.end(body);
  }
}
