import { type Blueprint, digestOf } from '../blueprint/load.js';
import { isNewer } from '../blueprint/version.js';
import { type Change, makeChange } from './change.js';
import { type ConfigChange, planConfig } from './config.js';
import type { FileContent } from './files.js';
import { forcedConfig, forcedResource, forcedSetting } from './forced.js';
import type { HubState } from './read-hub.js';
import { type InstallRecord, parseRecord, RECORD_PATH, renderRecord } from './record.js';
import { planRemovals, planResources, type ResourceChange } from './resources.js';
import { type DesiredValues, planSettings, type SettingChange } from './settings.js';

/** What a Hub is to hold in the end. */
export interface Desired {
  readonly blueprint: Blueprint;
  readonly version: string;
  readonly values: DesiredValues;
  /** False where forms and workflows are left out. */
  readonly hasConfig: boolean;
  /** The Hub's address, by which the record tells one Hub from another. */
  readonly hub: string;
  /** All of it is written again, whatever the Hub holds. */
  readonly isForced: boolean;
}

/** All that is to be done, in the order in which it is done. */
export interface Plan {
  readonly desired: Desired;
  /** The version that the Hub has, as the record tells; undefined where it tells none. */
  readonly installedVersion: string | undefined;
  readonly settings: readonly SettingChange[];
  readonly resources: readonly ResourceChange[];
  /** Files that the Hub itself must show before config.json is imported. */
  readonly toBeShown: readonly FileContent[];
  /** Forms and workflows; imported together. */
  readonly config: readonly ConfigChange[];
  /** An import before this one did not come to its end, as far as the record tells. */
  readonly isImportOpen: boolean;
  /** Written last. */
  readonly record: ResourceChange | undefined;
  /** The Hub does not say what it holds of something that is not left out. */
  readonly isPartHidden: boolean;
}

/** Compares what a Hub holds with what it is to hold. Plain data in, plain data out. */
export function makePlan(current: HubState, desired: Desired): Plan {
  const { readFile, workflows, forms } = current;
  const { blueprint, hasConfig, isForced, hub } = desired;
  const record = parseRecord(readFile ? readFile(RECORD_PATH) : current.shownRecord);
  const force = <T>(changes: T[], forced: (change: T) => T) =>
    isForced ? changes.map(forced) : changes;
  const resources = readFile
    ? force(planResources(blueprint.files, readFile, record, current.linkAt), forcedResource)
    : [];
  const removals = readFile ? planRemovals(blueprint.files, readFile, record) : [];
  const imported = record?.hubs[hub];
  const isRecordKnown = readFile !== undefined || record !== undefined;
  const config = hasConfig
    ? planConfig(blueprint, { forms, workflows, imported, isRecordKnown })
    : [];
  const settings = current.settings ? planSettings(current.settings, desired.values) : [];
  return {
    desired,
    installedVersion: installedVersion(record, hub),
    settings: force(settings, (change) => forcedSetting(change, current.settings)),
    resources: [...resources, ...removals],
    toBeShown: resources.filter((change) => {
      // A run that stopped before its end wrote files that no record tells of.
      const isRecorded =
        change.action === 'unchanged' && record?.files[change.id] === digestOf(change.content);
      return !isRecorded || current.shown?.has(change.id) === false;
    }),
    config: force(config, forcedConfig),
    isImportOpen: readFile !== undefined && imported?.config !== blueprint.configDigest,
    record: readFile && planRecord(desired, current, record),
    isPartHidden:
      (hasConfig && !(workflows && forms)) || (readFile !== undefined && !current.shown),
  };
}

/** @returns every change of a plan that a person cares for; the install record is none of them */
export function changesOf({ settings, resources, config }: Plan): Change[] {
  return [...settings, ...resources, ...config];
}

/** @returns the most that a plan writes to the resources directory: what was there before is kept as well */
export function filesToWrite({ resources, record }: Plan): FileContent[] {
  const open = [...resources, ...(record ? [record] : [])].filter(({ isSettled }) => !isSettled);
  return open.map(({ id, content, replaced }) => ({
    id,
    content: replaced ? Buffer.concat([content, replaced]) : content,
  }));
}

/** @returns the newest version that a record tells of, for its files or for one Hub */
export function installedVersion(
  record: InstallRecord | undefined,
  hub: string,
): string | undefined {
  const imported = record?.hubs[hub]?.version;
  return record && imported && isNewer(imported, record.version) ? imported : record?.version;
}

/** The install record as a change: written last, and only when it differs. */
function planRecord(
  { blueprint, version, hasConfig, hub }: Desired,
  { readFile }: HubState,
  before: InstallRecord | undefined,
): ResourceChange {
  const current = readFile?.(RECORD_PATH);
  const entry = { version, config: blueprint.configDigest };
  const hubs = { ...before?.hubs, ...(hasConfig && { [hub]: entry }) };
  const content = renderRecord(blueprint, { version, hubs });
  const isSame = current !== undefined && digestOf(current) === digestOf(content);
  const action = !current ? 'create' : isSame ? 'unchanged' : 'update';
  return { ...makeChange('resource', RECORD_PATH, action), content };
}
