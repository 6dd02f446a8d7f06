import { type Blueprint, digestOf, type ShippedFile } from '../blueprint/load.js';
import { type Change, makeChange } from './change.js';
import { planConfig } from './config.js';
import type { FileContent } from './files.js';
import { type InstallRecord, parseRecord, RECORD_PATH, renderRecord } from './record.js';
import { type GivenValues, planSettings, type SettingChange } from './settings.js';
import type { StoredSettings } from './stored-settings.js';

/** A change of a file, with what is to be written. */
export interface ResourceChange extends Change, FileContent {
  readonly kind: 'resource';
  /** What was there and was not shipped by us; it is kept beside. */
  readonly replaced?: Buffer;
}

/** All that is to be done, in the order in which it is done. */
export interface Plan {
  readonly settings: SettingChange[];
  readonly resources: ResourceChange[];
  /** Files that the Hub itself must show before config.json is imported. */
  readonly toBeShown: readonly FileContent[];
  /** Forms and workflows; imported together. */
  readonly config: Change[];
  /** Written last. */
  readonly record: ResourceChange | undefined;
  /** The Hub does not say what it holds of something that is not left out. */
  readonly isPartHidden: boolean;
}

/** @returns every change of a plan that a person cares for; the install record is none of them */
export function changesOf({ settings, resources, config }: Plan): Change[] {
  return [...settings, ...resources, ...config];
}

/** What a plan is made from. Undefined is what is left out, and what the Hub can't be asked for. */
export interface Known {
  readonly version: string;
  readonly given: GivenValues;
  readonly settings: StoredSettings | undefined;
  /** Reads a file of the resources directory; undefined where resources are left out. */
  readonly present: ((path: string) => Buffer | undefined) | undefined;
  /** The install record where it is read through the Hub. */
  readonly shownRecord: Buffer | undefined;
  /** The files that the Hub shows; undefined where it does not say. */
  readonly shown: ReadonlySet<string> | undefined;
  readonly workflows: readonly Record<string, unknown>[] | undefined;
  readonly hasConfig: boolean;
}

/** Compares the blueprint with what is known of the Hub. Plain data in, plain data out. */
export function makePlan(blueprint: Blueprint, known: Known): Plan {
  const { present, workflows, hasConfig } = known;
  const record = parseRecord(present ? present(RECORD_PATH) : known.shownRecord);
  const resources = present ? planResources(blueprint.files, present, record) : [];
  const isRecordKnown = present !== undefined || record !== undefined;
  return {
    settings: known.settings ? planSettings(known.settings, known.given) : [],
    resources,
    toBeShown: resources.filter((change) => {
      // A run that stopped before its end wrote files that no record tells of.
      const isSettled =
        change.action === 'unchanged' && record?.files[change.id] === digestOf(change.content);
      return !isSettled || known.shown?.has(change.id) === false;
    }),
    config: hasConfig ? planConfig(blueprint, { workflows, record, isRecordKnown }) : [],
    record: present && planRecord(blueprint, known, record),
    isPartHidden: (hasConfig && !workflows) || (present !== undefined && !known.shown),
  };
}

/**
 * Compares the shipped files with those in the Hub's resources.
 *
 * @param present reads a file of the Hub, undefined where there is none
 * @param record what was shipped last
 */
export function planResources(
  files: readonly ShippedFile[],
  present: (path: string) => Buffer | undefined,
  record: InstallRecord | undefined,
): ResourceChange[] {
  return files.map(({ path, content, digest }) => {
    const there = present(path);
    if (!there) {
      return { ...makeChange('resource', path, 'create'), content };
    }
    if (digestOf(there) === digest) {
      return { ...makeChange('resource', path, 'unchanged'), content };
    }
    const shippedBefore = record?.files[path];
    if (shippedBefore === digestOf(there)) {
      return { ...makeChange('resource', path, 'update'), content };
    }
    const note =
      shippedBefore === undefined ? 'was there already' : 'edited by hand since it was installed';
    return {
      ...makeChange('resource', path, 'update', `${note}; kept beside as .bak`),
      content,
      replaced: there,
    };
  });
}

/** The install record as a change: written last, and only when it differs. */
function planRecord(
  blueprint: Blueprint,
  known: Known,
  before: InstallRecord | undefined,
): ResourceChange {
  const configDigest = known.hasConfig ? blueprint.configDigest : (before?.config ?? '');
  const content = renderRecord(blueprint, known.version, configDigest);
  const there = known.present?.(RECORD_PATH);
  const action = !there ? 'create' : there.equals(content) ? 'unchanged' : 'update';
  return { ...makeChange('resource', RECORD_PATH, action), content };
}
