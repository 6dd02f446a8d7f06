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

// The stored keys carry an underscore that the Hub's admin page adds by itself.

/** Which app asks Fortnox; no secret. */
export const CLIENT_ID = '_fortnox_app_clientid';

/** The app's password at Fortnox. */
export const CLIENT_SECRET = '_fortnox_app_clientsecret';

/** The tokens; written by the flows alone once it is there. */
export const ACCESS_TOKEN = '_fortnox_access_token';

/** Where the schedule mails when a person is needed; set only where somebody asked for it. */
export const ALERT_EMAIL = '_fortnox_alert_email';

/** The tag that other blueprints read the settings by. */
export const TAG = 'fortnox';

const common = { role: ['admin'], category: 'custom' };

/** The app's id. The tag `frontend` shows a setting to browsers, so no other has it. */
export const clientIdSpec: SettingSpec = {
  ...common,
  key: CLIENT_ID,
  name: 'fortnox_app_clientid',
  type: 'string',
  tag: [TAG, 'frontend'],
};

/** The app's secret. */
export const clientSecretSpec: SettingSpec = {
  ...common,
  key: CLIENT_SECRET,
  name: 'fortnox_app_clientsecret',
  type: 'password',
  tag: [TAG],
};

/** The tokens: an object, as the sibling blueprints read it. */
export const accessTokenSpec: SettingSpec = {
  ...common,
  key: ACCESS_TOKEN,
  name: 'fortnox_access_token',
  type: 'object',
  tag: [TAG],
};

/** The settings of the blueprint. */
export const settingSpecs: readonly SettingSpec[] = [
  clientIdSpec,
  clientSecretSpec,
  accessTokenSpec,
];
