import { join } from 'node:path';
import { connectors, type Outside } from '../connectors/connectors.js';
import type { FlowServices } from '../engine/run.js';
import type { Answer, Call, Handler } from '../net/call.js';
import type { Clock } from '../net/clock.js';
import { adminRoutes } from './admin-routes.js';
import { hubCipher } from './cipher.js';
import { ConfigStore } from './config.js';
import { documented } from './documents.js';
import { GitCopy } from './git.js';
import { type HubModes, isThere } from './modes.js';
import { processRoutes } from './process-routes.js';
import { hubHandler, settingsRoutes, type Users } from './routes.js';
import { runRoutes } from './run-routes.js';
import { armStart, Schedules } from './schedules.js';
import { SettingsStore } from './settings.js';
import { Workflows } from './workflows.js';

/** What an embedded Hub is made of. */
export interface HubParts {
  readonly modes: HubModes;
  readonly resourcesDir: string;
  readonly dataDir: string;
  readonly clock: Clock;
  /** The version that its OpenAPI document tells. */
  readonly apiVersion: string;
  readonly users: Users;
  /** Authorization of its administrator. */
  readonly admin: string;
  /** Brings a flow's call to this Hub. */
  readonly travel: (call: Call, handler: Handler) => Promise<Answer>;
  /** Makes a flow's HTTP request, as the connectors do. */
  readonly http: Outside['http'];
  /** Puts the stand-in's address where Fortnox's stands. */
  readonly shown: (text: string) => string;
}

/** The embedded Hub without its socket: what it stores, its API, and its life. */
export class Hub {
  settings: SettingsStore;
  config: ConfigStore;
  workflows: Workflows;
  readonly schedules: Schedules;
  /** The mails that flows sent; none left the machine. */
  readonly mails: Readonly<Record<string, unknown>>[] = [];
  readonly handler: Handler;
  /** The folder that the Hub reads its resources from. */
  readonly folder: string;
  readonly #parts: HubParts;
  readonly #git: GitCopy | undefined;
  readonly #cipher = hubCipher();

  /** @param parts their mode `git` is read once, here; the other modes may be changed at any time */
  constructor(parts: HubParts) {
    this.#parts = parts;
    const { modes, resourcesDir, dataDir, clock, admin } = parts;
    this.#git = modes.git === 'synced' ? new GitCopy(resourcesDir, dataDir) : undefined;
    this.folder = this.#git?.folder ?? resourcesDir;
    ({ settings: this.settings, config: this.config, workflows: this.workflows } = this.#load());
    this.schedules = new Schedules({
      file: join(dataDir, 'schedules.json'),
      now: () => clock.now(),
      fire: (key) => {
        if (this.workflows.has(key)) {
          void this.fireSchedule(key);
        }
      },
    });
    this.#waitForSchedules();
    this.handler = this.#api(admin);
  }

  /** Runs a workflow as its schedule does. */
  fireSchedule(key: string): ReturnType<Workflows['run']> {
    return this.workflows.run(key, {}, this.#parts.admin, { isDue: true });
  }

  /** Brings the resources to what is in the checkout, where the Hub takes them from Git. */
  sync(): void {
    this.#git?.sync(this.#parts.clock.now());
  }

  /** Kills the Hub with every run on it, and starts it again on what it had stored. */
  restart(): void {
    const killed = this.workflows.kill();
    Object.assign(this, this.#load());
    this.#waitForSchedules();
    if (this.#parts.modes.restart === 'resumes') {
      this.workflows.resume(killed);
    }
  }

  #load(): Pick<Hub, 'settings' | 'config' | 'workflows'> {
    const { modes, dataDir, clock, users } = this.#parts;
    const now = () => clock.now();
    const config = new ConfigStore(join(dataDir, 'config.json'), now);
    return {
      settings: new SettingsStore({ file: join(dataDir, 'settings.json'), modes, now }),
      config,
      workflows: new Workflows({
        config,
        resourcesDir: this.folder,
        modes,
        cipher: this.#cipher,
        now,
        services: (user) => this.#services(user),
        rolesOf: (user) => users.get(user) ?? [],
      }),
    };
  }

  #services(user: string): FlowServices {
    const { admin, http, travel } = this.#parts;
    return connectors({ user, admin, http, hub: (call) => travel(call, this.handler) });
  }

  #waitForSchedules(): void {
    for (const { key } of this.schedules.armed()) {
      this.workflows.wait(key, this.#parts.admin);
    }
  }

  #api(admin: string): Handler {
    const { modes, clock, users, shown, apiVersion } = this.#parts;
    const workflows = () => this.workflows;
    const routes = {
      ...settingsRoutes(
        () => this.settings,
        () => users,
      ),
      ...adminRoutes({
        config: () => this.config,
        resourcesDir: this.folder,
        history: () => this.#git?.history() ?? [],
        onImport: (keys) => {
          for (const key of modes.schedule === 'import' ? keys : []) {
            armStart(key, admin, this);
          }
        },
        onMail: (mail) => this.mails.push(mail),
      }),
      ...runRoutes(workflows, clock, shown, () => modes.failures),
      ...processRoutes({ workflows, schedules: this.schedules, modes, shown }),
    };
    const has = (route: string) => isThere(route, modes);
    return documented(
      hubHandler(() => users, routes, has),
      { routes: Object.keys(routes), isThere: has, version: () => apiVersion },
    );
  }
}
