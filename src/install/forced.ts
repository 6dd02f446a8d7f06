import { ACCESS_TOKEN } from '../blueprint/manifest.js';
import type { Change } from './change.js';
import type { ConfigChange } from './config.js';
import type { ResourceChange } from './resources.js';
import { recordOf, type SettingChange } from './settings.js';
import { isMasked, type StoredSettings } from './stored-settings.js';

const AGAIN = { action: 'update', isSettled: false, note: 'written again' } as const;

/** @returns a file that is written again though it is as shipped */
export function forcedResource(change: ResourceChange): ResourceChange {
  return forced(change);
}

/** @returns a form or workflow that is imported again though it is as shipped */
export function forcedConfig(change: ConfigChange): ConfigChange {
  return forced(change);
}

/** @returns a setting that is written again; never the token, nor a value that the Hub hides */
export function forcedSetting(
  change: SettingChange,
  stored: StoredSettings | undefined,
): SettingChange {
  const value = stored?.get(change.id)?.value;
  const mayWrite = change.id !== ACCESS_TOKEN && typeof value === 'string' && !isMasked(value);
  const record = mayWrite ? recordOf(change.id, value) : undefined;
  return record && change.action === 'unchanged' ? { ...forced(change), record } : change;
}

function forced<T extends Change>(change: T): T {
  return change.action === 'unchanged' ? { ...change, ...AGAIN } : change;
}
