import type { AnyNode } from 'acorn';
import { memberName, type Placed } from './tree.js';

/** What stands in a text for a part that is worked out. */
const WORKED_OUT = '${}';
const MAX_DEPTH = 40;
const MAX_TEXTS = 4;

/**
 * @param node of a value
 * @param constantOf gives what a constant was declared with
 * @returns the texts that the value may be, with `${}` for each part that is worked out; `${}` alone stands for anything
 */
export function textsOf(
  node: AnyNode | undefined,
  constantOf: (name: string) => AnyNode | undefined,
  depth = 0,
): readonly string[] {
  if (!node || depth > MAX_DEPTH) {
    return [WORKED_OUT];
  }
  const next = (inner: AnyNode | undefined) => textsOf(inner, constantOf, depth + 1);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [WORKED_OUT];
    case 'TemplateLiteral':
      return [node.quasis.map(({ value }) => value.cooked ?? '').join(WORKED_OUT)];
    case 'BinaryExpression':
      return [
        node.operator === '+' ? oneOf(next(node.left)) + oneOf(next(node.right)) : WORKED_OUT,
      ];
    case 'ConditionalExpression':
      return [...next(node.consequent), ...next(node.alternate)].slice(0, MAX_TEXTS);
    case 'LogicalExpression':
      return [...(node.operator === '&&' ? [] : next(node.left)), ...next(node.right)].slice(
        0,
        MAX_TEXTS,
      );
    case 'Identifier':
      return next(constantOf(node.name));
    default:
      return [WORKED_OUT];
  }
}

function oneOf([text = WORKED_OUT, ...more]: readonly string[]): string {
  return more.length === 0 ? text : WORKED_OUT;
}

/** @returns what gives what a constant was declared with, where no other one is called so. */
export function constantsOf(nodes: readonly Placed[]): (name: string) => AnyNode | undefined {
  let found: Map<string, AnyNode | undefined> | undefined;
  return (name) => {
    if (!found) {
      found = new Map();
      for (const { node, parent } of nodes) {
        if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
          const isConstant = parent?.type === 'VariableDeclaration' && parent.kind === 'const';
          const isFirst = isConstant && !found.has(node.id.name);
          found.set(node.id.name, isFirst ? (node.init ?? undefined) : undefined);
        }
      }
    }
    return found.get(name);
  };
}

/** @returns whether a value is what `JSON.stringify` makes */
export function isStringify(node: AnyNode | undefined): boolean {
  return (
    node?.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.object.type === 'Identifier' &&
    node.callee.object.name === 'JSON' &&
    memberName(node.callee.property, node.callee.computed) === 'stringify'
  );
}
