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
export interface WorldOptions extends Pick<Network, 'latency' | 'onCall'> {
  /** The time that it begins at, in milliseconds since 1970. */
  readonly start: number;
  /** The folder that stands for the root of the Hub's resources. */
  readonly resourcesDir: string;
  readonly modes?: Partial<SettingsModes>;
  readonly fortnoxModes?: Partial<FortnoxModes>;
  /** Told each setting as it is written. */
  readonly onWrite?: (setting: Setting) => void;
  /** Runs the workflows that flows run; default: there are none. */
  readonly workflows?: Runner;
  /** Compiled scripts, shared with other worlds. */
  readonly scripts?: ScriptCache;
}

/** How one run differs from the usual. */
export interface RunChanges
  extends Partial<
    Pick<RunOptions, 'variables' | 'elements' | 'scriptContext' | 'signal' | 'onEvent'>
  > {
  readonly role?: Role;
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
  readonly settings: SettingsStore;
  readonly #options: WorldOptions;
  readonly #scripts: ScriptCache;
  readonly #handlers: Readonly<Record<Call['side'], Handler>>;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#scripts = options.scripts ?? new ScriptCache();
    this.clock = new SimulatedClock(options.start);
    const now = () => this.clock.now();
    this.fortnox = new Fortnox(now, options.fortnoxModes);
    this.settings = new SettingsStore({
      modes: { ...usualModes, ...options.modes },
      now,
      ...(options.onWrite && { onWrite: options.onWrite }),
    });
    const { workflows } = options;
    this.#handlers = {
      fortnox: fortnoxHandler(this.fortnox),
      hub: hubHandler(() => USERS, {
        ...settingsRoutes(
          () => this.settings,
          () => USERS,
        ),
        ...mailRoutes(),
        ...(workflows && runRoutes(() => workflows, this.clock)),
      }),
    };
  }

  /**
   * Runs a flow to its end, on the real engine; `clock.until` lets the time pass that it takes.
   *
   * @param flow read with the element classes that `changes` names, by default those of `engine/pruned.ts`
   */
  run(flow: ParsedFlow, changes: RunChanges = {}): Promise<RunResult> {
    const { variables = {}, role = 'admin', scriptContext, between, ...rest } = changes;
    const { resourcesDir } = this.#options;
    const send = (call: Call) => this.send(call);
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
        { ...scriptContext, Date: this.clock.Date },
        this.#scripts,
      ),
      timers: this.clock.timers(),
    });
  }

  /** Brings a call to the Hub or to Fortnox, as a run does. @throws Cut where a fault cuts it */
  send(call: Call) {
    const { latency, onCall } = this.#options;
    return travel(call, this.#handlers[call.side], {
      faults: this.faults,
      clock: this.clock,
      ...(latency && { latency }),
      ...(onCall && { onCall }),
    });
  }
}
