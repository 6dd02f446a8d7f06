import { type Dispatcher, fetch, type Response } from 'undici';
import type { Context } from '../core/context.js';
import { type BlueprintError, InterruptedError } from '../core/errors.js';
import { parseJson } from '../core/json.js';
import { sleep } from '../core/sleep.js';
import type { Connection } from '../options/connection.js';
import { isPage, refusal } from './refusal.js';
import { type HubAnswer, type HubRequest, isAnswer } from './request.js';
import { RETRIES, retryAfter, waitBefore } from './retry.js';
import { unreachable } from './unreachable.js';

type Attempt =
  | { readonly answer: HubAnswer }
  | { readonly failure: BlueprintError; readonly retryAfterMs?: number | undefined };

/** The one place that talks HTTP: time-outs, retries, and failures in plain words. */
export class HubHttp {
  readonly #connection: Connection;
  readonly #dispatcher: Dispatcher;
  readonly #context: Context;
  /** Aborts at Ctrl-C, and when the connections are closed. */
  readonly #ending = new AbortController();
  readonly #running = new Set<AbortController>();
  /** How many requests were sent, repeated ones included. */
  requests = 0;

  constructor(connection: Connection, dispatcher: Dispatcher, context: Context) {
    this.#connection = connection;
    this.#dispatcher = dispatcher;
    this.#context = context;
    context.signal.addEventListener('abort', () => this.#end());
  }

  /** @returns a text of the Hub as it may be shown */
  safe(text: string): string {
    return this.#context.output.safe(text);
  }

  /**
   * Sends a request, up to three times more where that is safe.
   *
   * @throws BlueprintError with exit code 4, 5 or 6
   */
  async send(request: HubRequest): Promise<HubAnswer> {
    const retries = request.repeatable === false ? 0 : RETRIES;
    for (let attempt = 0; ; attempt += 1) {
      const attempted = await this.#attempt(request);
      if ('answer' in attempted) {
        return attempted.answer;
      }
      const { failure, retryAfterMs } = attempted;
      if (attempt >= retries || !failure.mayPass) {
        throw failure;
      }
      const wait = waitBefore(attempt, retryAfterMs, Math.random());
      const seconds = (wait / 1000).toFixed(wait < 10_000 ? 1 : 0);
      this.#context.output.progress(
        `${failure.message} Trying again in ${seconds} s (${attempt + 1} of ${retries})`,
      );
      await sleep(wait, this.#ending.signal);
    }
  }

  /** Closes the connections, and gives up what is still being tried. */
  async close(): Promise<void> {
    this.#end();
    await this.#dispatcher.destroy();
  }

  #end(): void {
    this.#ending.abort();
    for (const request of this.#running) {
      request.abort();
    }
  }

  async #attempt(request: HubRequest): Promise<Attempt> {
    const { apiUrl, timeoutMs } = this.#connection;
    const address = new URL(apiUrl + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      address.searchParams.set(name, value);
    }
    const limit = request.timeoutMs ?? timeoutMs;
    const started = performance.now();
    const note = (result: string) => {
      const took = Math.round(performance.now() - started);
      this.#context.output.detail(`${request.method} ${address.pathname} ${result} ${took} ms`);
    };
    // Between two requests, too, Ctrl-C must be heeded.
    if (this.#ending.signal.aborted) {
      throw new InterruptedError();
    }
    this.requests += 1;
    // Not AbortSignal.timeout: its timer does not keep the process waiting, and Node 20 may collect it too early.
    const limited = new AbortController();
    const timer = setTimeout(
      () => limited.abort(new DOMException('time-out', 'TimeoutError')),
      limit,
    );
    this.#running.add(limited);
    try {
      const response = await this.#fetch(address, request, limited.signal);
      const body = await response.text();
      note(String(response.status));
      return this.#judge(request, response, body);
    } catch (error) {
      if (this.#ending.signal.aborted) {
        throw new InterruptedError();
      }
      note('failed');
      const { env } = this.#context;
      const isProxied =
        (env.https_proxy ?? env.HTTPS_PROXY ?? env.http_proxy ?? env.HTTP_PROXY ?? '') !== '';
      return {
        failure: unreachable(error, { host: address.host, seconds: limit / 1000, isProxied }),
      };
    } finally {
      clearTimeout(timer);
      this.#running.delete(limited);
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

  #judge(request: HubRequest, response: Response, body: string): Attempt {
    const { status, headers } = response;
    const json = parseJson(body);
    const { method, path } = request;
    const contentType = headers.get('content-type') ?? '';
    if (isAnswer(request, status, json, isPage({ contentType, body }))) {
      return { answer: { status, json: json ?? null } };
    }
    const location = headers.get('location');
    const bad = { status, location, contentType, body, method, path };
    return {
      failure: refusal(bad, (text) => this.safe(text)),
      retryAfterMs: retryAfter(headers.get('retry-after'), this.#context.now()),
    };
  }
}
