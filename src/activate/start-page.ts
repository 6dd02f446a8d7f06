import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Page } from './page.js';
import { isSameState } from './state.js';

const COOKIE = 'fortnox-activation';

const OPENED: Page = {
  status: 410,
  title: 'Already opened',
  text: [
    'This address was opened in another browser, and works once. Go on there.',
    'To use this browser, end the program with Ctrl-C and activate again with --no-browser.',
  ],
};

/**
 * The page that the browser is sent to first. It sets a cookie and leads on to Fortnox, so that the redirect counts only
 * from that browser: another user of this computer can neither see the state, as the activation URL itself is in no
 * process list, nor bring a code of his own.
 */
export interface StartPage {
  /** Where it is, below the root. */
  readonly path: string;
  /** @param activationUrl where it leads on to */
  leadTo(activationUrl: string): void;
  /** @returns the page; undefined as long as it leads nowhere */
  page(request: IncomingMessage): Page | undefined;
  /** @returns whether a request comes from the browser that opened it; true as long as none has */
  isBound(request: IncomingMessage): boolean;
  isOpened(): boolean;
}

/** Makes one. */
export function startPage(): StartPage {
  const path = `/start-${randomBytes(16).toString('base64url')}`;
  const secret = randomBytes(32).toString('base64url');
  let target: string | undefined;
  let isOpened = false;
  const isBound = ({ headers }: IncomingMessage) =>
    !isOpened ||
    (headers.cookie ?? '').split(/; */).some((pair) => isSameState(`${COOKIE}=${secret}`, pair));
  return {
    path,
    leadTo: (activationUrl) => {
      target = activationUrl;
    },
    page: (request) => {
      if (target === undefined) {
        return undefined;
      }
      if (!isBound(request)) {
        return OPENED;
      }
      isOpened = true;
      return leadingTo(target, `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Lax`);
    },
    isBound,
    isOpened: () => isOpened,
  };
}

function leadingTo(location: string, cookie: string): Page {
  const headers = { location, 'set-cookie': cookie };
  return { status: 302, title: 'On to Fortnox', text: ['Fortnox opens now.'], headers };
}
