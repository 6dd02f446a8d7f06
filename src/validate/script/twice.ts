import type { AnyNode } from 'acorn';
import { hasBetween } from './between.js';
import { isNothing } from './branches.js';
import { declaring, type Scoped } from './scopes.js';

/** Calls of `next` that are not the only one on their path. */
interface Twice {
  /** Those that the script goes on behind, to another call. */
  readonly behind: ReadonlySet<AnyNode>;
  /** Those at the end of a loop's body. */
  readonly looped: ReadonlySet<AnyNode>;
}

const LEAVES = /^(Return|Throw|Break|Continue)Statement$/;
const LOOPS = /^(For|ForIn|ForOf|While|DoWhile)Statement$/;

/**
 * Finds calls of `next` that the script goes on behind and calls `next` again: one with an error in a condition without an
 * else (`if (!user) next(new Error('No user')); … next();`), any one with a call behind it that is sure to come, and one at
 * the end of a loop's body.
 */
export function calledTwice(nodes: readonly Scoped[]): Twice {
  const own = new Set(
    nodes.flatMap(({ node, scope }) =>
      isNextCall(node) && !declaring(scope, 'next') ? [node] : [],
    ),
  );
  const behind = new Set<AnyNode>();
  const looped = new Set<AnyNode>();
  if (own.size === 0) {
    return { behind, looped };
  }
  const calls = [...own].map(({ start }) => start);
  // Nodes come in the order of the text, and so do the calls, of which none is looked at twice.
  for (const { node, key, parent } of nodes) {
    const body = node.type === 'Program' || node.type === 'BlockStatement' ? node.body : [];
    const isLooped = key === 'body' && parent !== undefined && LOOPS.test(parent.type);
    const last = isLooped ? lastCall(node, own) : undefined;
    if (last) {
      looped.add(last);
    }
    // From the last statement up: whether a call is sure to come behind it.
    let isSure = false;
    for (const [at, statement] of [...body.entries()].reverse()) {
      const after = body[at + 1];
      const call = endingCall(statement, own);
      const isLast = !after || LEAVES.test(after.type);
      const goesOn = after && !isLast && call;
      if (
        goesOn &&
        (isSure || (isFailing(call, statement) && hasBetween(calls, after.start, node.end)))
      ) {
        behind.add(call);
      }
      isSure = surelyCalls(statement, own) || (isSure && isPlain(statement));
    }
  }
  return { behind, looped };
}

/** The call that a statement, or its condition without an else, ends with. */
function endingCall(statement: AnyNode, own: ReadonlySet<AnyNode>): AnyNode | undefined {
  if (statement.type === 'IfStatement') {
    return statement.alternate ? undefined : lastCall(statement.consequent, own);
  }
  return statement.type === 'ExpressionStatement' ? lastCall(statement, own) : undefined;
}

function lastCall(statement: AnyNode, own: ReadonlySet<AnyNode>): AnyNode | undefined {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  const call = last?.type === 'ExpressionStatement' ? last.expression : undefined;
  return call && own.has(call) ? call : undefined;
}

/** Whether a condition fails: a script that goes on behind that has forgotten to end. */
function isFailing(call: AnyNode, statement: AnyNode): boolean {
  const [error] = call.type === 'CallExpression' ? call.arguments : [];
  return statement.type === 'IfStatement' && error !== undefined && !isNothing(error);
}

/** Whether a statement calls `next` whichever way it goes. */
function surelyCalls(statement: AnyNode, own: ReadonlySet<AnyNode>): boolean {
  switch (statement.type) {
    case 'ExpressionStatement':
      return own.has(statement.expression);
    case 'BlockStatement':
      return statement.body.some((one) => surelyCalls(one, own));
    case 'IfStatement':
      return (
        statement.alternate != null &&
        surelyCalls(statement.consequent, own) &&
        surelyCalls(statement.alternate, own)
      );
    default:
      return false;
  }
}

/** Whether a statement is one that the script is sure to go on behind. */
function isPlain({ type }: AnyNode): boolean {
  return /^(Expression|Empty)Statement$|Declaration$/.test(type);
}

function isNextCall(node: AnyNode): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'next'
  );
}
