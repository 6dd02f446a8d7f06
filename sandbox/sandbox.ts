import { randomBytes } from 'node:crypto';
import { usualAppModes } from './app/modes.js';
import { appWithoutForms, webApp } from './app/server.js';
import { gotOut } from './connectors/got-out.js';
import { controlled } from './control.js';
import { folders } from './folders.js';
import type { AuthorizeSwitch } from './fortnox/authorize.js';
import { Fortnox } from './fortnox/fortnox.js';
import { fortnoxHandler } from './fortnox/routes.js';
import { Hub } from './hub/hub.js';
import { usualModes } from './hub/modes.js';
import { API } from './hub/routes.js';
import type { Call, Handler, Side } from './net/call.js';
import { MovableClock } from './net/clock.js';
import { FaultDesk } from './net/faults.js';
import { slow } from './net/latency.js';
import { rateLimited } from './net/rate-limit.js';
import { type Listening, LOOPBACK, listen } from './net/server.js';
import type { Tls } from './net/tls.js';
import { travel } from './net/travel.js';
import type { Sandbox, SandboxOptions } from './types.js';

export type { Sandbox, SandboxOptions } from './types.js';

/** What the stand-in stands for. */
const FORTNOX = 'https://apps.fortnox.se';

/** The app as it is registered at the stand-in. */
export const REGISTERED = {
  id: 'JBL1UVnvfo4y',
  secret: 'stand-in-client-secret',
  redirectUris: ['http://localhost:2022'],
};

/**
 * Starts the embedded Hub and the stand-in on the loopback.
 *
 * @throws Error with code EADDRINUSE when a port is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const modes = { ...usualModes, ...options.modes };
  const { resourcesDir, dataDir, remove } = folders(options, modes.resourcesDirectory);
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
  const latency = slow(options.latency ?? {});
  const { onCall } = options;
  const travelling = (call: Call, handler: Handler) =>
    travel(call, handler, { faults, clock, latency, ...(onCall && { onCall }) });
  const shown = (text: string) => text.replaceAll(FORTNOX, addresses.fortnoxUrl);
  const hub = new Hub({
    modes,
    resourcesDir,
    dataDir,
    clock,
    apiVersion: options.apiVersion ?? '2.41.0',
    users,
    admin: token,
    travel: travelling,
    http: (request) => gotOut(request, addresses.fortnoxUrl),
    shown,
  });
  const ticking = setInterval(() => hub.schedules.tick(), 1000).unref();

  const servers: Listening[] = [];
  const start = async (side: Side, handler: Handler, port = 0, tls?: Tls) => {
    const server = await listen(side, handler, port, tls);
    servers.push(server);
    return `${tls ? 'https' : 'http'}://${LOOPBACK}:${server.port}`;
  };
  const faulty =
    (handler: Handler): Handler =>
    (call) =>
      travelling(call, handler);
  const stop = async () => {
    clearInterval(ticking);
    hub.workflows.kill();
    await Promise.all(servers.map((server) => server.close()));
    remove();
  };
  try {
    const atFortnox = faulty(fortnoxHandler(fortnox, authorize));
    addresses.fortnoxUrl = await start('fortnox', atFortnox, options.fortnoxPort);
    const atHub = controlled(rateLimited(faulty(hub.handler), options.rateLimit ?? 0, clock), {
      token,
      faults,
      clock,
      hub,
    });
    addresses.apiUrl = `${await start('hub', atHub, options.port, options.tls)}${API}`;
    // The web app reaches the API from inside, where no certificate is in the way.
    const inside = options.tls ? `${await start('hub', atHub)}${API}` : addresses.apiUrl;
    const web = webApp({
      apiUrl: () => inside,
      token: appModes.role === 'admin' ? token : userToken,
      modes: appModes,
      resourcesDir: hub.folder,
      imported: (collection, key) => hub.config.get(collection, key),
      run: (key, variables, user, onEvent) => hub.workflows.run(key, variables, user, { onEvent }),
      shown,
      unshown: (text) => text.replace(addresses.fortnoxUrl, FORTNOX),
      password: appPassword,
    });
    addresses.appUrl = await start(
      'hub',
      (call) => (modes.app === 'none' ? appWithoutForms(call) : web(call)),
      options.appPort,
    );
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
    mails: hub.mails,
    schedules: hub.schedules,
    syncResources: () => hub.sync(),
    fireSchedule: (key) => hub.fireSchedule(key),
    restartHub: () => hub.restart(),
    stop,
  };
}

// The whole value of an authorization header; made anew at every start.
function newToken(name: string): string {
  return `Bearer ${Buffer.from(`${name}:${randomBytes(24).toString('hex')}`).toString('base64')}`;
}
