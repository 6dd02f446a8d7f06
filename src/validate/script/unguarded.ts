import type { AnyNode } from 'acorn';
import type { Lines, Position } from '../text.js';
import type { Placed } from './tree.js';

/**
 * Finds where a script reads a member of `content.output.inner` without asking for it first: an error that is no
 * failed call has none, and then the read throws.
 */
export function unguardedIn(nodes: readonly Placed[], lines: Lines): Position[] {
  const inner = nodes.filter(({ node }) => isInner(node));
  if (inner.length === 0) {
    return [];
  }
  const isAsked = inner.some(({ parent, key }) => asks(parent, key));
  const mayCatch = nodes.some(({ node }) => node.type === 'TryStatement');
  if (isAsked || mayCatch) {
    return [];
  }
  return nodes.flatMap(({ node }): Position[] => {
    const isDeep = node.type === 'MemberExpression' && !node.optional && isInner(node.object);
    return isDeep ? [lines.at(node.start)] : [];
  });
}

/** Whether a node reads `inner` and goes on without it. */
function asks(parent: AnyNode | undefined, key: string): boolean {
  return !(parent?.type === 'MemberExpression' && key === 'object' && !parent.optional);
}

function isInner(node: AnyNode): boolean {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') {
    return false;
  }
  const { object, property } = node;
  const isOfOutput =
    object.type === 'MemberExpression' &&
    object.property.type === 'Identifier' &&
    object.property.name === 'output' &&
    object.object.type === 'Identifier' &&
    object.object.name === 'content';
  return property.name === 'inner' && isOfOutput;
}
