import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenApp } from './app/http.js';
import { type AppModes, usualAppModes } from './app/modes.js';
import { webApp } from './app/server.js';
import { MovableClock } from './clock.js';
import { controlRoutes } from './control.js';
import type { RunResult } from './engine/run.js';
import { FaultDesk } from './faults.js';
import { Authority } from './fortnox/authority.js';
import { type AuthorizeSwitch, fortnoxApp } from './fortnox/server.js';
import { ConfigStore } from './hub/config.js';
import { connectors } from './hub/connectors.js';
import { type HubModes, usualModes } from './hub/modes.js';
import { hubApp } from './hub/server.js';
import { SettingsStore } from './hub/settings.js';
import { Workflows } from './hub/workflows.js';
import { type Listening, LOOPBACK, listen } from './server.js';

/** The app as it is registered at the stand-in. */
export const REGISTERED = {
  id: 'JBL1UVnvfo4y',
  secret: 'stand-in-client-secret',
  redirectUris: ['http://localhost:2022'],
};

/** How a sandbox is started. */
export interface SandboxOptions {
  /** 0 for any free port, which is also the default. */
  readonly port?: number;
  readonly fortnoxPort?: number;
  readonly appPort?: number;
  /** The Hub's resources; default: a new temporary folder, removed at the end. */
  readonly resourcesDir?: string;
  /** Where settings and config are kept; default: a new temporary folder, removed at the end. */
  readonly dataDir?: string;
  readonly modes?: Partial<HubModes>;
  readonly appModes?: Partial<AppModes>;
  /** Redirect URIs of the app besides http://localhost:2022. */
  readonly redirectUris?: readonly string[];
}

/** A running embedded Hub with its stand-in for Fortnox. */
export interface Sandbox {
  readonly apiUrl: string;
  readonly fortnoxUrl: string;
  readonly appUrl: string;
  /** What the web app's login takes for the user `admin`, where there is one. */
  readonly appPassword: string;
  /** The whole value of the authorization header. */
  readonly token: string;
  readonly resourcesDir: string;
  readonly dataDir: string;
  readonly faults: FaultDesk;
  readonly clock: MovableClock;
  readonly fortnox: Authority;
  readonly authorize: AuthorizeSwitch;
  readonly modes: HubModes;
  readonly appModes: AppModes;
  settings(): SettingsStore;
  config(): ConfigStore;
  workflows(): Workflows;
  /** Starts a workflow as its schedule does. */
  fireSchedule(key: string): Promise<RunResult>;
  /** Kills the Hub with every run on it, and starts it again on what it had stored. */
  restartHub(): void;
  stop(): Promise<void>;
}

/**
 * Starts the embedded Hub and the stand-in on the loopback.
 *
 * @throws Error with code EADDRINUSE when a port is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const made: string[] = [];
  const folder = (given: string | undefined, name: string) => {
    if (given !== undefined) {
      mkdirSync(given, { recursive: true });
      return given;
    }
    const path = mkdtempSync(join(tmpdir(), `onify-sandbox-${name}-`));
    made.push(path);
    return path;
  };
  const resourcesDir = folder(options.resourcesDir, 'resources');
  const dataDir = folder(options.dataDir, 'data');
  const removeMade = () => {
    for (const path of made) {
      rmSync(path, { recursive: true, force: true });
    }
  };
  const modes = { ...usualModes, ...options.modes };
  const appModes = { ...usualAppModes, ...options.appModes };
  const appPassword = randomBytes(9).toString('base64url');
  const faults = new FaultDesk();
  const clock = new MovableClock();
  const fortnox = new Authority(clock.now);
  fortnox.register({
    ...REGISTERED,
    redirectUris: [...REGISTERED.redirectUris, ...(options.redirectUris ?? [])],
  });
  const authorize: AuthorizeSwitch = {};
  const token = `Bearer ${Buffer.from(`app:${randomBytes(24).toString('hex')}`).toString('base64')}`;

  const servers: Listening[] = [];
  const start = async (app: Parameters<typeof listen>[0], port: number | undefined) => {
    const server = await listen(app, port ?? 0);
    servers.push(server);
    return `http://${LOOPBACK}:${server.port}`;
  };
  const addresses = { apiUrl: '', fortnoxUrl: '', appUrl: '', token };
  const storage = () => {
    const config = new ConfigStore(join(dataDir, 'config.json'));
    const workflows = new Workflows(config, resourcesDir, modes, () => connectors(addresses));
    return {
      settings: new SettingsStore(join(dataDir, 'settings.json'), modes),
      config,
      workflows,
    };
  };
  let hub = storage();
  const parts = {
    token,
    modes,
    settings: () => hub.settings,
    config: () => hub.config,
    workflows: () => hub.workflows,
    resourcesDir,
    faults,
    shown: (text: string) => text.replaceAll('https://apps.fortnox.se', addresses.fortnoxUrl),
  };
  const stop = async () => {
    hub.workflows.kill();
    await Promise.all(servers.map((server) => server.close()));
    removeMade();
  };
  try {
    addresses.fortnoxUrl = await start(fortnoxApp(fortnox, faults, authorize), options.fortnoxPort);
    const app = hubApp(parts);
    controlRoutes(app, faults, clock);
    addresses.apiUrl = `${await start(app, options.port)}/api/v2`;
    const web = webApp({
      ...parts,
      imported: (collection, key) => hub.config.get(collection, key),
      run: (key, variables, onEvent) => hub.workflows.run(key, variables, false, onEvent),
      apiUrl: () => addresses.apiUrl,
      modes: appModes,
      password: appPassword,
    });
    const appServer = await listenApp(web, options.appPort ?? 0);
    servers.push(appServer);
    addresses.appUrl = `http://${LOOPBACK}:${appServer.port}`;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...addresses,
    resourcesDir,
    dataDir,
    faults,
    clock,
    fortnox,
    authorize,
    modes,
    appModes,
    appPassword,
    settings: parts.settings,
    config: parts.config,
    workflows: parts.workflows,
    fireSchedule: (key) => hub.workflows.run(key, {}, true),
    restartHub: () => {
      hub.workflows.kill();
      hub = storage();
    },
    stop,
  };
}
