import type { AnyNode } from 'acorn';
import type { Lines, Named } from '../text.js';
import { LACKING, SANDBOX } from './sandbox.js';
import { declaring, type Scoped } from './scopes.js';
import { isReference } from './tree.js';

/** @returns the names that a script takes from outside, each at its first use; none that it asks for first */
export function freeNames(nodes: readonly Scoped[], lines: Lines): Named[] {
  const guarded = new Set<string>();
  for (const { node } of nodes) {
    if (node.type === 'UnaryExpression' || node.type === 'BinaryExpression') {
      for (const name of guardedBy(node)) {
        guarded.add(name);
      }
    }
  }
  const free = new Map<string, Named>();
  for (const placed of nodes) {
    const { node, scope } = placed;
    if (node.type !== 'Identifier' || !isReference(placed)) {
      continue;
    }
    const { name, start } = node;
    if (!guarded.has(name) && !free.has(name) && !declaring(scope, name)) {
      free.set(name, { name, ...lines.at(start) });
    }
  }
  return [...free.values()];
}

/** The name that a `typeof` asks for: `typeof x !== 'undefined'`, or anything of a name that some Hubs have. */
function guardedBy(node: AnyNode): string[] {
  if (node.type === 'UnaryExpression') {
    return typeofName(node).filter((name) => SANDBOX.has(name) || LACKING.has(name));
  }
  const sides = node.type === 'BinaryExpression' ? [node.left, node.right] : [];
  const isUndefined = (side: AnyNode) => side.type === 'Literal' && side.value === 'undefined';
  return sides.some(isUndefined) ? sides.flatMap(typeofName) : [];
}

function typeofName(node: AnyNode): string[] {
  const isTypeof = node.type === 'UnaryExpression' && node.operator === 'typeof';
  return isTypeof && node.argument.type === 'Identifier' ? [node.argument.name] : [];
}
