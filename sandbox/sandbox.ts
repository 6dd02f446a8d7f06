import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppModes, usualAppModes } from './app/modes.js';
import { webApp } from './app/server.js';
import { connectors } from './connectors/connectors.js';
import { gotOut } from './connectors/got-out.js';
import { controlled } from './control.js';
import type { RunResult } from './engine/run.js';
import type { AuthorizeSwitch } from './fortnox/authorize.js';
import { Fortnox } from './fortnox/fortnox.js';
import type { FortnoxModes } from './fortnox/modes.js';
import { fortnoxHandler } from './fortnox/routes.js';
import { adminRoutes } from './hub/admin-routes.js';
import { ConfigStore } from './hub/config.js';
import { type HubModes, usualModes } from './hub/modes.js';
import { API, hubHandler, settingsRoutes } from './hub/routes.js';
import { runRoutes } from './hub/run-routes.js';
import { SettingsStore } from './hub/settings.js';
import { Workflows } from './hub/workflows.js';
import type { Call, Handler, Side } from './net/call.js';
import { MovableClock } from './net/clock.js';
import { FaultDesk } from './net/faults.js';
import { type Listening, LOOPBACK, listen } from './net/server.js';
import { travel } from './net/travel.js';

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
  readonly fortnoxModes?: Partial<FortnoxModes>;
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
  /** The whole value of the authorization header, of an administrator. */
  readonly token: string;
  /** That of a user without the role admin. */
  readonly userToken: string;
  readonly resourcesDir: string;
  readonly dataDir: string;
  readonly faults: FaultDesk;
  readonly clock: MovableClock;
  readonly fortnox: Fortnox;
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
  const fortnox = new Fortnox(() => clock.now(), options.fortnoxModes);
  fortnox.register({
    ...REGISTERED,
    redirectUris: [...REGISTERED.redirectUris, ...(options.redirectUris ?? [])],
  });
  const authorize: AuthorizeSwitch = {};
  const [token, userToken] = [newToken('app'), newToken('user')];
  const users = new Map([
    [token, ['admin']],
    [userToken, ['user']],
  ]);

  const addresses = { apiUrl: '', fortnoxUrl: '', appUrl: '' };
  const outsideOf = (user: string) => ({
    user,
    admin: token,
    hub: (call: Call) => travel(call, handleHub, { faults, clock }),
    http: (request: Parameters<typeof gotOut>[0]) => gotOut(request, addresses.fortnoxUrl),
  });
  const storage = () => {
    const config = new ConfigStore(join(dataDir, 'config.json'));
    const file = join(dataDir, 'settings.json');
    return {
      settings: new SettingsStore({ file, modes, now: () => clock.now() }),
      config,
      workflows: new Workflows(config, resourcesDir, modes, (user) => connectors(outsideOf(user))),
    };
  };
  let hub = storage();
  const shown = (text: string) => text.replaceAll('https://apps.fortnox.se', addresses.fortnoxUrl);
  const handleHub = hubHandler(() => users, {
    ...settingsRoutes(
      () => hub.settings,
      () => users,
    ),
    ...adminRoutes({ modes, config: () => hub.config, resourcesDir }),
    ...runRoutes(() => hub.workflows, clock, shown),
  });

  const servers: Listening[] = [];
  const start = async (side: Side, handler: Handler, port = 0) => {
    const server = await listen(side, handler, port);
    servers.push(server);
    return `http://${LOOPBACK}:${server.port}`;
  };
  const faulty =
    (handler: Handler): Handler =>
    (call) =>
      travel(call, handler, { faults, clock });
  const stop = async () => {
    hub.workflows.kill();
    await Promise.all(servers.map((server) => server.close()));
    removeMade();
  };
  try {
    const atFortnox = faulty(fortnoxHandler(fortnox, authorize));
    addresses.fortnoxUrl = await start('fortnox', atFortnox, options.fortnoxPort);
    const atHub = controlled(faulty(handleHub), { token, faults, clock });
    addresses.apiUrl = `${await start('hub', atHub, options.port)}${API}`;
    const web = webApp({
      apiUrl: () => addresses.apiUrl,
      token: appModes.role === 'admin' ? token : userToken,
      modes: appModes,
      resourcesDir,
      imported: (collection, key) => hub.config.get(collection, key),
      run: (key, variables, user, onEvent) =>
        hub.workflows.run(key, variables, user, false, onEvent),
      shown,
      password: appPassword,
    });
    addresses.appUrl = await start('hub', web, options.appPort);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...addresses,
    token,
    userToken,
    resourcesDir,
    dataDir,
    faults,
    clock,
    fortnox,
    authorize,
    modes,
    appModes,
    appPassword,
    settings: () => hub.settings,
    config: () => hub.config,
    workflows: () => hub.workflows,
    fireSchedule: (key) => hub.workflows.run(key, {}, token, true),
    restartHub: () => {
      hub.workflows.kill();
      hub = storage();
    },
    stop,
  };
}

// The whole value of an authorization header; made anew at every start.
function newToken(name: string): string {
  return `Bearer ${Buffer.from(`${name}:${randomBytes(24).toString('hex')}`).toString('base64')}`;
}
