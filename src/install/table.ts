import { counted } from '../core/text.js';
import {
  type Change,
  type ChangeAction,
  type ChangeKind,
  type Outcome,
  outcomeOf,
} from './change.js';

const WIDTH = 80;
const INDENT = ' '.repeat(4);

const SIGNS: Record<ChangeAction, string> = {
  create: '+',
  update: '~',
  delete: '-',
  unchanged: ' ',
  unknown: '?',
};

const NAMES: Record<ChangeKind, string> = {
  setting: 'setting',
  resource: 'file',
  workflow: 'workflow',
  form: 'form',
};

/** @returns changes that nobody has tried yet, as a table for a person; what stays as it is, is only counted */
export function changeLines(changes: readonly Change[]): string[] {
  return outcomeLines(changes.map((change) => outcomeOf(change)));
}

/** @returns the same of changes that were tried; what failed is marked */
export function outcomeLines(outcomes: readonly Outcome[]): string[] {
  const isShown = ({ change: { action, note } }: Outcome) =>
    action !== 'unchanged' || note !== undefined;
  const shown = outcomes.filter(isShown);
  const lines = shown.flatMap(rowOf);
  const kept = outcomes.filter((outcome) => !isShown(outcome)).map(({ change }) => change);
  if (kept.length > 0) {
    lines.push(`  ${shown.length > 0 ? 'and unchanged' : 'Unchanged'}: ${countsOf(kept)}`);
  }
  return lines;
}

function rowOf({ change: { kind, id, action, note }, state }: Outcome): string[] {
  const result = state === 'failed' ? 'failed' : action;
  const row = `  ${SIGNS[action]} ${NAMES[kind].padEnd(8)}  ${result.padEnd(9)}  ${id}`;
  if (note === undefined) {
    return [row];
  }
  const long = `${row}  (${note})`;
  return long.length <= WIDTH ? [long] : [row, `${INDENT}(${note})`];
}

/** @returns what a change is about, in words */
export function nameOf({ kind, id }: Change): string {
  return `${NAMES[kind]} ${id}`;
}

/** @returns how many changes there are of each kind, in words */
export function countsOf(changes: readonly Change[]): string {
  const counts = (Object.keys(NAMES) as ChangeKind[]).flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [counted(count, NAMES[kind])];
  });
  return counts.join(', ');
}
