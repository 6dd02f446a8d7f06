import { posix } from 'node:path';
import { type Blueprint, digestOf } from '../blueprint/load.js';
import { ACCESS_TOKEN, allSettingSpecs } from '../blueprint/manifest.js';
import type { Deletable } from '../hub/lifecycle.js';
import { readStoredToken } from '../token/stored-token.js';
import { type Change, makeChange } from './change.js';
import type { HubState, ReadFile } from './read-hub.js';
import { type InstallRecord, parseRecord, RECORD_PATH, recordFile } from './record.js';

/** What stays, and why. */
export interface Left {
  readonly kind: Change['kind'] | 'process';
  readonly id: string;
  /** For a person: the reason, and what to do where something can be done. */
  readonly why: string;
}

/** What is asked of a removal. */
export interface RemovalOptions {
  readonly keepsSettings: boolean;
  readonly takesToken: boolean;
  /** The Hub's address, by which the record tells one Hub from another. */
  readonly hub: string;
}

/** Something that the Hub holds, to be deleted through its API. */
export interface HubRemoval extends Change {
  readonly kind: Deletable;
  /** The Hub shows it; false where it does not say. */
  readonly isSeen: boolean;
}

/** All that is to be removed, in the order in which it is done. */
export interface Removal {
  readonly hub: readonly HubRemoval[];
  readonly files: readonly Change[];
  /** Folders that files lay in, the deepest first; removed where they are empty then. */
  readonly folders: readonly string[];
  /** What the record says in the end; undefined where it goes as well. */
  readonly record: Buffer | undefined;
  readonly hasRecord: boolean;
  readonly left: readonly Left[];
}

/** Plans what a removal takes away, by the record of what was installed. Plain data in, plain data out. */
export function planRemoval(
  current: HubState,
  blueprint: Blueprint,
  names: readonly string[],
  options: RemovalOptions,
): Removal {
  const { readFile } = current;
  const record = readFile && parseRecord(readFile(RECORD_PATH));
  const { [options.hub]: _gone, ...otherHubs } = record?.hubs ?? {};
  const others = Object.keys(otherHubs);
  const files = readFile ? removedFiles(blueprint, readFile, record, names, others) : NO_FILES;
  const settings = removedSettings(current, options);
  const hasOthers = record !== undefined && others.length > 0;
  return {
    hub: [...removedConfig(current, blueprint), ...settings.changes],
    files: files.changes,
    folders: hasOthers || !readFile ? [] : foldersOf(shippedIn(blueprint, record)),
    record: hasOthers ? recordFile({ ...record, hubs: otherHubs }) : undefined,
    hasRecord: readFile?.(RECORD_PATH) !== undefined,
    left: [...settings.left, ...files.left, ...(readFile ? [] : NO_DIR)],
  };
}

const NO_FILES: { changes: Change[]; left: Left[] } = { changes: [], left: [] };

const NO_DIR: readonly Left[] = [
  {
    kind: 'resource',
    id: '/',
    why: 'no resources directory was given; run it again with --resources-dir',
  },
];

function removedConfig({ forms, workflows }: HubState, { config }: Blueprint): HubRemoval[] {
  const remove = (kind: 'form' | 'workflow', id: string, isThere: boolean | undefined) =>
    isThere === false ? [] : [removalOf(kind, id, isThere === true)];
  const has = (list: HubState['forms'], name: 'slug' | 'key', id: string) =>
    list?.some((entry) => entry[name] === id);
  return [
    ...config.form.flatMap(({ slug }) => remove('form', slug, has(forms, 'slug', slug))),
    ...config.workflow.flatMap(({ key }) => remove('workflow', key, has(workflows, 'key', key))),
  ];
}

function removedSettings({ settings }: HubState, { keepsSettings, takesToken }: RemovalOptions) {
  const keys = allSettingSpecs.map(({ key }) => key).filter((key) => settings?.has(key));
  const why = (key: string) =>
    keepsSettings
      ? 'kept, as --keep-settings says'
      : key === ACCESS_TOKEN && !takesToken
        ? tokenLeft(settings?.get(key)?.value)
        : undefined;
  return {
    changes: keys.filter((key) => !why(key)).map((key) => removalOf('setting', key, true)),
    left: keys.flatMap((id): Left[] => {
      const reason = why(id);
      return reason ? [{ kind: 'setting', id, why: reason }] : [];
    }),
  };
}

function tokenLeft(value: unknown): string {
  const holds = readStoredToken(value)
    ? 'holds the connection to Fortnox'
    : 'holds no connection, only how often there was one';
  return `${holds}; --with-token takes it too`;
}

function removedFiles(
  blueprint: Blueprint,
  readFile: ReadFile,
  record: InstallRecord | undefined,
  names: readonly string[],
  others: readonly string[],
) {
  // Without a record, what is as this very version ships it is ours all the same.
  const shipped = Object.entries(shippedIn(blueprint, record));
  const changes: Change[] = [];
  const left: Left[] = [];
  for (const [id, digest] of shipped) {
    const current = readFile(id);
    if (!current) {
      continue;
    }
    if (others.length > 0) {
      left.push({ kind: 'resource', id, why: `${others.join(', ')} uses it too` });
    } else if (digestOf(current) === digest) {
      changes.push(makeChange('resource', id, 'delete'));
    } else {
      const why = record ? 'edited since it was installed' : 'not as this version ships it';
      left.push({ kind: 'resource', id, why });
    }
  }
  const backup = 'what was there before, or was edited; rename it to put it back';
  const copies = names.map((id): Left => ({ kind: 'resource', id, why: backup }));
  return { changes, left: [...left, ...copies] };
}

function removalOf(kind: Deletable, id: string, isSeen: boolean): HubRemoval {
  return { ...makeChange(kind, id, isSeen ? 'delete' : 'unknown'), kind, isSeen };
}

/** @returns what was shipped, by its path: as the record tells, else as this very version ships it */
function shippedIn({ files }: Blueprint, record: InstallRecord | undefined) {
  return record?.files ?? Object.fromEntries(files.map(({ path, digest }) => [path, digest]));
}

// A killed run can't tell whether it made a folder: one that is empty is worth nothing to anyone.
function foldersOf(shipped: Readonly<Record<string, string>>): string[] {
  const folders = new Set<string>();
  for (const path of Object.keys(shipped)) {
    for (let at = posix.dirname(path); at !== '/'; at = posix.dirname(at)) {
      folders.add(at);
    }
  }
  return [...folders].sort((a, b) => b.length - a.length);
}
