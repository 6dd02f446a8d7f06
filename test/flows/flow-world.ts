import { join } from 'node:path';
import { ScriptCache } from '../../sandbox/engine/cached-scripts.js';
import type { ParsedFlow } from '../../sandbox/engine/flow.js';
import { World, type WorldOptions } from '../../sandbox/world.js';

/** The folder of the blueprint: this repository, or a changed copy that `npm run mutate:flows` has made. */
export const root = process.env.BLUEPRINT_DIR ?? join(import.meta.dirname, '../..');

/** What was read of the blueprint, kept for the next run. */
export const kept = { flows: new Map<string, Promise<ParsedFlow>>(), scripts: new ScriptCache() };

/** Has the blueprint read anew, since its files have changed. */
export function readAnew(): void {
  kept.flows.clear();
  kept.scripts = new ScriptCache();
}

/** When every simulated run begins. */
export const START = Date.parse('2026-03-01T08:00:00.000Z');

/** Values that must never be left behind; each is easy to find. */
export const SECRET = {
  client: 'canary-client-secret',
  access: 'canary-old-access',
  refresh: 'canary-old-refresh',
  freshAccess: 'canary-fresh-access',
  freshRefresh: 'canary-fresh-refresh',
  code: 'canary-code-035411fc',
};

/** The app that the flows act for, and the company that is connected in Fortnox. */
export const CLIENT = {
  id: 'JBL1UVnvfo4y',
  secret: SECRET.client,
  redirectUris: ['http://localhost:2022'],
};
const TENANT = 1234;
const DAY = 86_400_000;

/**
 * Makes a world in which Fortnox was connected a day before the run, as a service account: it takes the tokens of
 * `storedToken()`, client credentials, and the code `SECRET.code`. The first tokens that it gives out in a run are
 * `SECRET.freshAccess` and `SECRET.freshRefresh`; later ones have a number behind them. The Hub has no settings yet.
 *
 * @param changes for instance `modes` of the settings, or `fortnoxModes: { accessTokens: 'jwt' }`
 */
export function connectedWorld(changes: Partial<WorldOptions> = {}): World {
  const world = new World({
    start: START - DAY,
    resourcesDir: join(root, 'resources'),
    scripts: kept.scripts,
    ...changes,
    fortnoxModes: { accessTokens: 'opaque', secret, ...changes.fortnoxModes },
  });
  const { fortnox, clock } = world;
  const company = fortnox.addCompany(TENANT, 'Provbolaget AB');
  const scope = 'customer invoice';
  fortnox.connect(CLIENT, scope, true, company);
  clock.advance(DAY);
  fortnox.approve(CLIENT.id, 'http://localhost:2022', scope, true, company);
  return world;
}

function secret(kind: 'code' | 'access' | 'refresh', nth: number): string {
  const [first, second] = {
    code: ['canary-old-code', SECRET.code],
    access: [SECRET.access, SECRET.freshAccess],
    refresh: [SECRET.refresh, SECRET.freshRefresh],
  }[kind] as [string, string];
  return nth === 0 ? first : nth === 1 ? second : `${second}-${nth}`;
}
