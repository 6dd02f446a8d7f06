import type {
  AnyNode,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
} from 'acorn';
import type { Placed } from './tree.js';

/** A function that a script may call. */
export type Callable = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** @returns the functions that are called by a name of their own */
export function functionsOf(nodes: Iterable<Placed>): Map<string, Callable> {
  const functions = new Map<string, Callable>();
  for (const { node } of nodes) {
    if (node.type === 'FunctionDeclaration' && node.id) {
      functions.set(node.id.name, node);
    }
    const { id, init } = node.type === 'VariableDeclarator' ? node : {};
    if (id?.type === 'Identifier' && isFunctionExpression(init)) {
      functions.set(id.name, init);
    }
  }
  return functions;
}

/** @returns whether a node is a function that stands for a value */
export function isFunctionExpression(
  node: AnyNode | null | undefined,
): node is FunctionExpression | ArrowFunctionExpression {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';
}

/** @returns what is asked of a function, which is worked out once; false while it is being worked out */
export function remembered(
  known: Map<Callable, boolean>,
  callable: Callable,
  workOut: (callable: Callable) => boolean,
): boolean {
  const answer = known.get(callable);
  if (answer !== undefined) {
    return answer;
  }
  known.set(callable, false);
  const found = workOut(callable);
  known.set(callable, found);
  return found;
}
