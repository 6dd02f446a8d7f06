import { digestOf, type ShippedFile } from '../blueprint/load.js';
import { type Change, makeChange } from './change.js';
import type { FileContent } from './files.js';
import type { LinkAt, ReadFile } from './read-hub.js';
import type { InstallRecord } from './record.js';

/** A change of a file, with what is to be written; of a file that is deleted, nothing. */
export interface ResourceChange extends Change, FileContent {
  readonly kind: 'resource';
  /** What is there now. */
  readonly current?: Buffer;
  /** What was there and was not shipped by us; it is kept beside. */
  readonly replaced?: Buffer;
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
  linkAt: LinkAt = () => undefined,
): ResourceChange[] {
  return files.map(({ path, content, digest }) => {
    const current = readFile(path);
    if (!current) {
      return { ...makeChange('resource', path, 'create'), content };
    }
    const currentDigest = digestOf(current);
    const target = linkAt(path);
    const link = target === undefined ? undefined : `a link to ${target}`;
    if (currentDigest === digest) {
      return { ...makeChange('resource', path, 'unchanged', link), content, current };
    }
    const shippedBefore = record?.files[path];
    if (shippedBefore === currentDigest && link === undefined) {
      return { ...makeChange('resource', path, 'update'), content, current };
    }
    const origin =
      shippedBefore === undefined ? 'was there already' : 'edited by hand since it was installed';
    const note = link
      ? `${link}; a file takes its place, and what it shows is kept beside as .bak`
      : `${origin}; kept beside as .bak`;
    const change = makeChange('resource', path, 'update', note);
    return { ...change, content, current, replaced: current };
  });
}

/** @returns the removal of what an older version shipped and this one does not */
export function planRemovals(
  files: readonly ShippedFile[],
  readFile: ReadFile,
  record: InstallRecord | undefined,
): ResourceChange[] {
  const shipped = new Set(files.map(({ path }) => path));
  const dropped = Object.entries(record?.files ?? {}).filter(([path]) => !shipped.has(path));
  return dropped.flatMap(([path, digest]) => {
    const current = readFile(path);
    if (!current) {
      return [];
    }
    const isEdited = digestOf(current) !== digest;
    const note = isEdited
      ? 'no longer shipped; edited by hand, so kept beside as .bak'
      : 'no longer shipped';
    const change = makeChange('resource', path, 'delete', note);
    const kept = isEdited ? { replaced: current } : {};
    return [{ ...change, content: Buffer.alloc(0), current, ...kept }];
  });
}
