import type { AnyNode } from 'acorn';
import type { Lines } from '../text.js';
import type { Resolve } from './chains.js';
import type { Chain, Printed } from './facts.js';
import { childrenOf, isReference, type Placed } from './tree.js';

const QUIET = /^(UnaryExpression|FunctionExpression|ArrowFunctionExpression)$/;
const COMPARES = /^([!=]==?|[<>]=?|in|instanceof)$/;

/**
 * Finds what a script prints, by its path or its name. What is only asked for, such as `Boolean(token)`, is not.
 *
 * @param chains of the same script, by whose places paths are found
 * @param resolve tells what of the flow something stands for
 */
export function printedBy(
  nodes: readonly Placed[],
  chains: readonly Chain[],
  resolve: Resolve,
  lines: Lines,
): Printed[] {
  const places = new Map<string, string>();
  const keyOf = (line: number, column: number) => `${line}:${column}`;
  const seen = new Set<AnyNode>();
  const printed: Placed[] = [];
  for (const { node } of nodes) {
    if (!isPrint(node) || seen.has(node)) {
      continue;
    }
    const waiting: Placed[] = node.arguments.map((argument) => ({
      node: argument,
      parent: node,
      key: 'arguments',
    }));
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      seen.add(next.node);
      if (isQuiet(next.node)) {
        continue;
      }
      if (next.node.type === 'MemberExpression' || isName(next)) {
        printed.push(next);
        continue;
      }
      for (const { child, key } of childrenOf(next.node)) {
        const isTest = next.node.type === 'ConditionalExpression' && key === 'test';
        const isCallee = next.node.type === 'CallExpression' && key === 'callee';
        if (!isTest && !isCallee) {
          waiting.push({ node: child, parent: next.node, key });
        }
      }
    }
  }
  if (printed.length === 0) {
    return [];
  }
  for (const { path, line, column } of chains) {
    places.set(keyOf(line, column), path);
  }
  return printed.flatMap(({ node }): Printed[] => {
    const place = lines.at(node.start);
    const path = places.get(keyOf(place.line, place.column));
    const name = node.type === 'Identifier' ? node.name : path;
    return name === undefined ? [] : [{ name, paths: resolve(node), ...place }];
  });
}

function isName(placed: Placed): boolean {
  return placed.node.type === 'Identifier' && isReference(placed);
}

function isPrint(node: AnyNode): node is Extract<AnyNode, { type: 'CallExpression' }> {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.object.type === 'Identifier' &&
    /^(console|logger)$/.test(node.callee.object.name)
  );
}

function isQuiet(node: AnyNode): boolean {
  const asks =
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    /^(Boolean|Number|isNaN)$/.test(node.callee.name);
  return (
    asks ||
    QUIET.test(node.type) ||
    (node.type === 'BinaryExpression' && COMPARES.test(node.operator))
  );
}
