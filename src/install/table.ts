import type { Change, ChangeAction, ChangeKind } from './change.js';

const WIDTH = 80;
const INDENT = ' '.repeat(4);

const SIGNS: Record<ChangeAction, string> = {
  create: '+',
  update: '~',
  unchanged: ' ',
  unknown: '?',
};

const NAMES: Record<ChangeKind, readonly [one: string, many: string]> = {
  setting: ['setting', 'settings'],
  resource: ['file', 'files'],
  workflow: ['workflow', 'workflows'],
  form: ['form', 'forms'],
};

/** @returns the changes as a table for a person; what stays as it is, is only counted */
export function changeLines(changes: readonly Change[]): string[] {
  const shown = changes.filter(({ action, note }) => action !== 'unchanged' || note !== undefined);
  const lines = shown.flatMap(rowOf);
  const kept = changes.filter((change) => !shown.includes(change));
  if (kept.length > 0) {
    lines.push(`  ${shown.length > 0 ? 'and unchanged' : 'Unchanged'}: ${countsOf(kept)}`);
  }
  return lines;
}

function rowOf({ kind, id, action, note, state }: Change): string[] {
  const fate = state === 'failed' ? 'failed' : action;
  const row = `  ${SIGNS[action]} ${NAMES[kind][0].padEnd(8)}  ${fate.padEnd(9)}  ${id}`;
  if (note === undefined) {
    return [row];
  }
  const long = `${row}  (${note})`;
  return long.length <= WIDTH ? [long] : [row, `${INDENT}(${note})`];
}

function countsOf(changes: readonly Change[]): string {
  const counts = (Object.keys(NAMES) as ChangeKind[]).flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${count} ${NAMES[kind][count === 1 ? 0 : 1]}`];
  });
  return counts.join(', ');
}
