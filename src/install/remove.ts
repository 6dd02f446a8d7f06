import { turn } from '../core/sleep.js';
import { deleteFrom } from '../hub/lifecycle.js';
import { allOf, type States } from './all-of.js';
import { type Change, type Outcome, outcomeOf } from './change.js';
import { readConfig } from './read-hub.js';
import { RECORD_PATH } from './record.js';
import type { HubRemoval, Left, Removal } from './removal.js';
import { stoppedRemoval } from './removal-stopped.js';
import type { Target } from './target.js';

/** What came of a removal. */
export interface Removed {
  readonly outcomes: readonly Outcome[];
  readonly left: readonly Left[];
}

const PAGES = {
  setting: 'Settings',
  workflow: 'Workflows',
  form: 'Forms',
} as const;

/**
 * Removes what a plan names: first what uses the files, then the files, and the install record last of all, so that a
 * run that is stopped can be done again.
 *
 * @throws PartialError with the outcomes so far when something had been removed before a failure; else the failure
 *   itself
 */
export async function remove(removal: Removal, target: Target): Promise<Removed> {
  const states: States = new Map();
  const kept = new Map<HubRemoval, Left>();
  const asked = new Set<Change>();
  const isKept = (change: unknown) => kept.has(change as HubRemoval);
  // What the Hub was asked for and has not said is gone is not done, whatever it answered.
  const stateOf = (change: Change) => {
    const state = states.get(change);
    return state === 'done' && asked.has(change) ? undefined : state;
  };
  const outcomes = () =>
    [...removal.hub, ...removal.files]
      .filter((change) => !isKept(change))
      .map((change) => outcomeOf(change, stateOf(change)));
  try {
    await removeFromHub(removal, target, { states, asked, kept });
    await removeFiles(removal, target, states);
    return { outcomes: outcomes(), left: [...removal.left, ...kept.values()] };
  } catch (error) {
    throw stoppedRemoval(error, outcomes(), asked);
  }
}

/** How far a removal from the Hub has come. */
interface Progress {
  readonly states: States;
  /** What the Hub was asked to delete, and has not said is gone. */
  readonly asked: Set<Change>;
  readonly kept: Map<HubRemoval, Left>;
}

async function removeFromHub(
  { hub: removals }: Removal,
  target: Target,
  { states, asked, kept }: Progress,
): Promise<void> {
  const { hub, context } = target;
  if (removals.length > 0) {
    context.output.progress('Deleting forms, workflows and settings');
  }
  const refused: HubRemoval[] = [];
  await allOf(removals, states, async (change) => {
    asked.add(change);
    if (await deleteFrom(hub, change.kind, change.id)) {
      asked.delete(change);
    } else {
      refused.push(change);
    }
  });
  // "Not found" is what a Hub answers to what is gone already, and to what it can't delete: only a look tells.
  const isThere = await lookAt(refused, target);
  for (const change of refused) {
    const state = isThere(change);
    asked.delete(change);
    if (state !== false) {
      kept.set(change, { kind: change.kind, id: change.id, why: whyLeft(change, state) });
    }
  }
}

/** @returns tells whether something is there; undefined where the Hub does not show it */
async function lookAt(
  refused: readonly HubRemoval[],
  { hub }: Target,
): Promise<(change: HubRemoval) => boolean | undefined> {
  const settings = refused.filter(({ kind }) => kind === 'setting');
  const [config, ...records] = await Promise.all([
    refused.length > settings.length ? readConfig(hub, false) : undefined,
    ...settings.map(({ id }) => hub.setting(id)),
  ]);
  return (change) => {
    switch (change.kind) {
      case 'setting':
        return records[settings.indexOf(change)] !== undefined;
      case 'form':
        return config?.forms?.some(({ slug }) => slug === change.id);
      case 'workflow':
        return config?.workflows?.some(({ key }) => key === change.id);
    }
  };
}

function whyLeft({ kind }: HubRemoval, isThere: boolean | undefined): string {
  const page = `the page ${PAGES[kind]} of the Hub`;
  return isThere
    ? `this Hub deletes none by its API; delete it on ${page}`
    : `this Hub does not show whether it is there; look on ${page}`;
}

async function removeFiles(
  { files, folders, record, hasRecord }: Removal,
  { dir, context }: Target,
  states: States,
): Promise<void> {
  if (files.length > 0) {
    context.output.progress('Removing files');
  }
  for (const change of files) {
    await turn(context.signal);
    await allOf([change], states, async ({ id }) => dir?.remove(id));
  }
  for (const folder of folders) {
    dir?.removeEmptyFolder(folder);
  }
  if (record) {
    dir?.write({ id: RECORD_PATH, content: record });
  } else if (hasRecord) {
    dir?.remove(RECORD_PATH);
    dir?.includeInGit();
  }
}
