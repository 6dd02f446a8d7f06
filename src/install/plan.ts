import { type Blueprint, digestOf, type ShippedFile } from '../blueprint/load.js';
import { type Change, makeChange } from './change.js';
import { planConfig } from './config.js';
import type { FileContent } from './files.js';
import type { HubState, ReadFile } from './read-hub.js';
import { type InstallRecord, parseRecord, RECORD_PATH, renderRecord } from './record.js';
import { type DesiredValues, planSettings, type SettingChange } from './settings.js';

/** What a Hub is to hold in the end. */
export interface Desired {
  readonly blueprint: Blueprint;
  readonly version: string;
  readonly values: DesiredValues;
  /** False where forms and workflows are left out. */
  readonly hasConfig: boolean;
}

/** A change of a file, with what is to be written. */
export interface ResourceChange extends Change, FileContent {
  readonly kind: 'resource';
  /** What was there and was not shipped by us; it is kept beside. */
  readonly replaced?: Buffer;
}

/** All that is to be done, in the order in which it is done. */
export interface Plan {
  readonly desired: Desired;
  readonly settings: readonly SettingChange[];
  readonly resources: readonly ResourceChange[];
  /** Files that the Hub itself must show before config.json is imported. */
  readonly toBeShown: readonly FileContent[];
  /** Forms and workflows; imported together. */
  readonly config: readonly Change[];
  /** Written last. */
  readonly record: ResourceChange | undefined;
  /** The Hub does not say what it holds of something that is not left out. */
  readonly isPartHidden: boolean;
}

/** Compares what a Hub holds with what it is to hold. Plain data in, plain data out. */
export function makePlan(current: HubState, desired: Desired): Plan {
  const { readFile, workflows } = current;
  const { blueprint, hasConfig } = desired;
  const record = parseRecord(readFile ? readFile(RECORD_PATH) : current.shownRecord);
  const resources = readFile ? planResources(blueprint.files, readFile, record) : [];
  const isRecordKnown = readFile !== undefined || record !== undefined;
  return {
    desired,
    settings: current.settings ? planSettings(current.settings, desired.values) : [],
    resources,
    toBeShown: resources.filter((change) => {
      // A run that stopped before its end wrote files that no record tells of.
      const isRecorded =
        change.action === 'unchanged' && record?.files[change.id] === digestOf(change.content);
      return !isRecorded || current.shown?.has(change.id) === false;
    }),
    config: hasConfig ? planConfig(blueprint, { workflows, record, isRecordKnown }) : [],
    record: readFile && planRecord(desired, readFile(RECORD_PATH), record),
    isPartHidden: (hasConfig && !workflows) || (readFile !== undefined && !current.shown),
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

/**
 * Compares the shipped files with those in the Hub's resources.
 *
 * @param readFile reads a file of the Hub
 * @param record what was shipped last
 */
export function planResources(
  files: readonly ShippedFile[],
  readFile: ReadFile,
  record: InstallRecord | undefined,
): ResourceChange[] {
  return files.map(({ path, content, digest }) => {
    const current = readFile(path);
    if (!current) {
      return { ...makeChange('resource', path, 'create'), content };
    }
    const currentDigest = digestOf(current);
    if (currentDigest === digest) {
      return { ...makeChange('resource', path, 'unchanged'), content };
    }
    const shippedBefore = record?.files[path];
    if (shippedBefore === currentDigest) {
      return { ...makeChange('resource', path, 'update'), content };
    }
    const origin =
      shippedBefore === undefined ? 'was there already' : 'edited by hand since it was installed';
    const change = makeChange('resource', path, 'update', `${origin}; kept beside as .bak`);
    return { ...change, content, replaced: current };
  });
}

/** The install record as a change: written last, and only when it differs. */
function planRecord(
  { blueprint, version, hasConfig }: Desired,
  current: Buffer | undefined,
  before: InstallRecord | undefined,
): ResourceChange {
  const configDigest = hasConfig ? blueprint.configDigest : (before?.config ?? '');
  const content = renderRecord(blueprint, version, configDigest);
  const action = !current ? 'create' : current.equals(content) ? 'unchanged' : 'update';
  return { ...makeChange('resource', RECORD_PATH, action), content };
}
