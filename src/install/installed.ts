import type { Blueprint } from '../blueprint/load.js';
import { accessTokenSpec } from '../blueprint/manifest.js';
import { counted } from '../core/text.js';
import type { HubClient } from '../hub/client.js';
import { type Change, isDrift, makeChange } from './change.js';
import { planConfig } from './config.js';
import type { ResourcesDir } from './files.js';
import { installedVersion } from './plan.js';
import { type HubState, readConfig, readShownFiles } from './read-hub.js';
import { parseRecord, RECORD_PATH } from './record.js';
import { planRemovals, planResources } from './resources.js';
import { planSettings } from './settings.js';
import { readSettings, type StoredSettings } from './stored-settings.js';
import { changeLines } from './table.js';
import { verdictLines } from './verdict.js';

/** What a Hub holds of a blueprint, read to be compared and not to be changed. */
interface Installed extends Pick<HubState, 'readFile' | 'linkAt' | 'workflows' | 'forms'> {
  readonly settings: StoredSettings;
}

/**
 * Reads what a Hub holds of a blueprint; everything at the same time.
 *
 * @param dir the Hub's resources; where it is not given, files are read through the Hub
 */
export async function readInstalled(
  hub: HubClient,
  blueprint: Blueprint,
  dir: ResourcesDir | undefined,
): Promise<Installed> {
  const [settings, config, readFile] = await Promise.all([
    readSettings(hub),
    readConfig(hub, false),
    dir ? (path: string) => dir.read(path) : readShownFiles(hub, blueprint),
  ]);
  return { settings, ...config, readFile, linkAt: dir && ((path) => dir.linkAt(path)) };
}

/**
 * Compares what a Hub holds with what this version ships.
 *
 * @param clientId where a company has an app of its own
 * @param hub the Hub's address, by which the record knows it
 */
export function compareInstalled(
  blueprint: Blueprint,
  { settings, workflows, forms, readFile, linkAt }: Installed,
  clientId: string | undefined,
  hub = '',
): Change[] {
  const record = parseRecord(readFile?.(RECORD_PATH));
  const imported = record?.hubs[hub];
  return [
    ...planSettings(settings, { clientId, clientSecret: undefined }),
    ...(readFile
      ? [
          ...planResources(blueprint.files, readFile, record, linkAt),
          ...planRemovals(blueprint.files, readFile, record),
        ]
      : blueprint.files.map(({ path }) => makeChange('resource', path, 'unknown'))),
    // As the plan of an installation: without a record, what the Hub does not show is taken for missing.
    ...planConfig(blueprint, { workflows, forms, imported, isRecordKnown: readFile !== undefined }),
  ];
}

/**
 * @param hub the Hub's address
 * @returns the version that the record tells of; undefined where there is no record that can be read
 */
export function versionInstalled({ readFile }: Installed, hub: string): string | undefined {
  return installedVersion(parseRecord(readFile?.(RECORD_PATH)), hub);
}

/**
 * @returns whether nothing of it is there but, maybe, the stored token, which stays when all is removed; then a table of
 *   all that is to come says no more than that
 */
export function isAbsent(changes: readonly Change[]): boolean {
  const others = changes.filter(({ id }) => id !== accessTokenSpec.key);
  const actions = new Set(others.map(({ action }) => action));
  return actions.has('create') && !actions.has('update') && !actions.has('unchanged');
}

/**
 * @param installed the version that the Hub has, where the record tells it
 * @returns how a Hub differs from what this version ships, for a person, with the next step
 */
export function installedLines(
  changes: readonly Change[],
  version: string,
  installed?: string,
): string[] {
  const isOther = installed !== undefined && installed !== version;
  const title = `Blueprint ${version}${isOther ? `; the Hub has ${installed}` : ''}`;
  if (isAbsent(changes)) {
    return [title, 'Not installed in this Hub.', '', 'Next: fortnox-blueprint install'];
  }
  const drifts = changes.filter(isDrift).length;
  const verdict =
    drifts === 0
      ? verdictLines(changes)
      : [
          `${counted(drifts, 'difference')} from what this version ships.`,
          'Next: fortnox-blueprint install brings it in line.',
        ];
  return [title, ...changeLines(changes), ...verdict];
}
