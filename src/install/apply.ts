import { ACCESS_TOKEN } from '../blueprint/manifest.js';
import { turn } from '../core/sleep.js';
import { counted } from '../core/text.js';
import { allOf, type States, settledAll } from './all-of.js';
import { type Change, isDrift, type Outcome, outcomeOf } from './change.js';
import { importOf } from './config.js';
import { isMounted } from './mounted.js';
import { stoppedPartWay } from './part-way.js';
import { changesOf, type Plan } from './plan.js';
import type { ResourceChange } from './resources.js';
import { isScheduleRunning, needsStart } from './schedule.js';
import { applySetting, type SettingChange } from './settings.js';
import { untilShown } from './shown.js';
import type { Target } from './target.js';

/** What came of a plan. */
export interface Applied {
  readonly outcomes: readonly Outcome[];
  /** The Hub shows the files as they were written; false where it can't be asked. */
  readonly isShown: boolean;
  /** The daily refresh runs already; undefined where the Hub does not say, or was not asked. */
  readonly isScheduled: boolean | undefined;
}

/**
 * Applies settings, then files, then config.json. The install record is left to whoever has verified the rest.
 *
 * @returns an outcome for each change
 * @throws PartialError with the outcomes so far when something had been changed before a failure; else the failure
 *   itself
 */
export async function apply(plan: Plan, target: Target): Promise<Applied> {
  const states: States = new Map();
  const outcomes = () => changesOf(plan).map((change) => outcomeOf(change, states.get(change)));
  try {
    const [settings, mounted] = await Promise.allSettled([
      applySettings(plan, target, states),
      isMounted(plan, target),
    ]);
    if (settings.status === 'rejected') {
      throw settings.reason;
    }
    await applyResources(plan, target, states);
    const shown = untilShown(target.hub, plan.toBeShown, target.waitMs, target.context);
    // A Hub that serves this very directory shows what was just written.
    if (!(mounted.status === 'fulfilled' && mounted.value)) {
      await shown;
    }
    const [isScheduled, isShown] = await settledAll([
      needsStart(plan) ? isScheduleRunning(target) : undefined,
      shown,
      applyConfig(plan, target, states),
    ]);
    return { outcomes: outcomes(), isShown, isScheduled };
  } catch (error) {
    throw stoppedPartWay(error, outcomes());
  }
}

async function applySettings({ settings }: Plan, target: Target, states: States): Promise<void> {
  const open = settings.filter(isOpen);
  const writes = open.filter((change) => isDrift(change) || change.record);
  if (writes.length > 0) {
    target.context.output.progress(`Writing ${counted(writes.length, 'setting')}`);
  }
  // To correct a token, the Hub is asked how it writes, by another setting: that one has to be as it should be.
  const isLast = ({ id, exists }: SettingChange) => id === ACCESS_TOKEN && exists;
  const write = (change: SettingChange) => applySetting(change, target);
  await allOf(
    open.filter((change) => !isLast(change)),
    states,
    write,
  );
  await allOf(open.filter(isLast), states, write);
}

async function applyResources(plan: Plan, target: Target, states: States): Promise<void> {
  const { dir, context } = target;
  const open = plan.resources.filter(isOpen);
  if (open.length > 0) {
    context.output.progress(`Writing ${counted(open.length, 'file')}`);
  }
  const time = new Date(context.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const write = async (change: ResourceChange) => {
    await turn(context.signal);
    if (change.replaced) {
      dir?.write({ id: `${change.id}.bak-${time}`, content: change.replaced });
    }
    if (change.action === 'delete') {
      dir?.remove(change.id);
    } else {
      dir?.write(change);
    }
  };
  // One after the other: where one can't be written, the rest is left alone.
  for (const change of open) {
    await allOf([change], states, write);
  }
}

async function applyConfig(plan: Plan, target: Target, states: States): Promise<void> {
  const open = plan.config.filter(isOpen);
  if (open.length === 0) {
    return;
  }
  target.context.output.progress('Importing config.json');
  const imported = target.hub.importConfig(importOf(open));
  await allOf(open, states, () => imported);
}

function isOpen({ isSettled }: Change): boolean {
  return !isSettled;
}
