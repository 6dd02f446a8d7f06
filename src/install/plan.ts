import type { Blueprint, ShippedFile } from '../blueprint/load.js';
import { digestOf } from '../blueprint/load.js';
import type { Change } from './change.js';
import { type InstallRecord, RECORD_PATH, renderRecord } from './record.js';

/** A change of a file, with what is to be written. */
export interface ResourceChange extends Change {
  readonly kind: 'resource';
  readonly content: Buffer;
  /** What someone edited since it was shipped; it is kept beside. */
  readonly edited?: Buffer;
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
    const change = { kind: 'resource' as const, id: path, content };
    if (!there) return { ...change, action: 'create', state: 'pending' };
    if (digestOf(there) === digest) return { ...change, action: 'unchanged', state: 'done' };
    const shippedBefore = record?.files[path];
    const isEdited = shippedBefore !== undefined && shippedBefore !== digestOf(there);
    const note = isEdited ? { edited: there, note: 'edited by hand since; kept beside as .bak' } : {};
    return { ...change, action: 'update', state: 'pending', ...note };
  });
}

/** The install record as a change: written last, and only when it differs. */
export function planRecord(
  blueprint: Blueprint,
  version: string,
  present: (path: string) => Buffer | undefined,
): ResourceChange {
  const content = renderRecord(blueprint, version);
  const there = present(RECORD_PATH);
  const isSame = there?.equals(content) === true;
  const action = isSame ? 'unchanged' : there ? 'update' : 'create';
  return { kind: 'resource', id: RECORD_PATH, content, action, state: isSame ? 'done' : 'pending' };
}

/**
 * Compares forms and workflows with the Hub's. Forms can't be read from a Hub, nor can workflows on some; there the
 * install record tells whether this very config.json was imported last.
 *
 * @param workflows what the Hub lists, undefined where it lists none
 */
export function planConfig(
  blueprint: Blueprint,
  workflows: readonly Record<string, unknown>[] | undefined,
  record: InstallRecord | undefined,
): Change[] {
  const isImported = record?.config === blueprint.configDigest;
  const byRecord = record === undefined ? 'create' : isImported ? 'unchanged' : 'update';
  const make = (kind: 'workflow' | 'form', id: string, action: Change['action']): Change => ({
    kind,
    id,
    action,
    state: action === 'unchanged' ? 'done' : 'pending',
  });
  const forWorkflows = blueprint.config.workflow.map((shipped) => {
    if (!workflows) return make('workflow', shipped.key, byRecord);
    const there = workflows.find(({ key }) => key === shipped.key);
    if (!there) return make('workflow', shipped.key, 'create');
    return make('workflow', shipped.key, holds(there, shipped) ? 'unchanged' : 'update');
  });
  return [...blueprint.config.form.map(({ slug }) => make('form', slug, byRecord)), ...forWorkflows];
}

/** @returns whether everything that was shipped is there as it was shipped; a Hub may add fields of its own */
function holds(there: unknown, shipped: unknown): boolean {
  if (Array.isArray(shipped)) {
    return Array.isArray(there) && [...shipped].sort().join('\0') === [...there].sort().join('\0');
  }
  if (shipped !== null && typeof shipped === 'object') {
    if (there === null || typeof there !== 'object') return false;
    return Object.entries(shipped).every(([name, value]) =>
      holds((there as Record<string, unknown>)[name], value),
    );
  }
  return there === shipped;
}
