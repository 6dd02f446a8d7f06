import type { Blueprint } from '../blueprint/load.js';
import {
  BlueprintError,
  bug,
  type FailureReport,
  InterruptedError,
  PartialError,
} from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import type { HubClient } from '../hub/client.js';
import { type Change, changeDocument, isDrift } from './change.js';
import type { ResourcesDir } from './files.js';
import { changesOf, type Plan, type ResourceChange } from './plan.js';
import { applySetting, type GivenValues } from './settings.js';
import { untilShown } from './shown.js';
import { changeLines } from './table.js';
import type { Applying } from './token-setting.js';
import { verify } from './verify.js';

/** A plan and what it is carried out with. */
export interface Job extends Applying {
  readonly plan: Plan;
  readonly blueprint: Blueprint;
  readonly given: GivenValues;
  /** Where files are written; undefined where they are left out. */
  readonly dir: ResourcesDir | undefined;
  /** How long to wait until the Hub shows the files. */
  readonly waitMs: number;
  readonly hub: HubClient;
}

const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`;
const isPending = ({ state }: Change) => state === 'pending';

/**
 * Applies settings, then files, then config.json, then the install record; reads all of it back. The state of each
 * change tells how far it has come.
 *
 * @returns true where the Hub shows all of it, null where it can't be asked for a part of it
 * @throws PartialError when something had been changed before a failure; else the failure itself
 */
export async function carryOut(job: Job): Promise<true | null> {
  const { plan, hub, context, waitMs } = job;
  const toDo = changesOf(plan).filter(isPending);
  try {
    await applySettings(job);
    await applyResources(job);
    const isShown = await untilShown(hub, plan.toBeShown, waitMs, context);
    await applyConfig(job);
    const isCompared = await verify(hub, job.blueprint, plan, job.given, context);
    writeRecord(job);
    return isShown && isCompared && !plan.isPartHidden ? true : null;
  } catch (error) {
    throw failureOf(error, plan, toDo);
  }
}

async function applySettings(job: Job): Promise<void> {
  const { plan, hub, context } = job;
  const pending = plan.settings.filter(isPending);
  const writes = pending.filter((change) => isDrift(change) || change.record);
  if (writes.length > 0) {
    context.output.progress(`Writing ${counted(writes.length, 'setting')}`);
  }
  await allOf(pending, (change) => applySetting(hub, change, job));
}

async function applyResources({ plan, dir, context }: Job): Promise<void> {
  const pending = plan.resources.filter(isPending);
  if (pending.length > 0) {
    context.output.progress(`Writing ${counted(pending.length, 'file')}`);
  }
  const time = new Date(context.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const write = async (change: ResourceChange) => {
    if (context.signal.aborted) {
      throw new InterruptedError();
    }
    if (change.replaced) {
      dir?.write({ id: `${change.id}.bak-${time}`, content: change.replaced });
    }
    dir?.write(change);
  };
  // One after the other: where one can't be written, the rest is left alone.
  for (const change of pending) {
    await allOf([change], write);
  }
}

async function applyConfig({ plan, hub, blueprint, context }: Job): Promise<void> {
  const pending = plan.config.filter(isPending);
  if (pending.length === 0) {
    return;
  }
  context.output.progress('Importing config.json');
  const imported = hub.importConfig(blueprint.config);
  await allOf(pending, () => imported);
}

function writeRecord({ plan: { record }, dir }: Job): void {
  if (!record || !isPending(record)) {
    return;
  }
  dir?.write(record);
  record.state = 'done';
}

/** Makes changes at the same time, and notes how each ended. @throws what the first of them failed with */
async function allOf<C extends Change>(
  changes: readonly C[],
  make: (change: C) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled(
    changes.map(async (change) => {
      try {
        await make(change);
        change.state = 'done';
      } catch (error) {
        // What Ctrl-C kept from beginning has not failed.
        if (!(error instanceof InterruptedError)) {
          change.state = 'failed';
        }
        throw error;
      }
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}

/** What stops part-way, whatever it was, is told from what changed nothing. */
function failureOf(thrown: unknown, plan: Plan, toDo: readonly Change[]): unknown {
  const changes = changesOf(plan);
  const count = (state: Change['state']) => toDo.filter((change) => change.state === state).length;
  const hasChanged = count('done') > 0;
  const known = thrown instanceof BlueprintError ? thrown : undefined;
  if (!hasChanged && known?.exitCode !== ExitCode.partial) {
    return thrown;
  }
  const report: FailureReport = {
    document: { changes: changes.map(changeDocument), verified: null, ...known?.report?.document },
    lines: [
      ...changeLines(changes),
      `${count('done')} done, ${count('failed')} failed, ${count('pending')} still to do.`,
    ],
  };
  if (known instanceof InterruptedError) {
    return new InterruptedError(report);
  }
  const { code, message, hint, exitCode } = known ?? bug(thrown);
  const next = exitCode === ExitCode.partial ? hint : `${hint} Then run install again.`;
  return new PartialError(code, message, { hint: next, cause: thrown, report });
}
