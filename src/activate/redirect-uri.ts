/** Where a redirect URI leads that this program can listen at. */
export interface Loopback {
  /** The addresses to listen on. */
  readonly bind: readonly string[];
  readonly port: number;
  /** Scheme, host and port. */
  readonly origin: string;
  /** The path, as it stands in a request. */
  readonly path: string;
  /** The Host headers that a browser sends there. */
  readonly hostHeaders: readonly string[];
}

/** A checked redirect URI. */
export interface RedirectUri {
  /** As the person wrote it: Fortnox compares it with the registered one character by character. */
  readonly text: string;
  /** Undefined where this program cannot listen: another computer's address, or https. */
  readonly loopback: Loopback | undefined;
}

/** What the manual blueprint and the form use; it has to be registered for the app in Fortnox. */
export const DEFAULT_REDIRECT_URI = 'http://localhost:2022';

const BIND: ReadonlyMap<string, readonly string[]> = new Map([
  ['localhost', ['127.0.0.1', '::1']],
  ['127.0.0.1', ['127.0.0.1']],
  ['[::1]', ['::1']],
]);

/**
 * Reads a redirect URI (RFC 6749, section 3.1.2): absolute, http or https, no fragment, no user, no password.
 *
 * @param text as a person gives it
 * @returns the checked URI, or a sentence that says what is wrong with it. The text is not repeated in the sentence,
 *   as it may hold a password.
 */
export function readRedirectUri(text: string): RedirectUri | { readonly problem: string } {
  const requested = text.trim();
  const problem = problemOf(requested);
  return problem === undefined
    ? { text: requested, loopback: loopbackOf(new URL(requested)) }
    : { problem: `The redirect URI ${problem}.` };
}

function problemOf(text: string): string | undefined {
  if (text === '') {
    return 'is empty';
  }
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) {
    return 'is not an absolute http or https address';
  }
  // The address is compared as text, so what a browser would silently repair is refused.
  if (/[^\x21-\x7e]/.test(text)) {
    return 'holds a space or a letter that must be encoded';
  }
  const { username, password, port } = new URL(text);
  if (username !== '' || password !== '') {
    return 'holds a user name or a password';
  }
  if (text.includes('#')) {
    return 'has a fragment (#), which RFC 6749 does not allow';
  }
  return port === '0' ? 'names port 0, which no browser can open' : undefined;
}

function loopbackOf(url: URL): Loopback | undefined {
  const bind = BIND.get(url.hostname);
  if (url.protocol !== 'http:' || bind === undefined) {
    return undefined;
  }
  const port = url.port === '' ? 80 : Number(url.port);
  const names = [...BIND.keys()];
  // A browser leaves the default port out of the header.
  const hostHeaders = names.flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  );
  return { bind, port, origin: url.origin, path: url.pathname, hostHeaders };
}
