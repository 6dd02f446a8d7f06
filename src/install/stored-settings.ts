import { alertEmailSpec, type SettingSpec, settingSpecs, TAG } from '../blueprint/manifest.js';
import { isRecord } from '../core/json.js';
import type { HubClient, StoredSetting } from '../hub/client.js';

/** What a Hub holds under the blueprint's keys. */
export type StoredSettings = ReadonlyMap<string, StoredSetting>;

/**
 * Reads the blueprint's settings, all at the same time.
 *
 * Each is read by its key, for its type, tags and role; and all by their tag, as flows read them: a Hub need not
 * show in one what it shows in the other, and a token that is overlooked would be written over.
 */
export async function readSettings(hub: HubClient): Promise<StoredSettings> {
  const [byTag, ...records] = await Promise.all([
    hub.settingsMap(TAG),
    ...settingSpecs.map(({ key }) => hub.setting(key)),
  ]);
  const stored = new Map<string, StoredSetting>();
  settingSpecs.forEach(({ key }, at) => {
    const record = records[at];
    const value = byTag[key];
    if (record) {
      stored.set(key, isRecord(value) ? { ...record, value } : record);
    } else if (value !== undefined) {
      stored.set(key, { value });
    }
  });
  // Most Hubs have none: its value alone is worth no request of its own.
  const alertEmail = byTag[alertEmailSpec.key];
  return alertEmail === undefined ? stored : stored.set(alertEmailSpec.key, { value: alertEmail });
}

/** @returns whether a Hub hides a value: asterisks or dots in its place */
export function isMasked(value: unknown): boolean {
  return typeof value === 'string' && /^[*•]+$/.test(value);
}

/** @returns whether a setting has the type, the tags and the role that it must have, as far as the Hub shows them */
export function hasAttributes(current: StoredSetting, spec: SettingSpec): boolean {
  const isSame = (shown: readonly string[] | undefined, desired: readonly string[]) =>
    shown === undefined || [...shown].sort().join('\0') === [...desired].sort().join('\0');
  const isType = current.type === undefined || current.type === spec.type;
  return isType && isSame(current.tag, spec.tag) && isSame(current.role, spec.role);
}
