import type { AnyNode } from 'acorn';
import type { Placed } from '../script/tree.js';

/** @returns the names that a program tests by themselves: `if (x)`, `x && …`, `x ?? …`, `x ? … : …`, `!x`, `x?.y` */
export function askedFor(nodes: readonly Placed[]): Set<string> {
  return new Set(
    nodes.flatMap(({ node }) => {
      const asked = testedBy(node);
      return asked?.type === 'Identifier' ? [asked.name] : [];
    }),
  );
}

function testedBy(node: AnyNode): AnyNode | undefined {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return node.test;
    case 'LogicalExpression':
      return node.left;
    case 'UnaryExpression':
      return node.operator === '!' ? node.argument : undefined;
    case 'MemberExpression':
      return node.optional ? node.object : undefined;
    default:
      return undefined;
  }
}

/** @returns the names of which a program reads a member without asking, or that it calls or goes through */
export function takenFrom(nodes: readonly Placed[]): Set<string> {
  return new Set(
    nodes.flatMap(({ node }) => {
      const taken = takenBy(node);
      return taken?.type === 'Identifier' ? [taken.name] : [];
    }),
  );
}

function takenBy(node: AnyNode): AnyNode | undefined {
  switch (node.type) {
    case 'MemberExpression':
      return node.optional ? undefined : node.object;
    case 'CallExpression':
      return node.optional ? undefined : node.callee;
    case 'ForOfStatement':
      return node.right;
    default:
      return undefined;
  }
}
