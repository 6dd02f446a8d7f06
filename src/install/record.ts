import * as z from 'zod/mini';
import type { Blueprint } from '../blueprint/load.js';
import { parseJson } from '../core/json.js';

/** Where the install record lies in the Hub's resources. */
export const RECORD_PATH = '/fortnox-blueprint.json';

/** A path in the Hub that leads nowhere else: a record is a file that anyone may have edited. */
const hubPath = z.string().check(z.regex(/^(\/(?!\.{1,2}(\/|$))[^/\\]+)+$/));

const hubEntry = z.object({
  version: z.string(),
  /** Digest of the config.json that was imported. */
  config: z.string(),
});

const recordSchema = z.object({
  /** Which version's files these are. */
  version: z.string(),
  files: z.record(hubPath, z.string()),
  /** What was imported into which Hub, by its address: a Git checkout may serve several. Version 0.1.0 did not tell. */
  hubs: z._default(z.record(z.string(), hubEntry), {}),
});

/** What was shipped last: a digest of each file, and of what was imported into each Hub. */
export type InstallRecord = z.infer<typeof recordSchema>;

/** What was imported into one Hub. */
export type HubEntry = z.infer<typeof hubEntry>;

/** @returns the record in a file, or undefined where there is none that can be read */
export function parseRecord(content: Buffer | undefined): InstallRecord | undefined {
  return content && recordSchema.safeParse(parseJson(content.toString('utf8'))).data;
}

/** What a record is made from, besides the blueprint. */
interface RecordParts {
  readonly version: string;
  readonly hubs: Readonly<Record<string, HubEntry>>;
}

/** Makes the install record. @returns the file; the same for the same blueprint and parts */
export function renderRecord(blueprint: Blueprint, { version, hubs }: RecordParts) {
  const files = Object.fromEntries(blueprint.files.map(({ path, digest }) => [path, digest]));
  return recordFile({ version, files, hubs: { ...hubs } });
}

/** @returns a record as a file, its Hubs in order */
export function recordFile(record: InstallRecord): Buffer {
  const { version, files } = record;
  const hubs = Object.fromEntries(Object.entries(record.hubs).sort(([a], [b]) => (a < b ? -1 : 1)));
  return Buffer.from(`${JSON.stringify({ version, files, hubs }, null, 2)}\n`);
}
