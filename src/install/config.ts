import type { Blueprint } from '../blueprint/load.js';
import { isRecord } from '../core/json.js';
import { type Change, type ChangeAction, makeChange } from './change.js';
import type { InstallRecord } from './record.js';

/** What is known of the forms and workflows in a Hub. */
interface CurrentConfig {
  /** What the Hub lists; undefined where it lists none. */
  readonly workflows: readonly Record<string, unknown>[] | undefined;
  /** What was shipped last; undefined where nothing was, or nobody can tell. */
  readonly record: InstallRecord | undefined;
  /** The record could have been read, if there was one. */
  readonly isRecordKnown: boolean;
}

/**
 * Compares forms and workflows with the Hub's. Forms can't be read from a Hub, nor can workflows on some; there the
 * install record tells whether this very config.json was imported last.
 */
export function planConfig({ config, configDigest }: Blueprint, current: CurrentConfig): Change[] {
  const isImported = current.record?.config === configDigest;
  const otherwise = current.isRecordKnown ? 'create' : 'unknown';
  const byRecord: ChangeAction = !current.record?.config
    ? otherwise
    : isImported
      ? 'unchanged'
      : 'update';
  const { workflows } = current;
  return [
    ...config.form.map(({ slug }) => makeChange('form', slug, byRecord)),
    ...config.workflow.map((shipped) => {
      const action = workflows ? compare(workflows, shipped, isImported) : byRecord;
      return makeChange('workflow', shipped.key, action);
    }),
  ];
}

/**
 * Compares workflows right after they were imported.
 *
 * @returns the keys of those that the Hub does not list as they were shipped
 */
export function differingWorkflows(
  { config }: Blueprint,
  listed: readonly Record<string, unknown>[],
): string[] {
  return config.workflow
    .filter((shipped) => compare(listed, shipped, true) !== 'unchanged')
    .map(({ key }) => key);
}

function compare(
  listed: readonly Record<string, unknown>[],
  shipped: Readonly<Record<string, unknown>>,
  mayHide: boolean,
): ChangeAction {
  const current = listed.find(({ key }) => key === shipped.key);
  if (!current) {
    return 'create';
  }
  return holds(current, shipped, mayHide) ? 'unchanged' : 'update';
}

/**
 * Compares what a Hub lists with what was shipped; it may add fields of its own.
 *
 * @param mayHide a field that is missing counts as one that this Hub's list leaves out: this very config was imported
 */
function holds(current: unknown, shipped: unknown, mayHide: boolean): boolean {
  if (current === undefined) {
    return mayHide;
  }
  if (Array.isArray(shipped)) {
    return Array.isArray(current) && sorted(shipped) === sorted(current);
  }
  if (!isRecord(shipped)) {
    return current === shipped;
  }
  const names = Object.keys(shipped);
  return isRecord(current) && names.every((name) => holds(current[name], shipped[name], mayHide));
}

// Tags and roles have no order.
function sorted(list: readonly unknown[]): string {
  return JSON.stringify(list.map((item) => JSON.stringify(item)).sort());
}
