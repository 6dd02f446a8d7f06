import { type FlowServices, type RunResult, wrapped } from '../engine/run.js';
import type { Company } from '../fortnox/company.js';
import type { SettingsModes } from '../hub/modes.js';
import { type Latency, slow } from '../net/latency.js';
import type { RunChanges } from '../world.js';
import { World } from '../world.js';
import { Ledger } from './ledger.js';
import type { Material } from './material.js';
import type { Random } from './random.js';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const CLIENT = { id: 'id', secret: 'secret', redirectUris: ['http://localhost:2022'] };
const TOKEN_SETTING = '_fortnox_access_token';

/** How a world is connected. */
export interface Connection {
  readonly put: SettingsModes['put'];
  /** Default: the list shows a write at once. */
  readonly search?: SettingsModes['search'];
  /** Whether the company gave a service account's consent. */
  readonly clientCredentials: boolean;
  /** How long each call takes; default: 20 to 240 ms. */
  readonly latency?: Latency | undefined;
}

/** A world with a company connected in it, a Hub that can be killed, and a trace of what happened. */
export class ConnectedWorld {
  readonly world: World;
  readonly ledger: Ledger;
  /** What happened, for a person to read. */
  readonly trace: string[] = [];
  runs = 0;
  /** The company that was activated last; undefined where that failed, as it may have been stored all the same. */
  tenantId: number | undefined;
  readonly #material: Material;
  #life = new AbortController();
  /** Name of the run that makes the call of this moment. */
  #caller = '';

  constructor(
    material: Material,
    random: Random,
    { put, search = 'immediate', clientCredentials, latency }: Connection,
  ) {
    this.#material = material;
    const way = () => random.whole(10, 120);
    this.ledger = new Ledger(() => this.world.clock.now());
    this.world = new World({
      start: START,
      resourcesDir: material.resourcesDir,
      scripts: material.scripts,
      modes: { put, search },
      fortnoxModes: { secret: (kind, nth) => this.#secret(kind, nth) },
      latency: latency
        ? slow({ hub: latency, fortnox: latency }, () => random.next())
        : () => [way(), way()],
      onCall: ({ task }, fault) =>
        this.note(`${this.#caller} ${task}${fault ? `: ${fault.name ?? fault.kind}` : ''}`),
      onWrite: ({ key, value }) => key === TOKEN_SETTING && this.ledger.stored(value),
      workflows: {
        has: (key) => key === material.refresh.id,
        run: (_key, variables) => this.refresh(variables),
      },
    });
    // Half of the connections were stored by the manual blueprint, which kept less.
    this.#connect(clientCredentials, random.chance(0.5));
    this.tenantId = this.world.fortnox.company().tenantId;
  }

  /** Notes a line of the trace. */
  note(text: string): void {
    const seconds = (this.world.clock.now() - START) / 1000;
    const days = Math.floor(seconds / 86_400);
    this.trace.push(`day ${days} +${(seconds - days * 86_400).toFixed(1)} s  ${text}`);
  }

  /** Makes the next list of the settings lack the token. */
  hideToken(): void {
    this.note('the next list lacks the token');
    this.world.settings.hideOnce(TOKEN_SETTING);
  }

  /** Kills the Hub with every run on it; what a call has set going elsewhere goes on. */
  kill(): void {
    this.note('the Hub is killed');
    this.ledger.died();
    this.#life.abort();
    this.#life = new AbortController();
  }

  /** Runs the refresh flow to its end. @param variables of the run, such as its `input` */
  refresh(variables: Record<string, unknown> = {}): Promise<RunResult> {
    return this.#run(this.#material.refresh, 'refresh', variables);
  }

  /** A person approves for a company and brings the code; one that succeeds says whose the tokens are. */
  async activate(company: Company, isService: boolean): Promise<void> {
    const [redirectURI = ''] = CLIENT.redirectUris;
    const scope = 'customer invoice companyinformation';
    const code = this.world.fortnox.approve(CLIENT.id, redirectURI, scope, isService, company);
    this.note(`tenant ${company.tenantId} is activated`);
    this.tenantId = undefined;
    const input = { code, redirectURI, replaceCompany: true };
    if ((await this.#run(this.#material.activate, 'activation', { input })).ok) {
      this.tenantId = company.tenantId;
    }
  }

  /** Fires the schedule, which runs the refresh flow. */
  fireSchedule(): Promise<RunResult> {
    return this.#run(this.#material.schedule, 'schedule');
  }

  async #run(flow: Material['refresh'], kind: string, variables = {}): Promise<RunResult> {
    this.runs += 1;
    const name = `${kind} ${this.runs}`;
    const { clock } = this.world;
    const { signal } = this.#life;
    this.note(`${name} begins`);
    const started = clock.now();
    const between = (services: FlowServices) => this.#watched(services, name, signal);
    const changes: RunChanges = { signal, between, variables };
    const result = await this.world.run(flow, changes);
    const took = ((clock.now() - started) / 1000).toFixed(1);
    const how = result.ok ? 'answers' : `fails: ${result.error?.message.slice(0, 70)}`;
    this.note(`${name} ${how} (${took} s)`);
    return result;
  }

  // No answer reaches a run that was killed.
  #watched(services: FlowServices, name: string, signal: AbortSignal): FlowServices {
    return wrapped(services, (_connector, service) => (input, message, callback) => {
      this.#caller = name;
      service(input, message, (error, result) => {
        if (!signal.aborted) {
          this.ledger.delivered((result as { body?: unknown } | undefined)?.body);
          callback(error, result);
        }
      });
    });
  }

  #secret(kind: string, nth: number): string {
    const secret = `${kind}-${nth}`;
    if (kind === 'refresh') {
      this.ledger.rotated(secret);
    }
    return secret;
  }

  #connect(isService: boolean, isManual: boolean): void {
    const { fortnox, settings, clock } = this.world;
    fortnox.register(CLIENT);
    const answer = fortnox.connect(CLIENT, 'customer invoice', isService);
    const timestamp = new Date(clock.now()).toISOString();
    const tenant_id = String(fortnox.company().tenantId);
    const more = isManual ? {} : { tenant_id, refresh_token_timestamp: timestamp };
    const value = JSON.stringify({ ...answer, timestamp, ...more });
    this.ledger.delivered(value);
    const fields = { tag: ['fortnox'], role: ['admin'], category: 'custom' };
    const put = (key: string, type: string, text: string) =>
      settings.post({ key, name: key.slice(1), value: text, type, ...fields });
    put('_fortnox_app_clientid', 'string', CLIENT.id);
    put('_fortnox_app_clientsecret', 'password', CLIENT.secret);
    put(TOKEN_SETTING, 'object', value);
  }
}
