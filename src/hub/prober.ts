import type { Dispatcher } from 'undici';
import type { Context } from '../core/context.js';
import { BlueprintError, InterruptedError } from '../core/errors.js';
import { stopAt } from '../core/sleep.js';
import type { Connection } from '../options/connection.js';
import { answerJson } from './answer-limits.js';
import { isPage } from './bad-answers.js';
import { dispatcherFor } from './dispatcher.js';
import { exchange } from './exchange.js';
import { otherProtocol } from './probe.js';
import { refusal } from './refusal.js';
import { isProxied, unreachable } from './unreachable.js';

/** A single request whose answer is to be looked at, whatever it is. */
export interface ProbeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With a slash in front; no secret in it. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /**
   * What the path is below: the API (default), what the API's own path is below, the host, whatever the path, or the
   * web app, which gets no token.
   */
  readonly below?: 'api' | 'host' | 'origin' | 'app';
  /** Takes back what another request did, and so is sent after Ctrl-C too; it gets little time then. */
  readonly isCleanUp?: boolean;
}

/** What came back: an answer, good or bad, or the reason why there was none. */
export type Probed = { readonly answer: ProbeAnswer } | { readonly failure: BlueprintError };

/** An answer as it came. */
export interface ProbeAnswer {
  readonly status: number;
  /** Undefined where the body is not valid JSON. */
  readonly json: unknown;
  readonly body: string;
  readonly isPage: boolean;
  /** The header Date, in milliseconds since 1970; undefined where there is none that can be read. */
  readonly date: number | undefined;
  /** From sending the request to the end of the answer, in milliseconds. */
  readonly tookMs: number;
  /** What is wrong with it, in plain words, where it is taken for a failure. */
  readonly refusal: () => BlueprintError;
}

/** What sends probes. */
export interface Prober {
  /** How many requests were sent. */
  readonly requests: number;
  /** Sends one request, once. @throws InterruptedError at Ctrl-C */
  probe(request: ProbeRequest): Promise<Probed>;
}

/** After Ctrl-C the program ends within two seconds. */
const CLEAN_UP_MS = 1500;

/** Sends requests one by one, never again, and follows no redirect: what comes back is what was asked for. */
export class HubProber implements Prober {
  readonly #connection: Connection;
  readonly #context: Context;
  readonly #dispatcher: Dispatcher;
  requests = 0;

  constructor(connection: Connection, context: Context) {
    this.#connection = connection;
    this.#context = context;
    this.#dispatcher = dispatcherFor(connection, context);
  }

  /** Sends one request, once. @throws InterruptedError at Ctrl-C */
  async probe(request: ProbeRequest): Promise<Probed> {
    const { signal, output, env } = this.#context;
    const isLate = signal.aborted;
    if (isLate && !request.isCleanUp) {
      throw new InterruptedError();
    }
    const address = this.#address(request);
    const limit = isLate ? CLEAN_UP_MS : this.#connection.timeoutMs;
    const limited = new AbortController();
    const stop = () => limited.abort();
    const timer = setTimeout(
      () => limited.abort(new DOMException('time-out', 'TimeoutError')),
      limit,
    );
    const release = request.isCleanUp ? undefined : stopAt(signal, stop);
    this.requests += 1;
    const started = performance.now();
    const took = () => performance.now() - started;
    const note = (result: string) =>
      output.detail(`${request.method} ${address.pathname} ${result} ${Math.round(took())} ms`);
    try {
      const answer = await this.#fetch(address, request, limited);
      note(String(answer.status));
      return { answer: { ...answer, tookMs: took() } };
    } catch (error) {
      if (signal.aborted && !request.isCleanUp) {
        throw new InterruptedError();
      }
      note('failed');
      if (error instanceof BlueprintError) {
        return { failure: error };
      }
      const proxied = isProxied(env);
      const target = { host: address.host, seconds: limit / 1000, isProxied: proxied };
      const failure = unreachable(error, target);
      const isOwn = !proxied && request.below !== 'app';
      const { apiUrl } = this.#connection;
      return { failure: isOwn ? await otherProtocol(failure, apiUrl, signal) : failure };
    } finally {
      clearTimeout(timer);
      release?.();
    }
  }

  /** Closes the connections. */
  close(): Promise<void> {
    return this.#dispatcher.destroy();
  }

  #address({ below, path, query = {} }: ProbeRequest): URL {
    const { apiUrl, appUrl } = this.#connection;
    const host = apiUrl.replace(/\/api\/v\d+$/, '');
    const { origin } = new URL(apiUrl);
    const bases = { api: apiUrl, host, origin, app: appUrl ?? host };
    const address = new URL(bases[below ?? 'api'] + path);
    for (const [name, value] of Object.entries(query)) {
      address.searchParams.set(name, value);
    }
    return address;
  }

  async #fetch(
    address: URL,
    { method, path, body: sent, below }: ProbeRequest,
    limited: AbortController,
  ): Promise<Omit<ProbeAnswer, 'tookMs'>> {
    const { status, header, body } = await exchange(this.#dispatcher, address, {
      method,
      accept: 'application/json, text/html;q=0.5',
      authorization: below === 'app' ? undefined : this.#connection.token,
      body: sent,
      limited,
    });
    const contentType = header('content-type') ?? '';
    const location = header('location') ?? null;
    const date = Date.parse(header('date') ?? '');
    const { apiUrl } = this.#connection;
    const bad = { status, location, contentType, body, method, path, apiUrl };
    return {
      status,
      body,
      json: answerJson(body),
      isPage: isPage({ contentType, body }),
      date: Number.isNaN(date) ? undefined : date,
      refusal: () => refusal(bad, (text) => this.#context.output.safe(text)),
    };
  }
}
