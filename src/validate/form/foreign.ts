import type { AnyNode } from 'acorn';
import type { Placed } from '../script/tree.js';

const MAX_DEPTH = 40;
const ROUNDS = 3;
/** Calls that give back what they are given, or what they are called on. */
const SAME = /^(String|decodeURIComponent|decodeURI|unescape)$/;
const SAME_METHODS =
  /^(trim|toString|toLowerCase|toUpperCase|slice|substring|substr|split|join|concat|normalize|padStart|padEnd|at)$/;
const CHECKS = /^(test|match|includes|has|hasOwn|hasOwnProperty|indexOf|find|some)$/;

/** Tells of expressions whether what comes in the address of the page gets through. */
export type IsForeign = (node: AnyNode) => boolean;

/**
 * Follows `form.queryparam`, what comes in the address, through the names of a form. What is compared with something, or
 * tested, counts as checked.
 *
 * @param nodes of its program
 */
export function foreignIn(nodes: readonly Placed[]): IsForeign {
  const given = new Map<string, AnyNode[]>();
  for (const { node } of nodes) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
      given.set(node.id.name, [...(given.get(node.id.name) ?? []), node.init]);
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init) {
      for (const property of node.id.properties) {
        if (property.type === 'Property' && property.value.type === 'Identifier') {
          const { name } = property.value;
          given.set(name, [...(given.get(name) ?? []), node.init]);
        }
      }
    }
    const isSet = node.type === 'AssignmentExpression' && node.left.type === 'Identifier';
    if (isSet && node.left.type === 'Identifier') {
      given.set(node.left.name, [...(given.get(node.left.name) ?? []), node.right]);
    }
  }
  const names = new Set<string>();
  const isForeign: IsForeign = (node) => comesThrough(node, names, MAX_DEPTH);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, values] of given) {
      // One that is set to something else as well may be checked there.
      if (!names.has(name) && values.every(isForeign)) {
        names.add(name);
      }
    }
  }
  return isForeign;
}

function comesThrough(node: AnyNode, names: ReadonlySet<string>, depth: number): boolean {
  const below = (child: AnyNode) => depth > 0 && comesThrough(child, names, depth - 1);
  switch (node.type) {
    case 'Identifier':
      return names.has(node.name);
    case 'MemberExpression': {
      const isAddress =
        node.object.type === 'Identifier' &&
        node.object.name === 'form' &&
        node.property.type === 'Identifier' &&
        node.property.name === 'queryparam';
      return isAddress || (node.property.type !== 'PrivateIdentifier' && below(node.object));
    }
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return below(node.expression);
    case 'BinaryExpression':
      return (
        node.operator === '+' &&
        node.left.type !== 'PrivateIdentifier' &&
        (below(node.left) || below(node.right))
      );
    case 'TemplateLiteral':
      return node.expressions.some(below);
    case 'LogicalExpression':
      return node.operator === '&&'
        ? !checks(node.left, depth) && below(node.right)
        : below(node.left) || below(node.right);
    case 'ConditionalExpression':
      return !checks(node.test, depth) && (below(node.consequent) || below(node.alternate));
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type === 'Identifier') {
        const [first] = node.arguments;
        return SAME.test(callee.name) && first !== undefined && below(first);
      }
      return (
        callee.type === 'MemberExpression' &&
        callee.property.type === 'Identifier' &&
        SAME_METHODS.test(callee.property.name) &&
        (below(callee.object) || node.arguments.some(below))
      );
    }
    case 'SpreadElement':
      return below(node.argument);
    default:
      return false;
  }
}

/** Whether a condition looks at what a value is, and not only whether there is one. */
function checks(test: AnyNode, depth: number): boolean {
  if (depth <= 0) {
    return true;
  }
  switch (test.type) {
    case 'LogicalExpression':
      return checks(test.left, depth - 1) || checks(test.right, depth - 1);
    case 'UnaryExpression':
      return checks(test.argument, depth - 1);
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return checks(test.expression, depth - 1);
    case 'BinaryExpression':
      return (
        /^([=!]==?|in|<|>|<=|>=)$/.test(test.operator) &&
        ![test.left, test.right].some(
          (side) => side.type === 'UnaryExpression' && side.operator === 'typeof',
        )
      );
    case 'CallExpression':
      return (
        test.callee.type !== 'MemberExpression' ||
        (test.callee.property.type === 'Identifier' && CHECKS.test(test.callee.property.name))
      );
    default:
      return false;
  }
}
