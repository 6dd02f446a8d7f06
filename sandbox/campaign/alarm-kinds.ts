import type { World } from '../world.js';

/** The app and the company of an alarm's world. */
export const CLIENT = {
  id: 'id',
  secret: 'secret',
  redirectUris: ['http://localhost:2022'],
};
const TOKEN = '_fortnox_access_token';
const SECRET = '_fortnox_app_clientsecret';

/** Something that only a person mends: how it begins, how it is mended, and whether its first day is not told. */
export interface Incident {
  readonly begin: (world: World) => void;
  /** @returns once it is mended */
  readonly mend: (world: World) => void;
  /** How many days it lasts before a person must be called. */
  readonly quietDays?: number;
}

/** Every kind of incident, by the code that the refresh flow gives it. */
export const INCIDENTS: Readonly<Record<string, Incident>> = {
  refused: {
    begin: ({ fortnox }) => fortnox.revokeAll(),
    mend: connect,
  },
  client: {
    begin: ({ fortnox }) => fortnox.register({ ...CLIENT, secret: 'another' }),
    mend: ({ fortnox }) => fortnox.register(CLIENT),
  },
  licence: {
    begin: ({ fortnox }) => {
      fortnox.company().isLicenceDropped = true;
    },
    mend: ({ fortnox }) => {
      fortnox.company().isLicenceDropped = false;
    },
  },
  'token-missing': { begin: ({ settings }) => void settings.remove(TOKEN), mend: connect },
  'settings-missing': {
    begin: (world) => write(world, SECRET, ''),
    mend: (world) => write(world, SECRET, CLIENT.secret),
  },
  'settings-masked': {
    begin: (world) => write(world, SECRET, '********'),
    mend: (world) => write(world, SECRET, CLIENT.secret),
  },
  outage: {
    begin: ({ faults }) =>
      faults.order({
        side: 'fortnox',
        kind: 'cut-before',
        code: 'ECONNREFUSED',
        times: Number.POSITIVE_INFINITY,
      }),
    mend: ({ faults }) => faults.clear(),
    quietDays: 2,
  },
};

/** Connects the company, as an activation does: a service account, so that client credentials work. */
export function connect(world: World): void {
  const { fortnox, clock } = world;
  fortnox.register(CLIENT);
  const answer = fortnox.connect(CLIENT, 'customer invoice', true);
  const timestamp = new Date(clock.now()).toISOString();
  const tenant_id = String(fortnox.company().tenantId);
  const more = { tenant_id, refresh_token_timestamp: timestamp, connection: 1, rotation: 1 };
  write(world, TOKEN, JSON.stringify({ ...answer, timestamp, ...more }));
}

/** Writes a setting of the blueprint, as a person does. */
export function write({ settings }: World, key: string, value: string): void {
  settings.remove(key);
  const type = key === TOKEN ? 'object' : 'string';
  const fields = { name: key.slice(1), tag: ['fortnox'], role: ['admin'], category: 'custom' };
  settings.post({ key, value, type, ...fields });
}
