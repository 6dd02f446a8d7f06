import type { PugNode } from 'pug-parser';
import type { Position } from '../text.js';

// Nobody leaves more lines blank below a condition.
const MAX_BLANK = 5;

/** @returns the branches of conditions that nothing stands in; a comment is something */
export function emptyBranches(nodes: readonly PugNode[], lines: readonly string[]): Position[] {
  const conditions = nodes.filter(({ type }) => type === 'Conditional');
  const isCondition = new Set(conditions.map(({ line }) => line));
  const empty = conditions.filter(({ consequent }) => consequent?.nodes?.length === 0);
  return [
    ...empty.map(({ line, column = 1 }) => ({ line, column })),
    ...(isCondition.size > 0 ? bareElses(lines, isCondition) : []),
  ];
}

/** Pug drops an else without anything below it; the tree does not have it. */
function bareElses(lines: readonly string[], isCondition: ReadonlySet<number>): Position[] {
  return lines.flatMap((text, at): Position[] => {
    if (!/^\s*else\s*$/.test(text)) {
      return [];
    }
    const own = indentOf(text);
    const next = lines.slice(at + 1, at + 1 + MAX_BLANK).find((line) => line.trim() !== '') ?? '';
    let above = at - 1;
    while (above > 0 && (indentOf(lines[above] ?? '') > own || lines[above]?.trim() === '')) {
      above -= 1;
    }
    // In the text of a script the same word stands.
    const isOfPug = isCondition.has(above + 1) && indentOf(lines[above] ?? '') === own;
    return isOfPug && indentOf(next) <= own ? [{ line: at + 1, column: own + 1 }] : [];
  });
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
