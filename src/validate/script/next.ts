import type { AnyNode } from 'acorn';
import { hasBetween } from './between.js';
import { Paths } from './paths.js';
import { isReference, type Placed } from './tree.js';

/** Whether the paths of a script end in a call of `next`, and where one doesn't. */
interface Next {
  readonly next: 'always' | 'sometimes' | 'never';
  /** Of `sometimes`: where the path begins that goes without it. */
  readonly at?: AnyNode;
}

/** How deep in a script the path is looked for. */
const MAX_STEPS = 20;

/**
 * Tells whether every path through a script calls `next`. Whatever is unsure, such as a callback that calls it, counts
 * as a call, so that `sometimes` is only said of a path that surely doesn't. A throw ends a script as `next(error)` does.
 */
export function nextOf(program: AnyNode, nodes: readonly Placed[]): Next {
  // One that stands by itself calls nothing.
  const isNext = (placed: Placed) =>
    placed.node.type === 'Identifier' &&
    placed.node.name === 'next' &&
    placed.parent?.type !== 'ExpressionStatement' &&
    isReference(placed);
  const calls = nodes.filter(isNext).map(({ node }) => node.start);
  if (calls.length === 0) {
    return { next: 'never' };
  }
  const paths = new Paths(nodes);
  if (!paths.mayEndUncalled(program)) {
    return { next: 'always' };
  }
  return { next: 'sometimes', at: branchIn(program, paths, calls) };
}

/** The innermost statement that a path goes through without a call, though there are calls in it or beside it. */
function branchIn(program: AnyNode, paths: Paths, calls: readonly number[]): AnyNode {
  const hasCall = ({ start, end }: AnyNode) => hasBetween(calls, start, end);
  let at = program;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const inner = innerOf(at, paths, hasCall);
    if (!inner) {
      return at;
    }
    at = inner;
  }
  return at;
}

function innerOf(
  node: AnyNode,
  paths: Paths,
  hasCall: (node: AnyNode) => boolean,
): AnyNode | undefined {
  if (node.type === 'Program' || node.type === 'BlockStatement') {
    // From the last one up; declarations call nothing by themselves.
    return node.body.findLast(
      (one) =>
        one.type !== 'FunctionDeclaration' &&
        (hasCall(one) || paths.calledBy(one) !== undefined) &&
        paths.isUncalled(one),
    );
  }
  if (node.type === 'IfStatement') {
    const branches = [node.consequent, node.alternate];
    const open = branches.find((branch) => branch && paths.isUncalled(branch)) ?? undefined;
    // A block begins with its first statement, which is what a person sees.
    const isPlain = open?.type === 'BlockStatement' && !hasCall(open);
    return isPlain ? (open.body[0] ?? open) : open;
  }
  const { body } = paths.calledBy(node) ?? {};
  return body?.type === 'BlockStatement' ? body : undefined;
}
