import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { stopAt } from '../core/sleep.js';
import { answerText } from './answer-limits.js';
import { sendBy } from './undici.js';

/** An HTTP request, as it goes out. */
export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly accept: string;
  /** The whole value of the authorization header; undefined where none is sent. */
  readonly authorization: string | undefined;
  /** Sent as JSON; undefined where there is none. */
  readonly body: unknown;
  /** Aborting it ends the request, with its reason. */
  readonly limited: AbortController;
}

/** An HTTP answer, read to its end. */
export interface Incoming {
  readonly status: number;
  /** @returns a header by its name in lower case; the first where it came more than once */
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/**
 * Sends a request once, and reads the answer. No redirect is followed.
 *
 * @throws BlueprintError where the answer is larger than any Hub's; whatever the connection failed with
 */
export async function exchange(
  dispatcher: Dispatcher,
  address: URL,
  { method, accept, authorization, body, limited }: Outgoing,
): Promise<Incoming> {
  const sent = sendBy(dispatcher, {
    origin: address.origin,
    path: address.pathname + address.search,
    method,
    signal: limited.signal,
    headers: {
      accept,
      'accept-encoding': 'gzip',
      // Some firewalls let nothing through that does not say what it is.
      'user-agent': 'fortnox-blueprint',
      ...(authorization !== undefined && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = await unlessAborted(sent, limited.signal);
  const header = (name: string) => [answer.headers[name]].flat()[0];
  const plain = await unpacked(answer.body, header('content-encoding'));
  const text = await answerText(plain, (failure) => limited.abort(failure));
  return { status: answer.statusCode, header, body: text };
}

/**
 * undici looks at the signal only once it is connected: until then, the look-up of a name and a greeting of TLS would be
 * waited for.
 */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const release = stopAt(signal, () => reject(signal.reason));
    work.then(resolve, reject).finally(release);
  });
}

/** @returns the body as it was before it was packed; as it came where it is packed in a way that was not asked for */
async function unpacked(body: Readable, encoding: string | undefined): Promise<Readable> {
  if (!/^(x-)?gzip$/i.test(encoding?.trim() ?? '')) {
    return body;
  }
  const [{ createGunzip }, { pipeline }] = await Promise.all([
    import('node:zlib'),
    import('node:stream'),
  ]);
  // What goes wrong is thrown where the result is read.
  return pipeline(body, createGunzip(), () => undefined);
}
