import { TAG } from '../blueprint/manifest.js';
import type { HubClient } from '../hub/client.js';
import type { Known } from './plan.js';
import { RECORD_PATH } from './record.js';
import { readSettings } from './stored-settings.js';

/** The parts of a blueprint that an installation can leave out. */
export const PARTS = ['resources', 'settings', 'config'] as const;

export type Part = (typeof PARTS)[number];

/** What a Hub holds, as far as it can be asked. */
export type HubState = Pick<Known, 'settings' | 'workflows' | 'shown' | 'shownRecord'>;

/** Reads what a plan needs to know of a Hub; everything at the same time. */
export async function readHub(hub: HubClient, skipped: ReadonlySet<Part>): Promise<HubState> {
  const hasFiles = !skipped.has('resources');
  const hasConfig = !skipped.has('config');
  const [settings, workflows, shown, shownRecord] = await Promise.all([
    skipped.has('settings') ? undefined : readSettings(hub),
    hasConfig ? hub.workflows(TAG) : undefined,
    hasFiles ? hub.resourcePaths() : undefined,
    hasConfig && !hasFiles ? hub.resourceFile(RECORD_PATH) : undefined,
  ]);
  return { settings, workflows, shown, shownRecord };
}
