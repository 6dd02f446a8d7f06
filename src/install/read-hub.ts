import type { HubClient } from '../hub/client.js';
import type { Part } from '../options/install.js';
import type { Known } from './plan.js';
import { RECORD_PATH } from './record.js';
import { readSettings } from './stored-settings.js';

/** What a Hub holds, as far as it can be asked. */
export type HubState = Pick<Known, 'settings' | 'workflows' | 'shown' | 'shownRecord'>;

/** Reads what a plan needs to know of a Hub; everything at the same time. */
export async function readHub(hub: HubClient, skipped: ReadonlySet<Part>): Promise<HubState> {
  const hasFiles = !skipped.has('resources');
  const hasConfig = !skipped.has('config');
  const [settings, workflows, shown, shownRecord] = await Promise.all([
    skipped.has('settings') ? undefined : readSettings(hub),
    hasConfig ? hub.workflows('fortnox') : undefined,
    hasFiles ? hub.resourcePaths() : undefined,
    hasConfig && !hasFiles ? hub.resourceFile(RECORD_PATH) : undefined,
  ]);
  return { settings, workflows, shown, shownRecord };
}
