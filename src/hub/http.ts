import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, fetch, type Response } from 'undici';
import type { Connection } from '../config/connection.js';
import type { Context } from '../context.js';
import { InterruptedError } from '../errors.js';
import { refusal, unreachable } from './failures.js';

/** A request to the Hub's API. */
export interface HubRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the API's address, with a slash in front; no secret in it. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** May be sent again when nobody knows whether it arrived; default true. */
  readonly repeatable?: boolean;
  /** Statuses that are answers, not failures. */
  readonly accept?: readonly number[];
  /** In place of the connection's time-out. */
  readonly timeoutMs?: number;
}

/** An answer of the Hub: a status and its JSON, or null where there was no body. */
export interface HubAnswer {
  readonly status: number;
  readonly json: unknown;
}

const RETRIES = 3;
const RETRIED = [429, 502, 503, 504];
/** Codes of failures that another try would meet again. */
const LASTING = /^hub_(certificate_|name_unknown|no_tls)/;
const LONGEST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 300;

/** The one place that talks HTTP: time-outs, retries, and failures in plain words. */
export class HubHttp {
  readonly #connection: Connection;
  readonly #dispatcher: Dispatcher;
  readonly #context: Context;
  /** Aborts at Ctrl-C, and when the connections are closed. */
  readonly #ending = new AbortController();
  /** How many requests were sent, repeated ones included. */
  requests = 0;

  constructor(connection: Connection, dispatcher: Dispatcher, context: Context) {
    this.#connection = connection;
    this.#dispatcher = dispatcher;
    this.#context = context;
    // Every request that is under way listens to it.
    setMaxListeners(0, this.#ending.signal);
    context.signal.addEventListener('abort', () => this.#ending.abort());
  }

  /**
   * Sends a request, up to three times more where that is safe.
   *
   * @throws BlueprintError with exit code 4, 5 or 6
   */
  async send(request: HubRequest): Promise<HubAnswer> {
    const retries = request.repeatable === false ? 0 : RETRIES;
    for (let attempt = 0; ; attempt += 1) {
      const isLast = attempt >= retries;
      const outcome = await this.#attempt(request);
      if ('answer' in outcome) return outcome.answer;
      if (isLast || !outcome.isTemporary) throw outcome.failure;
      const backoff = FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random());
      await this.#wait(Math.min(outcome.retryAfterMs ?? backoff, LONGEST_WAIT_MS));
    }
  }

  /** Closes the connections, and gives up what is still being tried. */
  async close(): Promise<void> {
    this.#ending.abort();
    await this.#dispatcher.destroy();
  }

  async #attempt(request: HubRequest): Promise<Outcome> {
    const { apiUrl, timeoutMs } = this.#connection;
    const address = new URL(apiUrl + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) address.searchParams.set(name, value);
    const limit = request.timeoutMs ?? timeoutMs;
    const started = performance.now();
    const note = (result: string) => {
      const took = Math.round(performance.now() - started);
      this.#context.output.detail(`${request.method} ${address.pathname} ${result} ${took} ms`);
    };
    this.requests += 1;
    // Not AbortSignal.timeout: its timer does not keep the process waiting, and Node 20 may collect it too early.
    const limited = new AbortController();
    const stop = () => limited.abort();
    const timer = setTimeout(() => limited.abort(new DOMException('time-out', 'TimeoutError')), limit);
    this.#ending.signal.addEventListener('abort', stop);
    try {
      const response = await this.#fetch(address, request, limited.signal);
      const body = await response.text();
      note(String(response.status));
      return this.#judge(request, response, body);
    } catch (error) {
      if (this.#ending.signal.aborted) throw new InterruptedError();
      note('failed');
      const failure = unreachable(error, address.host, limit / 1000);
      return { failure, isTemporary: !LASTING.test(failure.code) };
    } finally {
      clearTimeout(timer);
      this.#ending.signal.removeEventListener('abort', stop);
    }
  }

  #fetch(address: URL, { method, body }: HubRequest, signal: AbortSignal): Promise<Response> {
    return fetch(address, {
      method,
      dispatcher: this.#dispatcher,
      redirect: 'manual',
      signal,
      headers: {
        accept: 'application/json',
        authorization: this.#connection.token,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  #judge(request: HubRequest, response: Response, body: string): Outcome {
    const { status, headers } = response;
    const isFine = (status >= 200 && status < 300) || request.accept?.includes(status) === true;
    const json = parsed(body);
    // A status that counts as an answer may come with any body. A success must be data; only a write may say nothing.
    const isData = json !== undefined && (json !== null || body.trim() !== '' || request.method !== 'GET');
    if (isFine && (isData || status >= 400)) return { answer: { status, json: json ?? null } };
    const { method, path } = request;
    const contentType = headers.get('content-type') ?? '';
    const failure = refusal({ status, location: headers.get('location'), contentType, body, method, path });
    const after = Number(headers.get('retry-after'));
    return {
      failure,
      isTemporary: RETRIED.includes(status),
      ...(after > 0 && { retryAfterMs: after * 1000 }),
    };
  }

  async #wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#ending.signal }).catch(() => {
      throw new InterruptedError();
    });
  }
}

type Outcome =
  | { readonly answer: HubAnswer }
  | { readonly failure: Error; readonly isTemporary: boolean; readonly retryAfterMs?: number };

/** @returns the JSON, null for an empty body, undefined where it is no JSON */
function parsed(body: string): unknown {
  if (body.trim() === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
