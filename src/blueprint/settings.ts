import type { SettingRecord } from '../hub/client.js';

/** A setting that the blueprint needs in the Hub. */
export interface SettingSpec extends Omit<SettingRecord, 'value'> {
  /** Where its value comes from: given to the installer, or kept by the flows alone. */
  readonly owner: 'installer' | 'flows';
}

/** Onify's app at Fortnox; a company may have its own. */
export const DEFAULT_CLIENT_ID = 'JBL1UVnvfo4y';

/** The stored keys carry an underscore that the Hub's admin page adds by itself. */
export const CLIENT_ID = '_fortnox_app_clientid';
export const CLIENT_SECRET = '_fortnox_app_clientsecret';
export const ACCESS_TOKEN = '_fortnox_access_token';

const common = { role: ['admin'], category: 'custom' };

/** The settings of the blueprint. The tag `frontend` shows a setting to browsers, so no secret has it. */
export const settingSpecs: readonly SettingSpec[] = [
  {
    ...common,
    key: CLIENT_ID,
    name: 'fortnox_app_clientid',
    type: 'string',
    tag: ['fortnox', 'frontend'],
    owner: 'installer',
  },
  {
    ...common,
    key: CLIENT_SECRET,
    name: 'fortnox_app_clientsecret',
    type: 'password',
    tag: ['fortnox'],
    owner: 'installer',
  },
  {
    ...common,
    key: ACCESS_TOKEN,
    name: 'fortnox_access_token',
    type: 'object',
    tag: ['fortnox'],
    owner: 'flows',
  },
];
