import * as z from 'zod';
import type { Blueprint } from '../blueprint/load.js';
import { parseJson } from '../core/json.js';

/** Where the install record lies in the Hub's resources. */
export const RECORD_PATH = '/fortnox-blueprint.json';

const recordSchema = z.object({
  version: z.string(),
  /** Digest of the config.json that was imported; empty where none was. */
  config: z.string(),
  files: z.record(z.string(), z.string()),
});

/** What was shipped to this Hub last: a digest of each file and of config.json. */
export type InstallRecord = z.infer<typeof recordSchema>;

/** @returns the record in a file, or undefined where there is none that can be read */
export function parseRecord(content: Buffer | undefined): InstallRecord | undefined {
  return content && recordSchema.safeParse(parseJson(content.toString('utf8'))).data;
}

/**
 * Makes the install record.
 *
 * @param configDigest of the config.json that the Hub has; empty where it has none
 * @returns the file; the same for the same blueprint
 */
export function renderRecord(blueprint: Blueprint, version: string, configDigest: string): Buffer {
  const files = Object.fromEntries(blueprint.files.map(({ path, digest }) => [path, digest]));
  const record: InstallRecord = { version, config: configDigest, files };
  return Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
}
