import type { Blueprint } from '../blueprint/load.js';
import { PartialError } from '../errors.js';
import type { HubClient } from '../hub/client.js';
import type { Plan } from './apply.js';
import { type Change, changeDocument, isDrift } from './change.js';
import { planConfig } from './plan.js';
import { type GivenValues, planSettings, readSettings } from './settings.js';

/**
 * Reads back what was written, and compares.
 *
 * @returns true where the Hub shows all of it, null where it can't be asked for a part of it
 * @throws PartialError when the Hub shows something else than was written
 */
export async function verify(
  hub: HubClient,
  blueprint: Blueprint,
  plan: Plan,
  given: GivenValues,
): Promise<true | null> {
  const wasChanged = (changes: readonly Change[]) => changes.some(({ action }) => action !== 'unchanged');
  const [settings, workflows] = await Promise.all([
    wasChanged(plan.settings) ? readSettings(hub) : undefined,
    wasChanged(plan.config) ? hub.workflows('fortnox') : undefined,
  ]);
  const wrong: Change[] = [];
  if (settings) wrong.push(...planSettings(settings, given).filter(isDrift));
  if (workflows) {
    const after = planConfig(blueprint, workflows, undefined);
    wrong.push(...after.filter((change) => change.kind === 'workflow' && isDrift(change)));
  }
  if (wrong.length > 0) {
    const ids = wrong.map(({ id }) => id).join(', ');
    throw new PartialError(
      'not_as_written',
      `The Hub shows something else than was written: ${ids}.`,
      { hint: 'Run install again; if it stays so, look into the Hub for what changes these.' },
      { changes: [...plan.settings, ...plan.resources, ...plan.config].map(changeDocument), verified: false },
      [],
    );
  }
  const isWorkflowListMissing = wasChanged(plan.config) && workflows === undefined;
  return isWorkflowListMissing ? null : true;
}
