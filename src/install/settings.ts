import {
  ACCESS_TOKEN,
  accessTokenSpec,
  alertEmailSpec,
  allSettingSpecs,
  CLIENT_SECRET,
  clientIdSpec,
  clientSecretSpec,
  DEFAULT_CLIENT_ID,
  type SettingSpec,
} from '../blueprint/manifest.js';
import type { SettingRecord, StoredSetting } from '../hub/client.js';
import { deleteFrom } from '../hub/lifecycle.js';
import { type Change, type ChangeAction, makeChange } from './change.js';
import { hasAttributes, isMasked, type StoredSettings } from './stored-settings.js';
import type { Target } from './target.js';
import { applyToken, judgeToken } from './token-setting.js';

/** The values that settings are to have; undefined stays as the Hub has it. */
export interface DesiredValues {
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Where alerts go; `none`: nowhere any more. */
  readonly alertEmail?: string | undefined;
}

/** In place of an address: nobody is to be mailed. */
const NO_ALERT = 'none';

/** A change of a setting, with what is to be written. */
export interface SettingChange extends Change {
  readonly kind: 'setting';
  /** Undefined where nothing is written, and for the token, whose value is read when it is written. */
  readonly record?: SettingRecord;
  /** The Hub has a setting of this key. */
  readonly exists: boolean;
}

const CORRECTED = 'value kept; type, tags or role corrected';

/** Compares what a Hub holds with what the blueprint needs. @returns a change for each setting */
export function planSettings(
  stored: StoredSettings,
  { clientId, clientSecret, alertEmail }: DesiredValues,
): SettingChange[] {
  const current = (spec: SettingSpec) => stored.get(spec.key);
  return [
    planClientId(current(clientIdSpec), clientId),
    planSecret(current(clientSecretSpec), clientSecret),
    planToken(current(accessTokenSpec)),
    ...planAlert(current(alertEmailSpec), alertEmail),
  ];
}

/** @returns a setting of the blueprint as it is sent; undefined where it has none of this key */
export function recordOf(key: string, value: string): SettingRecord | undefined {
  const spec = allSettingSpecs.find((one) => one.key === key);
  return spec && { ...spec, value };
}

/** @returns whether a secret must be given, as the Hub has none or can't be corrected without it */
export function needsSecret(stored: StoredSettings): boolean {
  const current = stored.get(CLIENT_SECRET);
  if (!current || current.value === '' || current.value === null) {
    return true;
  }
  return isHidden(current) && !hasAttributes(current, clientSecretSpec);
}

/** Writes a setting. */
export async function applySetting(change: SettingChange, target: Target): Promise<void> {
  if (change.id === ACCESS_TOKEN) {
    await applyToken(target.hub, change.exists, target.context);
  } else if (change.action === 'delete') {
    await removeSetting(change, target);
  } else if (change.record) {
    await target.hub.upsertSetting(change.record, change.exists);
  }
}

// A company may have an app of its own: the default is for a Hub that has none yet.
function planClientId(
  current: StoredSetting | undefined,
  clientId: string | undefined,
): SettingChange {
  const isSet = typeof current?.value === 'string' && current.value !== '';
  const change = planValue(
    clientIdSpec,
    current,
    clientId ?? (isSet ? undefined : DEFAULT_CLIENT_ID),
  );
  const isForeign = clientId === undefined && isSet && current.value !== DEFAULT_CLIENT_ID;
  return isForeign && change.action === 'unchanged'
    ? { ...change, note: `kept: ${current.value}, not Onify's` }
    : change;
}

// Left alone unless someone asks for it: most Hubs have none.
function planAlert(current: StoredSetting | undefined, alertEmail: string | undefined) {
  if (alertEmail === undefined) {
    return [];
  }
  if (alertEmail !== NO_ALERT) {
    return [planValue(alertEmailSpec, current, alertEmail)];
  }
  const isEmpty = !current || current.value === '' || current.value === null;
  return isEmpty ? [] : [changeOf(alertEmailSpec, current, 'delete', 'no more alerts')];
}

// A Hub that deletes no setting keeps it, empty: that is no address either.
async function removeSetting({ id }: SettingChange, { hub }: Target): Promise<void> {
  if (await deleteFrom(hub, 'setting', id)) {
    return;
  }
  const record = recordOf(id, '');
  if (record) {
    await hub.upsertSetting(record, true);
  }
}

function planSecret(
  current: StoredSetting | undefined,
  clientSecret: string | undefined,
): SettingChange {
  if (!current || !isHidden(current)) {
    return planValue(clientSecretSpec, current, clientSecret);
  }
  const make = (action: ChangeAction, note: string) =>
    changeOf(clientSecretSpec, current, action, note);
  if (clientSecret !== undefined) {
    const record = { ...clientSecretSpec, value: clientSecret };
    return { ...make('unknown', 'present, not readable; written again'), record };
  }
  if (hasAttributes(current, clientSecretSpec)) {
    return make('unchanged', 'present, not readable');
  }
  // Writing the mask back would destroy the secret.
  return make('update', 'present, not readable; its type, tags or role are not right');
}

function planValue(
  spec: SettingSpec,
  current: StoredSetting | undefined,
  desired: string | undefined,
): SettingChange {
  const write = (action: ChangeAction, value: string, note: string) => ({
    ...changeOf(spec, current, action, note),
    record: { ...spec, value },
  });
  if (!current) {
    return write(
      'create',
      desired ?? '',
      desired === undefined ? 'its value is still to be given' : 'set',
    );
  }
  const value = desired ?? String(current.value ?? '');
  if (current.value !== value) {
    return write('update', value, 'changed');
  }
  return hasAttributes(current, spec)
    ? changeOf(spec, current, 'unchanged')
    : write('update', value, CORRECTED);
}

function planToken(current: StoredSetting | undefined): SettingChange {
  const make = (action: ChangeAction, note?: string) =>
    changeOf(accessTokenSpec, current, action, note);
  switch (judgeToken(current)) {
    case 'missing':
      return make('create', 'empty');
    case 'fine':
      return make('unchanged');
    case 'correct':
      return make('update', CORRECTED);
    case 'leave':
      return { ...make('unknown', 'no token that can be read; left as it is'), isSettled: true };
  }
}

function changeOf(
  spec: SettingSpec,
  current: StoredSetting | undefined,
  action: ChangeAction,
  note?: string,
): SettingChange {
  return { ...makeChange('setting', spec.key, action, note), exists: current !== undefined };
}

// A Hub may leave a password out instead of masking it.
function isHidden({ value }: StoredSetting): boolean {
  return value === undefined || isMasked(value);
}
