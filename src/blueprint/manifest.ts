/** A setting that the blueprint needs in the Hub, without its value. */
export interface SettingSpec {
  /** With the underscore in front. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly tag: readonly string[];
  readonly role: readonly string[];
  readonly category: string;
}

/** Onify's app at Fortnox; a company may have its own. */
export const DEFAULT_CLIENT_ID = 'JBL1UVnvfo4y';

/** The app's password at Fortnox. */
export const CLIENT_SECRET = '_fortnox_app_clientsecret';

/** The tokens; written by the flows alone once it is there. */
export const ACCESS_TOKEN = '_fortnox_access_token';

/** The tag of the settings, by which other blueprints read them, and of the forms and workflows. */
export const TAG = 'fortnox';

/** The workflows' keys, which are their process ids as well. Other blueprints run them by these. */
export const WORKFLOWS = {
  activationUrl: 'fortnox-generate-activation-url',
  accessToken: 'fortnox-generate-access-token',
  refreshToken: 'fortnox-refresh-access-token',
  schedule: 'fortnox-refresh-schedule',
  disconnect: 'fortnox-disconnect',
  connectionStatus: 'fortnox-connection-status',
} as const;

/** The page in the Hub's web app on which a person activates Fortnox. */
export const FORM_PATH = '/form/fortnox-activate';

/** Which app asks Fortnox; not secret. The tag `frontend` shows a setting to browsers, so no other has it. */
export const clientIdSpec = spec('_fortnox_app_clientid', 'string', 'frontend');

/** The app's secret. */
export const clientSecretSpec = spec(CLIENT_SECRET, 'password');

/** The tokens: an object, as the sibling blueprints read it. */
export const accessTokenSpec = spec(ACCESS_TOKEN, 'object');

/** Where the schedule writes when the connection needs a person; there only where someone wants that. */
export const alertEmailSpec = spec('_fortnox_alert_email', 'string');

/** The settings that the blueprint can't do without. */
export const settingSpecs: readonly SettingSpec[] = [
  clientIdSpec,
  clientSecretSpec,
  accessTokenSpec,
];

/** Every setting of the blueprint. */
export const allSettingSpecs: readonly SettingSpec[] = [...settingSpecs, alertEmailSpec];

function spec(key: string, type: string, ...tags: readonly string[]): SettingSpec {
  // The stored keys carry an underscore that the Hub's admin page adds by itself.
  const name = key.slice(1);
  return { key, name, type, tag: [TAG, ...tags], role: ['admin'], category: 'custom' };
}
