import { CachedScripts, type ScriptCache } from '../engine/cached-scripts.js';
import type { ParsedFlow } from '../engine/flow.js';
import { prunedElements } from '../engine/pruned.js';
import { type RunResult, runFlow, type Service, type ServiceCallback } from '../engine/run.js';
import { SimulatedClock } from '../engine/simulated-clock.js';
import { Company, type Rotation } from './company.js';
import { type Fault, FaultPlan, type Target } from './faults.js';
import { type HubMode, HubStore } from './hub-store.js';
import type { Random } from './random.js';

const START = Date.parse('2026-01-01T00:00:00.000Z');

/** The flows that a history runs, read once, and where their scripts are. */
export interface Material {
  readonly refresh: ParsedFlow;
  readonly schedule: ParsedFlow;
  readonly resourcesDir: string;
  readonly scripts: ScriptCache;
}

interface Reply {
  readonly statusCode: number;
  readonly body: unknown;
  /** Called when the answer reaches a flow that is alive. */
  readonly arrives?: () => void;
}

/** A Hub, a Fortnox and the time between them, in one process; calls take simulated time and can go wrong. */
export class World {
  readonly clock = new SimulatedClock(START);
  readonly faults = new FaultPlan();
  readonly company: Company;
  readonly store: HubStore;
  /** What happened, for a person to read. */
  readonly trace: string[] = [];
  calls = 0;
  runs = 0;
  readonly #material: Material;
  readonly #random: Random;
  #life = new AbortController();

  constructor(
    material: Material,
    random: Random,
    options: { mode: HubMode; clientCredentials: boolean },
  ) {
    this.#material = material;
    this.#random = random;
    this.company = new Company(options.clientCredentials);
    const now = this.clock.now();
    const issued = {
      ...this.company.activate(now),
      scope: 'customer invoice',
      token_type: 'bearer',
      expires_in: 3600,
      timestamp: new Date(now).toISOString(),
    };
    const kept = { tenant_id: this.company.tenantId, refresh_token_timestamp: issued.timestamp };
    // Half of the connections were stored by the manual blueprint, which kept less.
    const token = random.chance(0.5) ? issued : { ...issued, ...kept };
    this.store = new HubStore(
      options.mode,
      { _fortnox_app_clientid: 'id', _fortnox_app_clientsecret: 'secret' },
      token,
    );
  }

  /** Notes a line of the trace. */
  note(text: string): void {
    const seconds = (this.clock.now() - START) / 1000;
    const days = Math.floor(seconds / 86_400);
    this.trace.push(`day ${days} +${(seconds - days * 86_400).toFixed(1)} s  ${text}`);
  }

  /** Kills the Hub with every run on it; what a call has set going elsewhere goes on. */
  kill(): void {
    this.note('the Hub is killed');
    for (const rotation of this.company.rotations) {
      if (!rotation.stored) {
        rotation.orphaned = true;
      }
    }
    this.#life.abort();
    this.#life = new AbortController();
  }

  /** Runs the refresh flow to its end. */
  refresh(): Promise<RunResult> {
    return this.#run(this.#material.refresh, 'refresh');
  }

  /** Fires the schedule, which runs the refresh flow. */
  fireSchedule(): Promise<RunResult> {
    return this.#run(this.#material.schedule, 'schedule');
  }

  async #run(flow: ParsedFlow, kind: string): Promise<RunResult> {
    this.runs += 1;
    const name = `${kind} ${this.runs}`;
    const { signal } = this.#life;
    this.note(`${name} begins`);
    const service: Service = (input, message, callback) =>
      this.#call(name, signal, input, message, callback);
    const started = this.clock.now();
    const result = await runFlow({
      flow,
      resourcesDir: this.#material.resourcesDir,
      variables: {},
      services: {
        httpRequest: service,
        onifyApiRequest: service,
        onifyElevatedApiRequest: service,
      },
      scripts: new CachedScripts(
        flow.id,
        this.#material.resourcesDir,
        { Date: this.clock.Date },
        this.#material.scripts,
      ),
      timers: this.clock.timers(),
      elements: prunedElements,
      signal,
    });
    const took = ((this.clock.now() - started) / 1000).toFixed(1);
    this.note(
      `${name} ${result.ok ? 'answers' : `fails: ${result.error?.message.slice(0, 70)}`} (${took} s)`,
    );
    return result;
  }

  #call(
    run: string,
    signal: AbortSignal,
    input: Record<string, unknown>,
    message: unknown,
    callback: ServiceCallback,
  ): void {
    this.calls += 1;
    const task = (message as { content: { id: string } }).content.id;
    const reply = (error: unknown, result?: unknown) => {
      if (!signal.aborted) {
        callback(error, result);
      }
    };
    if (String(input.url).startsWith('/my/workflows/run/')) {
      this.#runNested(reply);
      return;
    }
    const target: Target =
      input.form !== undefined ? 'fortnox' : input.method === undefined ? 'read' : 'write';
    const fault = this.faults.next(target, this.clock.now());
    this.note(`${run} ${task}${fault ? `: ${fault.name}` : ''}`);
    this.#travel(signal, input, target, fault, reply);
  }

  /** A call on its way: the request arrives, the server works, the answer comes back, or not. */
  #travel(
    signal: AbortSignal,
    input: Record<string, unknown>,
    target: Target,
    fault: Fault | undefined,
    reply: ServiceCallback,
  ): void {
    const there = this.#random.whole(10, 120);
    const back = this.#random.whole(10, 120) + (fault?.late ?? 0) * 1000;
    const limit = (input.timeout as { request?: number } | undefined)?.request;
    let isOver = false;
    const end: ServiceCallback = (error, result) => {
      if (isOver) {
        return;
      }
      isOver = true;
      reply(error, result);
    };
    if (limit !== undefined) {
      this.clock.after(limit, () => end(failure('ETIMEDOUT')));
    }
    if (fault?.cut === 'ECONNREFUSED') {
      return void this.clock.after(there, () => end(failure('ECONNREFUSED')));
    }
    this.clock.after(there, () => {
      const done = fault && !fault.works ? undefined : this.#serve(target, input);
      if (fault?.cut) {
        this.clock.after(back, () => end(failure('ECONNRESET')));
        return;
      }
      const answer: Reply | undefined =
        fault?.answer ?? (fault && fault.late === undefined ? undefined : done);
      if (!answer) {
        return;
      }
      this.clock.after(back, () => {
        if (!isOver && !signal.aborted) {
          answer.arrives?.();
        }
        end(null, { headers: {}, statusCode: answer.statusCode, body: answer.body });
      });
    });
  }

  #serve(target: Target, input: Record<string, unknown>): Reply {
    if (target === 'read') {
      return { statusCode: 200, body: this.store.map() };
    }
    if (target === 'fortnox') {
      const headers = input.headers as Record<string, string>;
      const answer = this.company.token(
        input.form as Record<string, string>,
        headers.TenantId,
        this.clock.now(),
      );
      return { ...answer, arrives: () => answer.rotation && this.#deliver(answer.rotation) };
    }
    const written = this.store.write(
      String(input.method),
      input.payload as Record<string, unknown>,
    );
    const refreshToken = this.store.refreshToken();
    for (const rotation of this.company.rotations) {
      if (rotation.refreshToken === refreshToken) {
        rotation.stored = true;
      }
    }
    return written;
  }

  #deliver(rotation: Rotation): void {
    rotation.delivered = true;
    rotation.deliveredAt = this.clock.now();
  }

  #runNested(reply: ServiceCallback): void {
    this.refresh().then(
      (result) =>
        reply(null, {
          headers: {},
          statusCode: result.ok ? 200 : 500,
          body: result.ok ? { output: result.output.output } : { error: result.error },
        }),
      (error: unknown) => reply(error),
    );
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
