import type { AnyNode } from 'acorn';
import { isFunctionExpression } from './functions.js';
import type { Placed } from './tree.js';

/**
 * @returns what a script throws by itself, in no function and in no `try`, whose handler may take it
 */
export function thrownOut(nodes: readonly Placed[]): ReadonlySet<AnyNode> {
  const thrown = new Set<AnyNode>();
  // Nodes come with their parents in front.
  const inside = new Set<AnyNode>();
  for (const { node, parent } of nodes) {
    const isInside = parent !== undefined && inside.has(parent);
    const keeps =
      node.type === 'TryStatement' ||
      node.type === 'FunctionDeclaration' ||
      isFunctionExpression(node);
    if (isInside || keeps) {
      inside.add(node);
    } else if (node.type === 'ThrowStatement') {
      thrown.add(node);
    }
  }
  return thrown;
}
