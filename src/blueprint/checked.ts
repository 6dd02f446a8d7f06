import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, parseJson } from '../core/json.js';
import type { Blueprint } from './load.js';

/** Holds the digest of the blueprint that was validated when the package was built. */
const CHECKED = 'dist/checked.json';

/**
 * The build notes it, too.
 *
 * @returns one digest for all that a blueprint holds: SHA-256, in hexadecimal
 * @internal
 */
export function blueprintDigest({ files, configDigest }: Blueprint): string {
  const hash = createHash('sha256').update(configDigest);
  for (const { path, digest } of files) {
    hash.update(`\n${path}\n${digest}`);
  }
  return hash.digest('hex');
}

/**
 * Tells whether a blueprint is, byte for byte, the one that was found right by these very rules when the package was
 * built; then to check it again takes time and finds nothing.
 *
 * @param root the package's folder
 */
export function isCheckedAlready(root: string, blueprint: Blueprint): boolean {
  try {
    const note = parseJson(readFileSync(join(root, CHECKED), 'utf8'));
    return isRecord(note) && note.digest === blueprintDigest(blueprint);
  } catch {
    return false;
  }
}
