import { PartialError } from '../core/errors.js';
import { sleep } from '../core/sleep.js';
import { type Change, isDrift } from './change.js';
import { differingConfig } from './config.js';
import type { Plan } from './plan.js';
import { readConfig } from './read-hub.js';
import { planSettings } from './settings.js';
import { readSettings } from './stored-settings.js';
import type { Target } from './target.js';

/** A Hub's search shows a write a moment later. */
const ATTEMPTS = 6;
const PAUSE_MS = 500;

/**
 * Reads back what was written, and compares.
 *
 * @returns false where the Hub hides something of it
 * @throws PartialError when the Hub shows something else than was written
 */
export async function verify(plan: Plan, { hub, context }: Target): Promise<boolean> {
  const { blueprint, values } = plan.desired;
  for (let attempt = 1; ; attempt += 1) {
    const [settings, config] = await Promise.all([
      wasChanged(plan.settings) ? readSettings(hub) : undefined,
      wasChanged(plan.config) ? readConfig(hub, false) : undefined,
    ]);
    const left = settings ? planSettings(settings, values) : [];
    const differing = [
      ...left.filter(isDrift).map(({ id }) => id),
      ...(config
        ? differingConfig(blueprint, { ...config, imported: undefined, isRecordKnown: false })
        : []),
    ];
    if (differing.length === 0) {
      const isSecretHidden = left.some(({ action, record }) => action === 'unknown' && record);
      const isConfigHidden = config && !(config.forms && config.workflows);
      return !isSecretHidden && !isConfigHidden && !plan.isPartHidden;
    }
    if (attempt === ATTEMPTS) {
      throw notAsWritten(differing);
    }
    await sleep(PAUSE_MS, context.signal);
  }
}

function wasChanged(changes: readonly Change[]): boolean {
  return changes.some(({ action }) => action !== 'unchanged');
}

function notAsWritten(ids: readonly string[]): PartialError {
  const message = `The Hub shows something other than what was written: ${ids.join(', ')}.`;
  return new PartialError('not_as_written', message, {
    hint: 'Run install again. If it happens again, find out what changes these in the Hub.',
    report: { document: { verified: false }, lines: [] },
  });
}
