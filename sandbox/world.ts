import { connectors } from './connectors/connectors.js';
import { gotHere } from './connectors/got-here.js';
import { CachedScripts, ScriptCache } from './engine/cached-scripts.js';
import type { ParsedFlow } from './engine/flow.js';
import { prunedElements } from './engine/pruned.js';
import { type FlowServices, type RunOptions, type RunResult, runFlow } from './engine/run.js';
import { Fortnox } from './fortnox/fortnox.js';
import type { FortnoxModes } from './fortnox/modes.js';
import { fortnoxHandler } from './fortnox/routes.js';
import { type SettingsModes, usualModes } from './hub/modes.js';
import { hubHandler, mailRoutes, settingsRoutes, type Users } from './hub/routes.js';
import { type Runner, runRoutes } from './hub/run-routes.js';
import type { Setting } from './hub/setting.js';
import { SettingsStore } from './hub/settings.js';
import type { Call, Handler } from './net/call.js';
import { FaultDesk } from './net/faults.js';
import { SimulatedClock } from './net/simulated-clock.js';
import { type Network, travel } from './net/travel.js';

/** Who a run runs as: elevated calls are an administrator's all the same. @internal tests name it */
export type Role = 'admin' | 'user';

/** How a world is made. */
export interface WorldOptions extends Pick<Network, 'latency' | 'onCall' | 'onAnswer'> {
  /** The time that it begins at, in milliseconds since 1970. */
  readonly start: number;
  /** The folder that stands for the root of the Hub's resources. */
  readonly resourcesDir: string;
  readonly modes?: Partial<SettingsModes>;
  readonly fortnoxModes?: Partial<FortnoxModes>;
  /** How far Fortnox's clock is ahead of the Hub's, in milliseconds; default 0. */
  readonly fortnoxAhead?: number;
  /** Told each setting as it is written, and to which Hub. */
  readonly onWrite?: (setting: Setting, hub: number) => void;
  /** Runs the workflows that the flows of a Hub run; default: there are none. */
  readonly workflows?: (hub: number) => Runner;
  /** Compiled scripts, shared with other worlds. */
  readonly scripts?: ScriptCache;
}

/** How one run differs from the usual. */
export interface RunChanges
  extends Partial<
    Pick<
      RunOptions,
      'variables' | 'elements' | 'scriptContext' | 'signal' | 'onEvent' | 'saved' | 'onStopped'
    >
  > {
  readonly role?: Role;
  /** Name of the run, for its calls. */
  readonly name?: string;
  /** Which Hub it runs on; default: the first. */
  readonly hub?: number;
  /** How far the clock of the Hub's node is ahead, in milliseconds; default 0. */
  readonly ahead?: number;
  /** Puts something between the flow and its connectors. */
  readonly between?: (services: FlowServices) => FlowServices;
}

const ADMIN = 'Bearer admin';
const USERS: Users = new Map([
  [ADMIN, ['admin']],
  ['Bearer user', ['user']],
]);

/**
 * The sandbox's world without its sockets: the same Hub, the same Fortnox and the same faults in one process, on a
 * simulated clock. What takes a flow 40 seconds takes milliseconds, and the same time at every repetition.
 */
export class World {
  readonly clock: SimulatedClock;
  readonly faults = new FaultDesk();
  readonly fortnox: Fortnox;
  /** The settings of the first Hub. */
  readonly settings: SettingsStore;
  readonly #options: WorldOptions;
  readonly #scripts: ScriptCache;
  readonly #fortnoxHandler: Handler;
  readonly #hubs: Handler[] = [];

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#scripts = options.scripts ?? new ScriptCache();
    this.clock = new SimulatedClock(options.start);
    const { fortnoxAhead = 0, fortnoxModes } = options;
    this.fortnox = new Fortnox(() => this.clock.now() + fortnoxAhead, fortnoxModes);
    this.#fortnoxHandler = fortnoxHandler(this.fortnox);
    this.settings = this.addHub();
  }

  /** Adds a Hub beside the ones that are there; it knows no settings. @returns its settings */
  addHub(): SettingsStore {
    const hub = this.#hubs.length;
    const { modes, workflows, onWrite } = this.#options;
    const settings = new SettingsStore({
      modes: { ...usualModes, ...modes },
      now: () => this.clock.now(),
      onWrite: (setting) => onWrite?.(setting, hub),
    });
    const runner = workflows?.(hub);
    const routes = settingsRoutes(
      () => settings,
      () => USERS,
    );
    this.#hubs.push(
      hubHandler(() => USERS, {
        ...routes,
        ...mailRoutes(),
        ...(runner && runRoutes(() => runner, this.clock)),
      }),
    );
    return settings;
  }

  /**
   * Runs a flow to its end, on the real engine; `clock.until` lets the time pass that it takes.
   *
   * @param flow read with the element classes that `changes` names, by default those of `engine/pruned.ts`
   */
  run(flow: ParsedFlow, changes: RunChanges = {}): Promise<RunResult> {
    const { variables = {}, role = 'admin', scriptContext, between, ...others } = changes;
    const { name, hub = 0, ahead = 0, ...rest } = others;
    const { resourcesDir } = this.#options;
    const send = (call: Call) => this.send(name === undefined ? call : { ...call, run: name }, hub);
    const services = connectors({
      hub: send,
      http: (options, task) => gotHere(options, task, send, this.clock),
      user: `Bearer ${role}`,
      admin: ADMIN,
    });
    return runFlow({
      elements: prunedElements,
      ...rest,
      flow,
      resourcesDir,
      variables,
      services: between?.(services) ?? services,
      scripts: new CachedScripts(
        flow.id,
        resourcesDir,
        { ...scriptContext, Date: this.clock.dateAhead(ahead) },
        this.#scripts,
      ),
      timers: this.clock.timers(),
    });
  }

  /** Brings a call to Fortnox or to a Hub, by default the first, as a run does. @throws Cut where a fault cuts it */
  send(call: Call, hub = 0) {
    const { latency, onCall, onAnswer } = this.#options;
    const handler = call.side === 'fortnox' ? this.#fortnoxHandler : this.#hubs[hub];
    if (!handler) {
      throw new Error(`There is no Hub ${hub}.`);
    }
    return travel(call, handler, {
      faults: this.faults,
      clock: this.clock,
      ...(latency && { latency }),
      ...(onCall && { onCall }),
      ...(onAnswer && { onAnswer }),
    });
  }
}
