import type { SettingsStore } from '../hub/settings.js';
import type { World } from '../world.js';
import type { Properties } from './properties.js';
import { TOKEN_SETTING } from './stored.js';

/** When every history begins. */
export const START = Date.parse('2026-01-01T00:00:00.000Z');

/** Where the app leads back to. */
export const REDIRECT_URI = 'http://localhost:2022';

const CLIENT_ID = '_fortnox_app_clientid';
const CLIENT_SECRET = '_fortnox_app_clientsecret';
const FIELDS = { tag: ['fortnox'], role: ['admin'], category: 'custom' };

/** What has a company connected in it, or will have. */
interface Connectable {
  readonly world: World;
  readonly properties: Properties;
  /** The app's secret at Fortnox. */
  secret: string;
  hubs(): number;
  settingsOf(hub: number): SettingsStore | undefined;
}

/** Connects the first company of a world. @returns the record that was stored */
export function connect({ world, properties, secret }: Connectable, isService: boolean): string {
  const { fortnox, settings, clock } = world;
  const client = { id: 'id', secret, redirectUris: [REDIRECT_URI] };
  const answer = fortnox.connect(client, properties.scope, isService);
  const timestamp = new Date(clock.now()).toISOString();
  // The manual blueprint kept less.
  const tenant = properties.accessTokens === 'jwt' || properties.scope.includes('companyinf');
  const tenant_id = tenant ? String(fortnox.company().tenantId) : null;
  const more = properties.isManual ? {} : { tenant_id, refresh_token_timestamp: timestamp };
  const value = JSON.stringify({ ...answer, timestamp, ...more });
  const put = (key: string, type: string, text: string) =>
    settings.post({ key, name: key.slice(1), value: text, type, ...FIELDS });
  put(CLIENT_ID, 'string', client.id);
  put(CLIENT_SECRET, 'password', secret);
  put(TOKEN_SETTING, 'object', value);
  return value;
}

/** Gives the app another secret at Fortnox, which ends the one before. */
export function changeSecret(connected: Connectable): void {
  connected.secret += ' again';
  const client = { id: 'id', secret: connected.secret, redirectUris: [REDIRECT_URI] };
  connected.world.fortnox.register(client);
}

/** Sets the app's secret in every Hub. */
export function setSecret(connected: Connectable): void {
  for (let hub = 0; hub < connected.hubs(); hub += 1) {
    connected.settingsOf(hub)?.patch(CLIENT_SECRET, { value: connected.secret });
  }
}

/** Brings the settings of one Hub to another. */
export function copySettings(from: SettingsStore, to: SettingsStore): void {
  for (const key of [CLIENT_ID, CLIENT_SECRET, TOKEN_SETTING]) {
    to.post({ ...from.get(key) });
  }
}
