import type { AnyNode } from 'acorn';
import type { Named } from '../model.js';
import type { Lines } from '../source/position.js';
import { LACKING, SANDBOX } from './sandbox.js';
import { declaring, type Scoped } from './scopes.js';
import { isReference } from './tree.js';

/** @returns the names that a script takes from outside, each at its first use; none that it asks for first */
export function freeNames(nodes: readonly Scoped[], lines: Lines): Named[] {
  const guarded = new Set(nodes.flatMap(({ node }) => guardedBy(node)));
  const free = new Map<string, Named>();
  for (const placed of nodes) {
    const { node, scope } = placed;
    if (node.type !== 'Identifier' || !isReference(placed)) {
      continue;
    }
    const { name, start } = node;
    if (guarded.has(name) || free.has(name) || declaring(scope, name)) {
      continue;
    }
    free.set(name, { name, ...lines.at(start) });
  }
  return [...free.values()];
}

/** The name that a `typeof` asks for: `typeof x !== 'undefined'`, or anything of a name that some Hubs have. */
function guardedBy(node: AnyNode): string[] {
  if (
    node.type === 'UnaryExpression' &&
    node.operator === 'typeof' &&
    node.argument.type === 'Identifier'
  ) {
    const { name } = node.argument;
    return SANDBOX.has(name) || Object.hasOwn(LACKING, name) ? [name] : [];
  }
  if (node.type !== 'BinaryExpression') {
    return [];
  }
  const sides = [node.left, node.right];
  if (!sides.some((side) => side.type === 'Literal' && side.value === 'undefined')) {
    return [];
  }
  return sides.flatMap((side) =>
    side.type === 'UnaryExpression' &&
    side.operator === 'typeof' &&
    side.argument.type === 'Identifier'
      ? [side.argument.name]
      : [],
  );
}
