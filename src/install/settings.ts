import {
  ACCESS_TOKEN,
  CLIENT_ID,
  CLIENT_SECRET,
  type SettingSpec,
  settingSpecs,
} from '../blueprint/settings.js';
import type { HubClient, SettingRecord, StoredSetting } from '../hub/client.js';
import type { Change } from './change.js';

/** Values that the installer was given; the client secret only where there was one. */
export interface GivenValues {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
}

/** What a Hub holds under the blueprint's keys. */
export type StoredSettings = ReadonlyMap<string, StoredSetting | undefined>;

/** A change of a setting, with what is to be written. */
export interface SettingChange extends Change {
  readonly kind: 'setting';
  readonly record?: SettingRecord;
  /** The Hub has a setting of this key. */
  readonly isThere: boolean;
}

/** @returns the blueprint's settings as the Hub shows them; reads them at the same time */
export async function readSettings(hub: HubClient): Promise<StoredSettings> {
  const read = settingSpecs.map(async ({ key }) => [key, await hub.setting(key)] as const);
  return new Map(await Promise.all(read));
}

/** @returns whether a Hub hides a value: asterisks or dots in its place */
export function isMasked(value: unknown): boolean {
  return typeof value === 'string' && /^[*•]+$/.test(value);
}

/** @returns whether a value is there that could be anything but empty */
export function hasValue(setting: StoredSetting | undefined): boolean {
  return typeof setting?.value === 'string' && setting.value !== '';
}

/** Compares what a Hub holds with what the blueprint needs. @returns a change for each setting */
export function planSettings(stored: StoredSettings, given: GivenValues): SettingChange[] {
  return settingSpecs.map((spec) => {
    const there = stored.get(spec.key);
    const isThere = there !== undefined;
    const isAsShipped = isThere && hasAttributes(there, spec);
    const plan = (action: Change['action'], value?: string, note?: string): SettingChange => {
      const { owner: _, ...fields } = spec;
      return {
        kind: 'setting',
        id: spec.key,
        action,
        state: action === 'unchanged' ? 'done' : 'pending',
        isThere,
        ...(value !== undefined && { record: { ...fields, value } }),
        ...(note && { note }),
      };
    };
    if (spec.key === ACCESS_TOKEN) return planToken(there, isAsShipped, plan);
    const wanted = spec.key === CLIENT_ID ? given.clientId : given.clientSecret;
    if (!isThere) return plan('create', wanted ?? '');
    if (isMasked(there.value) && spec.key === CLIENT_SECRET) {
      if (wanted !== undefined) return plan('unknown', wanted, 'present, not readable; written again');
      if (isAsShipped) return plan('unchanged', undefined, 'present, not readable');
      // Writing the mask back would destroy the secret.
      return plan('unknown', undefined, 'present, not readable; give the secret to correct its tags');
    }
    const value = wanted ?? String(there.value ?? '');
    return isAsShipped && there.value === value ? plan('unchanged') : plan('update', value);
  });
}

function planToken(
  there: StoredSetting | undefined,
  isAsShipped: boolean,
  plan: (action: Change['action'], value?: string, note?: string) => SettingChange,
): SettingChange {
  if (!there) return plan('create', '{}');
  // An object type shows an object; the manual blueprint may have left JSON in a string.
  const isObject = there.value !== null && typeof there.value === 'object';
  if (isAsShipped && isObject) return plan('unchanged');
  return plan('update', tokenJson(there.value), 'value kept, type and tags corrected');
}

/** @returns the stored token as JSON, to be written back unchanged; `{}` where it can't be a token */
export function tokenJson(value: unknown): string {
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  if (typeof value !== 'string') return '{}';
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? value : '{}';
  } catch {
    return '{}';
  }
}

// A Hub need not show every field; only what it shows can differ.
function hasAttributes(there: StoredSetting, spec: SettingSpec): boolean {
  const isSame = (shown: readonly string[] | undefined, wanted: readonly string[]) =>
    shown === undefined || [...shown].sort().join() === [...wanted].sort().join();
  const isType = there.type === undefined || there.type === spec.type;
  return isType && isSame(there.tag, spec.tag) && isSame(there.role, spec.role);
}

/**
 * Writes a setting. The stored token is read again right before and after, as a flow may renew it at any time;
 * what the flow wrote goes first.
 */
export async function applySetting(hub: HubClient, change: SettingChange): Promise<void> {
  const { record, isThere } = change;
  if (!record) return;
  if (change.id !== ACCESS_TOKEN || !isThere) return hub.upsertSetting(record, isThere);
  const spec = settingSpecs.find(({ key }) => key === ACCESS_TOKEN);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const before = await hub.setting(ACCESS_TOKEN);
    await hub.upsertSetting({ ...record, value: tokenJson(before?.value) }, isThere);
    const after = await hub.setting(ACCESS_TOKEN);
    if (after && spec && hasAttributes(after, spec) && typeof after.value === 'object') return;
  }
}
