import type { Blueprint } from '../blueprint/load.js';
import { type Change, type ChangeAction, makeChange } from './change.js';
import { isAsShipped } from './compare.js';
import type { HubEntry } from './record.js';

/** A change of a form or workflow, with what is imported. */
export interface ConfigChange extends Change {
  readonly kind: 'form' | 'workflow';
  readonly shipped: Entry;
  /** What the Hub shows of it, where it shows it. */
  readonly current: Entry | undefined;
}

type Entry = Readonly<Record<string, unknown>>;

/** What is known of the forms and workflows in a Hub. */
export interface CurrentConfig {
  /** What the Hub shows of each; undefined where it shows none. */
  readonly forms?: readonly Entry[] | undefined;
  readonly workflows: readonly Entry[] | undefined;
  /** What was imported into this Hub last; undefined where nothing was, or nobody can tell. */
  readonly imported: HubEntry | undefined;
  /** The record could have been read, if there was one. */
  readonly isRecordKnown: boolean;
}

const HIDDEN = 'this Hub does not show it';
const CLOSED = 'every user could start it; now the role admin alone';

/**
 * Compares forms and workflows with the Hub's. Where a Hub doesn't show them, the install record tells whether they
 * are new to it; but not that they are still there: a database may be restored, a form deleted.
 */
export function planConfig(
  { config, configDigest }: Blueprint,
  current: CurrentConfig,
): ConfigChange[] {
  const isImported = current.imported?.config === configDigest;
  const unseen = unseenAction(current, isImported);
  const plan = (
    kind: ConfigChange['kind'],
    id: string,
    shipped: Entry,
    shown: readonly Entry[] | undefined,
    name: 'slug' | 'key',
  ): ConfigChange => {
    const entry = shown?.find((one) => one[name] === id);
    const action = shown ? actionOf(entry, shipped, isImported) : unseen;
    const note =
      action === 'unknown' ? HIDDEN : isClosed(entry, shipped, action) ? CLOSED : undefined;
    return { ...makeChange(kind, id, action, note), shipped, current: entry };
  };
  return [
    ...config.form.map((form) => plan('form', form.slug, form, current.forms, 'slug')),
    ...config.workflow.map((one) => plan('workflow', one.key, one, current.workflows, 'key')),
  ];
}

/** @returns the ids of those that the Hub shows, right after the import, other than they were shipped */
export function differingConfig(blueprint: Blueprint, current: CurrentConfig): string[] {
  const { configDigest } = blueprint;
  const imported = { version: '', config: configDigest };
  return planConfig(blueprint, { ...current, imported })
    .filter(({ action }) => action === 'create' || action === 'update')
    .map(({ id }) => id);
}

/** @returns what is to be imported: nothing that is there already */
export function importOf(changes: readonly ConfigChange[]): Record<string, Entry[]> {
  const entries = (kind: ConfigChange['kind']) =>
    changes
      .filter((change) => change.kind === kind && !change.isSettled)
      .map(({ shipped }) => shipped);
  return { form: entries('form'), workflow: entries('workflow') };
}

function unseenAction(
  { imported, isRecordKnown }: CurrentConfig,
  isImported: boolean,
): ChangeAction {
  if (!imported) {
    return isRecordKnown ? 'create' : 'unknown';
  }
  return isImported ? 'unknown' : 'update';
}

function actionOf(current: Entry | undefined, shipped: Entry, mayHide: boolean): ChangeAction {
  if (!current) {
    return 'create';
  }
  return isAsShipped(current, shipped, mayHide) ? 'unchanged' : 'update';
}

// A workflow without roles can be started by everyone who is logged in.
function isClosed(current: Entry | undefined, shipped: Entry, action: ChangeAction): boolean {
  const isOpen = (entry: Entry) => !Array.isArray(entry.role) || entry.role.length === 0;
  return current !== undefined && action === 'update' && isOpen(current) && !isOpen(shipped);
}
