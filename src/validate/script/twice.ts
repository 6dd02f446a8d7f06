import type { AnyNode, Statement } from 'acorn';
import { hasBetween } from './between.js';
import { isNothing } from './branches.js';
import { declaring, type Scoped } from './scopes.js';

/**
 * Finds calls of `next` with an error, the last in a condition without an else, that the script goes on behind and calls
 * `next` again: `if (!user) next(new Error('No user')); … next();`
 *
 * @returns the calls
 */
export function calledTwice(nodes: readonly Scoped[]): ReadonlySet<AnyNode> {
  const calls = nodes.flatMap(({ node, scope }) =>
    isNextCall(node) && !declaring(scope, 'next') ? [node.start] : [],
  );
  const found = new Set<AnyNode>();
  if (calls.length < 2) {
    return found;
  }
  // Nodes come in the order of the text, and so do the calls, of which none is looked at twice.
  for (const { node } of nodes) {
    const body = node.type === 'Program' || node.type === 'BlockStatement' ? node.body : [];
    for (const [at, statement] of body.entries()) {
      const call = statement.type === 'IfStatement' ? failing(statement) : undefined;
      const after = body[at + 1];
      const isLast = !after || /^(Return|Throw|Break|Continue)Statement$/.test(after.type);
      if (call && after && !isLast && hasBetween(calls, after.start, node.end)) {
        found.add(call);
      }
    }
  }
  return found;
}

/** The call that ends a condition without an else by failing; undefined where it goes on, or back. */
function failing(statement: Statement): AnyNode | undefined {
  if (statement.type !== 'IfStatement' || statement.alternate) {
    return undefined;
  }
  const { consequent } = statement;
  const last = consequent.type === 'BlockStatement' ? consequent.body.at(-1) : consequent;
  const call = last?.type === 'ExpressionStatement' ? last.expression : undefined;
  const error = call && isNextCall(call) && call.type === 'CallExpression' && call.arguments[0];
  return error && !isNothing(error) ? call : undefined;
}

function isNextCall(node: AnyNode): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'next'
  );
}
