import type { AnyNode } from 'acorn';
import type { Resolve } from './chains.js';
import { declaring, type Scope, type Scoped } from './scopes.js';
import { isReference, namesIn } from './tree.js';

const KNOWN = /^environment(\.variables(\.input)?|\.output(\.output)?)?$/;
const MAX_STEPS = 5;

/**
 * Finds where a script uses a part of `environment` as a whole: where it hands it on, spreads it or copies it, what becomes of its members is
 * not known.
 *
 * @returns the parts, each once
 */
export function wholeUses(nodes: readonly Scoped[], resolve: Resolve): string[] {
  const found = new Set<string>();
  const parents = parentsIn(nodes);
  for (const placed of nodes) {
    const { node } = placed;
    const isValue =
      node.type === 'MemberExpression' || (node.type === 'Identifier' && isReference(placed));
    if (!isValue || isTakenApart(placed, parents, MAX_STEPS)) {
      continue;
    }
    for (const path of resolve(node)) {
      if (KNOWN.test(path)) {
        found.add(path);
      }
    }
  }
  return [...found];
}

type Around = Pick<Scoped, 'parent' | 'key' | 'scope'>;

/** What combines values: what becomes of them is told by what is around it. */
const COMBINES: ReadonlySet<string> = new Set([
  'LogicalExpression',
  'ChainExpression',
  'ParenthesizedExpression',
  'Property',
]);

function parentsIn(nodes: readonly Scoped[]): ReadonlyMap<AnyNode, Around> {
  return new Map(
    nodes.flatMap((placed) =>
      COMBINES.has(placed.node.type) ? [[placed.node, placed] as const] : [],
    ),
  );
}

/** Whether of a value only members are used, or whether it is there. */
function isTakenApart(
  { parent, key, scope }: Around,
  parents: ReadonlyMap<AnyNode, Around>,
  steps: number,
): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return key === 'object' || !parent.computed;
    case 'VariableDeclarator':
      return key === 'id' || isNamed(parent.id, scope);
    case 'AssignmentExpression':
      // What a name is set to is followed where it is declared once.
      return (
        key === 'left' || (parent.left.type === 'ObjectPattern' && isNamed(parent.left, scope))
      );
    case 'UnaryExpression':
      return /^(!|typeof|delete|void)$/.test(parent.operator);
    case 'IfStatement':
    case 'ExpressionStatement':
      return true;
    case 'ConditionalExpression':
      return key === 'test';
    case 'LogicalExpression':
    case 'ChainExpression':
    case 'ParenthesizedExpression': {
      const outer = parents.get(parent);
      return outer !== undefined && steps > 0 && isTakenApart(outer, parents, steps - 1);
    }
    case 'Property':
      return key === 'key' || parents.get(parent)?.parent?.type === 'ObjectPattern';
    case 'AssignmentPattern':
      return key === 'left';
    default:
      return false;
  }
}

/** Whether a pattern takes members by fixed names, under names that are followed: those that are declared once. */
function isNamed(pattern: AnyNode, scope: Scope): boolean {
  const isFixed =
    pattern.type === 'Identifier' ||
    (pattern.type === 'ObjectPattern' &&
      pattern.properties.every(
        (one) => one.type === 'Property' && (!one.computed || one.key.type === 'Literal'),
      ));
  return (
    isFixed && namesIn(pattern).every((name) => declaring(scope, name)?.declared.get(name) === 1)
  );
}
