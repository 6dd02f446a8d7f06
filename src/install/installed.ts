import type { Blueprint } from '../blueprint/load.js';
import { TAG } from '../blueprint/manifest.js';
import { counted } from '../core/text.js';
import type { HubClient } from '../hub/client.js';
import { type Change, isDrift, makeChange } from './change.js';
import { planConfig } from './config.js';
import type { ResourcesDir } from './files.js';
import { planResources } from './plan.js';
import { type HubState, readShownFiles } from './read-hub.js';
import { parseRecord, RECORD_PATH } from './record.js';
import { planSettings } from './settings.js';
import { readSettings, type StoredSettings } from './stored-settings.js';
import { changeLines } from './table.js';

/** What a Hub holds of a blueprint, read to be compared and not to be changed. */
interface Installed extends Pick<HubState, 'readFile' | 'workflows'> {
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
  const [settings, workflows, readFile] = await Promise.all([
    readSettings(hub),
    hub.workflows(TAG),
    dir ? (path: string) => dir.read(path) : readShownFiles(hub, blueprint),
  ]);
  return { settings, workflows, readFile };
}

/** Compares what a Hub holds with what this version ships; `clientId` where a company has an app of its own. */
export function compareInstalled(
  blueprint: Blueprint,
  { settings, workflows, readFile }: Installed,
  clientId: string | undefined,
): Change[] {
  const record = parseRecord(readFile?.(RECORD_PATH));
  return [
    ...planSettings(settings, { clientId, clientSecret: undefined }),
    ...(readFile
      ? planResources(blueprint.files, readFile, record)
      : blueprint.files.map(({ path }) => makeChange('resource', path, 'unknown'))),
    // Without a record nobody knows of a form whether it is there.
    ...planConfig(blueprint, { workflows, record, isRecordKnown: false }),
  ];
}

/** @returns whether nothing of it is there; then a table of all that is to come says no more than that */
export function isAbsent(changes: readonly Change[]): boolean {
  const actions = new Set(changes.map(({ action }) => action));
  return actions.has('create') && !actions.has('update') && !actions.has('unchanged');
}

/** @returns how a Hub differs from what this version ships, for a person, with the next step */
export function installedLines(changes: readonly Change[], version: string): string[] {
  const title = `Blueprint ${version}`;
  if (isAbsent(changes)) {
    return [title, 'Not installed in this Hub.', '', 'Next: fortnox-blueprint install'];
  }
  const drifts = changes.filter(isDrift).length;
  const verdict =
    drifts === 0
      ? ['Installed as shipped.']
      : [
          `${counted(drifts, 'difference')} from what this version ships.`,
          'Next: fortnox-blueprint install brings it in line.',
        ];
  return [title, ...changeLines(changes), ...verdict];
}
