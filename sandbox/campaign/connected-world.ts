import type { RunResult } from '../engine/run.js';
import type { Company } from '../fortnox/company.js';
import type { SettingsStore } from '../hub/settings.js';
import { type Latency, slow } from '../net/latency.js';
import type { RunChanges } from '../world.js';
import { World } from '../world.js';
import { connect, copySettings, REDIRECT_URI, START } from './connect.js';
import { Ledger } from './ledger.js';
import type { Material } from './material.js';
import type { Properties } from './properties.js';
import type { Random } from './random.js';
import { CallBook, FLOWS, type RunPlan, sentenceOf, watched } from './run-plan.js';
import type { RunRecord } from './run-record.js';
import { storedIn, TOKEN_SETTING } from './stored.js';
import { Truth } from './truth.js';

/** A world with a company connected in it, a Hub that can be killed, and a trace of what happened. */
export class ConnectedWorld {
  readonly world: World;
  readonly ledger: Ledger;
  readonly truth: Truth;
  /** What happened, for a person to read. */
  readonly trace: string[] = [];
  readonly runs: RunRecord[] = [];
  /** The company that was activated last; undefined where that failed, as it may have been stored all the same. */
  tenantId: number | undefined;
  /** When the database was restored from a backup, and when a write came late; 0 where it never happened. */
  restoredAt = 0;
  lateWriteAt = 0;
  /** Secret of the app at Fortnox. */
  secret = 'secret';
  /** Told each run as it ends. */
  onEnd: (run: RunRecord) => void = () => undefined;
  readonly #hubs: SettingsStore[];
  readonly #material: Material;
  readonly #calls = new CallBook(this.runs);
  readonly #ahead: () => number;
  #life = new AbortController();
  #killed: RunPlan[] = [];

  constructor(
    material: Material,
    random: Random,
    readonly properties: Properties,
    readonly clientCredentials: boolean,
    latency: Latency = properties.latency,
  ) {
    this.#material = material;
    const { put, search, settingsMap, expiresIn, accessTokens, gracePeriod } = properties;
    this.ledger = new Ledger(() => this.world.clock.now());
    this.#ahead = () => (random.chance(0.5) ? properties.nodeOff : 0);
    this.world = new World({
      start: START,
      resourcesDir: material.resourcesDir,
      scripts: material.scripts,
      modes: { put, search, settingsMap },
      fortnoxModes: {
        ...{ expiresIn, accessTokens, gracePeriod },
        secret: (kind, nth, tenantId) => this.#secretOf(kind, nth, tenantId),
      },
      fortnoxAhead: properties.fortnoxOff,
      latency: slow({ hub: latency, fortnox: latency }, () => random.next()),
      onCall: (call, fault) => {
        const name = fault && (fault.name ?? fault.kind);
        this.note(`${call.run} ${call.task}${name ? `: ${name}` : ''}`);
        this.#calls.made(call, name);
      },
      onAnswer: (call, status) => this.#calls.answered(call, status),
      onWrite: ({ key, value }, hub) =>
        hub === 0 && key === TOKEN_SETTING && this.ledger.stored(value),
      workflows: (hub) => ({
        has: (key) => key === material.refresh.id,
        run: (_key, variables) => this.refresh(hub, variables),
      }),
    });
    this.#hubs = [this.world.settings];
    const { fortnox, clock } = this.world;
    this.truth = new Truth(() => clock.now(), fortnox, 'id');
    this.ledger.delivered(connect(this, clientCredentials), 0);
    this.tenantId = fortnox.company().tenantId;
  }

  /** @returns the settings of a Hub; undefined where there is none */
  settingsOf(hub: number): SettingsStore | undefined {
    return this.#hubs[hub];
  }

  /** @returns how many Hubs there are */
  hubs(): number {
    return this.#hubs.length;
  }

  /** Copies the settings to one more Hub, which then runs as well. */
  copyHub(): void {
    const copy = this.world.addHub();
    copySettings(this.world.settings, copy);
    this.#hubs.push(copy);
  }

  /** Notes a line of the trace. */
  note(text: string): void {
    const seconds = (this.world.clock.now() - START) / 1000;
    const days = Math.floor(seconds / 86_400);
    this.trace.push(`day ${days} +${(seconds - days * 86_400).toFixed(1)} s  ${text}`);
  }

  /** Kills the Hubs with every run on them; what a call has set going elsewhere goes on. @returns the runs, for `resume` */
  kill(isForgotten: boolean): readonly RunPlan[] {
    if (isForgotten) {
      this.ledger.died();
    }
    this.#killed = [];
    this.#life.abort();
    this.#life = new AbortController();
    return this.#killed;
  }

  /** Lets a run go on from where it was killed. */
  async resume(killed: RunPlan): Promise<void> {
    const { ok } = await this.#run(killed);
    if (ok && killed.tenantId !== undefined) {
      this.tenantId = killed.tenantId;
    }
  }

  /** Runs the refresh flow to its end. @param variables of the run, such as its `input` */
  refresh(hub = 0, variables: Record<string, unknown> = {}): Promise<RunResult> {
    return this.#run({ kind: 'refresh', hub, variables });
  }

  /** A person approves for a company and brings the code; one that succeeds says whose the tokens are. */
  async activate(company: Company, replaceCompany = true): Promise<RunResult> {
    const { fortnox } = this.world;
    const scope = 'customer invoice companyinformation';
    const code = fortnox.approve('id', REDIRECT_URI, scope, this.clientCredentials, company);
    const { tenantId } = company;
    const variables = { input: { code, redirectURI: REDIRECT_URI, replaceCompany } };
    const before = this.tenantId;
    this.tenantId = undefined;
    const result = await this.#run({ kind: 'activation', hub: 0, variables, tenantId });
    const isOther = /\[(other|unknown)-company\]$/.test(result.error?.message ?? '');
    this.tenantId = result.ok ? tenantId : isOther ? before : undefined;
    return result;
  }

  /** Fires the schedule, which runs the refresh flow. */
  fireSchedule(hub = 0): Promise<RunResult> {
    return this.#run({ kind: 'schedule', hub });
  }

  async #run(plan: RunPlan): Promise<RunResult> {
    const { kind, hub, variables = {}, tenantId, saved, earlier } = plan;
    const name = `${kind} ${this.runs.length + 1}${hub > 0 ? ' of the second Hub' : ''}`;
    const { clock } = this.world;
    const started = clock.now();
    const from = earlier?.from ?? started;
    const { signal } = this.#life;
    const before = earlier?.before ?? storedIn(this.#hubs[hub]);
    const isScheduled =
      (variables.input as { scheduled?: unknown } | undefined)?.scheduled === true;
    const past = { calls: [...(earlier?.calls ?? [])], tokens: [...(earlier?.tokens ?? [])] };
    const more = tenantId === undefined ? {} : { tenantId };
    const run: RunRecord = {
      name,
      kind,
      hub,
      isScheduled,
      from,
      to: from,
      before,
      isKilled: false,
      ...past,
      ...more,
    };
    this.runs.push(run);
    this.note(`${name} ${earlier ? 'is resumed' : 'begins'}`);
    const changes: RunChanges = {
      ...{ signal, variables, name, hub, saved, ahead: this.#ahead() },
      elements: this.#material.elements,
      between: (services) => watched(services, run, signal, this.ledger),
      onStopped: (state) => this.#killed.push({ ...plan, saved: state, earlier: run }),
    };
    run.result = await this.world.run(this.#material[FLOWS[kind]], changes);
    run.to = clock.now();
    run.isKilled = signal.aborted;
    const how = run.result.ok ? 'answers' : `fails: ${sentenceOf(run.result)}`;
    this.note(`${name} ${how} (${((run.to - started) / 1000).toFixed(1)} s)`);
    this.onEnd(run);
    return run.result;
  }

  #secretOf(kind: string, nth: number, tenantId: number): string {
    const secret = `${kind}-${nth}`;
    if (kind === 'refresh') {
      this.ledger.rotated(secret, tenantId);
    }
    return secret;
  }
}
