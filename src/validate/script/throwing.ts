import type { AnyNode } from 'acorn';
import type { Placed } from './tree.js';

/**
 * @param nodes of a whole script
 * @returns what tells whether something in a node may throw: a call of anything but `next`; the script is gone through once
 */
export function throwing(nodes: readonly Placed[]): (node: AnyNode) => boolean {
  let starts: readonly number[] | undefined;
  return ({ start, end }) => {
    starts ??= startsOfCalls(nodes);
    const first = firstFrom(starts, start);
    return first !== undefined && first < end;
  };
}

function startsOfCalls(nodes: readonly Placed[]): number[] {
  return nodes
    .flatMap(({ node }) =>
      node.type === 'CallExpression' && !isNext(node.callee) ? [node.start] : [],
    )
    .sort((a, b) => a - b);
}

function isNext(node: AnyNode): boolean {
  return node.type === 'Identifier' && node.name === 'next';
}

/** The first of some numbers in order that is not below another one. */
function firstFrom(numbers: readonly number[], least: number): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return numbers[low];
}
