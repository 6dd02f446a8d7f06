import {
  accessTokenSpec,
  CLIENT_SECRET,
  clientIdSpec,
  clientSecretSpec,
  DEFAULT_CLIENT_ID,
  type SettingSpec,
} from '../blueprint/manifest.js';
import type { HubClient, SettingRecord, StoredSetting } from '../hub/client.js';
import { type Change, type ChangeAction, makeChange } from './change.js';
import { hasAttributes, isMasked, type StoredSettings } from './stored-settings.js';
import { type Applying, applyToken, judgeToken } from './token-setting.js';

/** Values that the installer was given; what was not given stays as the Hub has it. */
export interface GivenValues {
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
}

/** A change of a setting, with what is to be written. */
export interface SettingChange extends Change {
  readonly kind: 'setting';
  /** Undefined where nothing is written, and for the token, whose value is read when it is written. */
  readonly record?: SettingRecord;
  /** The Hub has a setting of this key. */
  readonly isThere: boolean;
}

const CORRECTED = 'value kept; type, tags or role corrected';

/** Compares what a Hub holds with what the blueprint needs. @returns a change for each setting */
export function planSettings(stored: StoredSettings, given: GivenValues): SettingChange[] {
  const there = (spec: SettingSpec) => stored.get(spec.key);
  return [
    planClientId(there(clientIdSpec), given.clientId),
    planSecret(there(clientSecretSpec), given.clientSecret),
    planToken(there(accessTokenSpec)),
  ];
}

/** @returns whether a secret must be given, as the Hub has none or can't be corrected without it */
export function needsSecret(stored: StoredSettings): boolean {
  const there = stored.get(CLIENT_SECRET);
  if (!there || there.value === '' || there.value === null) {
    return true;
  }
  return isHidden(there) && !hasAttributes(there, clientSecretSpec);
}

// A company may have an app of its own: the default is for a Hub that has none yet.
function planClientId(there: StoredSetting | undefined, wanted: string | undefined): SettingChange {
  const isSet = typeof there?.value === 'string' && there.value !== '';
  return planValue(clientIdSpec, there, wanted ?? (isSet ? undefined : DEFAULT_CLIENT_ID));
}

function planSecret(there: StoredSetting | undefined, wanted: string | undefined): SettingChange {
  if (!there || !isHidden(there)) {
    return planValue(clientSecretSpec, there, wanted);
  }
  const make = (action: ChangeAction, note: string) => ({
    ...makeChange('setting', CLIENT_SECRET, action, note),
    isThere: true,
  });
  if (wanted !== undefined) {
    const record = { ...clientSecretSpec, value: wanted };
    return { ...make('unknown', 'present, not readable; written again'), record };
  }
  if (hasAttributes(there, clientSecretSpec)) {
    return make('unchanged', 'present, not readable');
  }
  // Writing the mask back would destroy the secret.
  return make('update', 'present, not readable; its type, tags or role are not right');
}

function planValue(
  spec: SettingSpec,
  there: StoredSetting | undefined,
  wanted: string | undefined,
): SettingChange {
  const make = (action: ChangeAction, value: string, note?: string) => ({
    ...makeChange('setting', spec.key, action, note),
    isThere: there !== undefined,
    ...(action !== 'unchanged' && { record: { ...spec, value } }),
  });
  if (!there) {
    return make('create', wanted ?? '', wanted === undefined ? 'without a value' : 'set');
  }
  const value = wanted ?? String(there.value ?? '');
  if (there.value !== value) {
    return make('update', value, 'changed');
  }
  return hasAttributes(there, spec) ? make('unchanged', value) : make('update', value, CORRECTED);
}

function planToken(there: StoredSetting | undefined): SettingChange {
  const make = (action: ChangeAction, note?: string) => ({
    ...makeChange('setting', accessTokenSpec.key, action, note),
    isThere: there !== undefined,
  });
  const verdict = judgeToken(there);
  if (verdict === 'missing') {
    return make('create', 'empty');
  }
  if (verdict === 'fine') {
    return make('unchanged');
  }
  if (verdict === 'correct') {
    return make('update', CORRECTED);
  }
  return { ...make('unknown', 'no token that can be read; left as it is'), state: 'done' };
}

// A Hub may leave a password out instead of masking it.
function isHidden({ value }: StoredSetting): boolean {
  return value === undefined || isMasked(value);
}

/** Writes a setting. */
export async function applySetting(
  hub: HubClient,
  change: SettingChange,
  applying: Applying,
): Promise<void> {
  if (change.id !== accessTokenSpec.key) {
    if (change.record) {
      await hub.upsertSetting(change.record, change.isThere);
    }
  } else if (change.action !== 'unknown') {
    await applyToken(hub, change.isThere, applying);
  }
}
