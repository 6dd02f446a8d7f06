import type { Dispatcher } from 'undici';
import type { Context } from '../core/context.js';
import { BlueprintError, InterruptedError } from '../core/errors.js';
import { sleep, stopAt } from '../core/sleep.js';
import type { Connection } from '../options/connection.js';
import { answerJson } from './answer-limits.js';
import { isPage } from './bad-answers.js';
import { exchange, type Incoming } from './exchange.js';
import { FirstAlone } from './first.js';
import { concernsAll, isMisled, locatedFailure } from './locate.js';
import { otherProtocol } from './probe.js';
import { refusal } from './refusal.js';
import { type HubAnswer, type HubRequest, isAnswer } from './request.js';
import { RETRIES, retryAfter, waitBefore } from './retry.js';
import { isProxied, unreachable } from './unreachable.js';

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
  readonly #first = new FirstAlone(concernsAll);
  /** How many requests were sent, repeated ones included. */
  requests = 0;

  constructor(connection: Connection, dispatcher: Dispatcher, context: Context) {
    this.#connection = connection;
    this.#dispatcher = dispatcher;
    this.#context = context;
    stopAt(context.signal, () => this.#end());
  }

  /** @returns a text of the Hub as it may be shown */
  safe(text: string): string {
    return this.#context.output.safe(text);
  }

  /**
   * Sends a request, up to three times more where that is safe. Until one has been answered, one alone is sent again: an
   * address that leads nowhere is tried again once for all that wait for it.
   *
   * @throws BlueprintError with exit code 4, 5 or 6
   */
  async send(request: HubRequest): Promise<HubAnswer> {
    const attempted = await this.#attempt(request);
    if ('answer' in attempted) {
      this.#first.hasSucceeded = true;
      return attempted.answer;
    }
    return this.#first.run(async () => {
      try {
        return await this.#sendAgain(request, attempted);
      } catch (error) {
        const mayBeElsewhere = error instanceof BlueprintError && isMisled(error.code);
        throw mayBeElsewhere && !this.#first.hasSucceeded ? await this.#located(error) : error;
      }
    });
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

  async #sendAgain(request: HubRequest, first: Attempt): Promise<HubAnswer> {
    const retries = request.repeatable === false ? 0 : RETRIES;
    let attempted = first;
    for (let attempt = 0; ; attempt += 1) {
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
      attempted = await this.#attempt(request);
    }
  }

  async #attempt(request: HubRequest): Promise<Attempt> {
    const address = new URL(this.#connection.apiUrl + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      address.searchParams.set(name, value);
    }
    const limit = request.timeoutMs ?? this.#connection.timeoutMs;
    try {
      return this.#judge(request, await this.#exchange(address, request, limit));
    } catch (error) {
      if (this.#ending.signal.aborted) {
        throw new InterruptedError();
      }
      if (error instanceof BlueprintError) {
        return { failure: error };
      }
      const proxied = isProxied(this.#context.env);
      const target = { host: address.host, seconds: limit / 1000, isProxied: proxied };
      const failure = unreachable(error, { ...target, isRun: request.isRun });
      const mayBeMistaken = !this.#first.hasSucceeded && !proxied;
      const { apiUrl } = this.#connection;
      const { signal } = this.#ending;
      return { failure: mayBeMistaken ? await otherProtocol(failure, apiUrl, signal) : failure };
    }
  }

  async #exchange(address: URL, { method, body }: HubRequest, limitMs: number): Promise<Incoming> {
    // Between two requests, too, Ctrl-C must be heeded.
    if (this.#ending.signal.aborted) {
      throw new InterruptedError();
    }
    this.requests += 1;
    const started = performance.now();
    const note = (result: string) => {
      const took = Math.round(performance.now() - started);
      this.#context.output.detail(`${method} ${address.pathname} ${result} ${took} ms`);
    };
    // Not AbortSignal.timeout: its timer does not keep the process waiting, and Node 20 may collect it too early.
    const limited = new AbortController();
    const timeout = () => limited.abort(new DOMException('time-out', 'TimeoutError'));
    const timer = setTimeout(timeout, limitMs);
    this.#running.add(limited);
    try {
      const accept = 'application/json';
      const outgoing = { method, accept, authorization: this.#connection.token, body, limited };
      const answer = await exchange(this.#dispatcher, address, outgoing);
      note(String(answer.status));
      return answer;
    } catch (error) {
      if (!this.#ending.signal.aborted) {
        note('failed');
      }
      throw error;
    } finally {
      clearTimeout(timer);
      this.#running.delete(limited);
    }
  }

  #judge(request: HubRequest, { status, header, body }: Incoming): Attempt {
    const json = answerJson(body);
    const { method, path, isRun } = request;
    const contentType = header('content-type') ?? '';
    if (isAnswer(request, status, json, isPage({ contentType, body }))) {
      return { answer: { status, json: json ?? null } };
    }
    const location = header('location') ?? null;
    const { apiUrl } = this.#connection;
    const bad = { status, location, contentType, body, method, path, apiUrl, isRun };
    return {
      failure: refusal(bad, (text) => this.safe(text)),
      retryAfterMs: retryAfter(header('retry-after') ?? null, this.#context.now()),
    };
  }

  /** Adds to a failure where the API is, where it is found on the same host. */
  #located(failure: BlueprintError): Promise<BlueprintError> {
    const { apiUrl, timeoutMs } = this.#connection;
    return locatedFailure(failure, apiUrl, async (address) => {
      const request = { method: 'GET', path: '' } as const;
      const { status, body } = await this.#exchange(address, request, timeoutMs);
      return { status, json: answerJson(body) };
    });
  }
}
