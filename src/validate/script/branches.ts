import type { AnyNode } from 'acorn';
import { isFunctionExpression } from './functions.js';
import type { Placed } from './tree.js';

/** Where a script fails by itself, and what stands there. */
export interface Branches {
  /** Whether it calls `next` with an error anywhere, or throws. */
  readonly fails: boolean;
  /** Whether it does nothing else: no call of `next` goes on. */
  readonly onlyFails: boolean;
  /** Whether a node stands in a branch of its own that fails. */
  readonly isFailing: (node: AnyNode) => boolean;
}

/** @returns the branches of a script that fail; nodes come with their parents in front */
export function branchesOf(nodes: readonly Placed[]): Branches {
  const branches = new Map<AnyNode, AnyNode | undefined>();
  const failing = new Set<AnyNode | undefined>();
  let fails = false;
  let goesOn = false;
  for (const placed of nodes) {
    const { node, parent } = placed;
    const outer = parent && branches.get(parent);
    branches.set(node, isBranch(placed) ? node : outer);
    if (isFailure(node)) {
      fails = true;
      failing.add(branches.get(node));
    } else if (node.type === 'Identifier' && node.name === 'next') {
      // One that is handed on may be called with anything.
      goesOn ||=
        !(parent?.type === 'CallExpression' && placed.key === 'callee') || !isFailure(parent);
    }
  }
  return {
    fails,
    onlyFails: fails && !goesOn,
    isFailing: (node) => branches.get(node) !== undefined && failing.has(branches.get(node)),
  };
}

function isBranch({ node, parent, key }: Placed): boolean {
  const isOfIf = parent?.type === 'IfStatement' && key !== 'test';
  const isFunction = node.type === 'FunctionDeclaration' || isFunctionExpression(node);
  return isOfIf || isFunction || node.type === 'SwitchCase' || node.type === 'CatchClause';
}

function isFailure(node: AnyNode): boolean {
  if (node.type === 'ThrowStatement') {
    return true;
  }
  const isNext =
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'next';
  const [first] = isNext ? node.arguments : [];
  return first !== undefined && !isNothing(first);
}

/** @returns whether an expression is `null`, `undefined` or an empty text: what a clean-up writes */
export function isNothing(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
      return node.value === null || node.value === '';
    case 'Identifier':
      return node.name === 'undefined';
    case 'UnaryExpression':
      return node.operator === 'void';
    default:
      return false;
  }
}
