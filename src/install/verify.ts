import type { Blueprint } from '../blueprint/load.js';
import { TAG } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { PartialError } from '../core/errors.js';
import { sleep } from '../core/sleep.js';
import type { HubClient } from '../hub/client.js';
import { type Change, isDrift } from './change.js';
import { wrongWorkflows } from './config.js';
import type { Plan } from './plan.js';
import { type GivenValues, planSettings } from './settings.js';
import { readSettings } from './stored-settings.js';

/** A Hub's search shows a write a moment later. */
const TRIES = 6;
const PAUSE_MS = 500;

const wasChanged = (changes: readonly Change[]) =>
  changes.some(({ action }) => action !== 'unchanged');

/**
 * Reads back what was written, and compares.
 *
 * @returns false where the Hub hides a secret that was written
 * @throws PartialError when the Hub shows something else than was written
 */
export async function verify(
  hub: HubClient,
  blueprint: Blueprint,
  plan: Plan,
  given: GivenValues,
  context: Context,
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const [settings, workflows] = await Promise.all([
      wasChanged(plan.settings) ? readSettings(hub) : undefined,
      wasChanged(plan.config) ? hub.workflows(TAG) : undefined,
    ]);
    const left = settings ? planSettings(settings, given) : [];
    const wrong = [
      ...left.filter(isDrift).map(({ id }) => id),
      ...(workflows ? wrongWorkflows(blueprint, workflows) : []),
    ];
    if (wrong.length === 0) {
      return !left.some(({ action, record }) => action === 'unknown' && record);
    }
    if (tries === TRIES) {
      throw notAsWritten(wrong);
    }
    await sleep(PAUSE_MS, context.signal);
  }
}

function notAsWritten(wrong: readonly string[]): PartialError {
  return new PartialError(
    'not_as_written',
    `The Hub shows something else than was written: ${wrong.join(', ')}.`,
    {
      hint: 'Run install again; if it stays so, look into the Hub for what changes these.',
      report: { document: { verified: false }, lines: [] },
    },
  );
}
