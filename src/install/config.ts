import type { Blueprint } from '../blueprint/load.js';
import { type Change, type ChangeAction, makeChange } from './change.js';
import type { InstallRecord } from './record.js';

/** What is known of the forms and workflows in a Hub. */
export interface KnownConfig {
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
export function planConfig({ config, configDigest }: Blueprint, known: KnownConfig): Change[] {
  const isImported = known.record?.config === configDigest;
  const otherwise = known.isRecordKnown ? 'create' : 'unknown';
  const byRecord: ChangeAction = !known.record?.config
    ? otherwise
    : isImported
      ? 'unchanged'
      : 'update';
  const { workflows } = known;
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
export function wrongWorkflows(
  { config }: Blueprint,
  listed: readonly Record<string, unknown>[],
): string[] {
  return config.workflow
    .map(({ key }) => key)
    .filter((key) => {
      const shipped = config.workflow.find((one) => one.key === key);
      return !shipped || compare(listed, shipped, true) !== 'unchanged';
    });
}

function compare(
  listed: readonly Record<string, unknown>[],
  shipped: Readonly<Record<string, unknown>>,
  mayHide: boolean,
): ChangeAction {
  const there = listed.find(({ key }) => key === shipped.key);
  if (!there) {
    return 'create';
  }
  return holds(there, shipped, mayHide) ? 'unchanged' : 'update';
}

/**
 * Compares what a Hub lists with what was shipped; it may add fields of its own.
 *
 * @param mayHide a field that is missing counts as one that this Hub's list leaves out: this very config was imported
 */
function holds(there: unknown, shipped: unknown, mayHide: boolean): boolean {
  if (there === undefined) {
    return mayHide;
  }
  if (Array.isArray(shipped)) {
    return Array.isArray(there) && sorted(shipped) === sorted(there);
  }
  if (shipped === null || typeof shipped !== 'object') {
    return there === shipped;
  }
  if (there === null || typeof there !== 'object') {
    return false;
  }
  return Object.entries(shipped).every(([name, value]) =>
    holds((there as Record<string, unknown>)[name], value, mayHide),
  );
}

// Tags and roles have no order.
function sorted(list: readonly unknown[]): string {
  return JSON.stringify(list.map((item) => JSON.stringify(item)).sort());
}
