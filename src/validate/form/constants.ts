import type { AnyNode } from 'acorn';
import type { Scoped } from '../script/scopes.js';
import { namesIn } from '../script/tree.js';
import { type Known, literalOf } from './literal.js';

const CHANGING: ReadonlySet<string> = new Set([
  'AssignmentExpression',
  'UpdateExpression',
  'UnaryExpression',
  'CallExpression',
]);
const CHANGES = /^(push|pop|shift|unshift|splice|sort|reverse|fill)$/;

/**
 * Finds names of a form that stand for one fixed value: those that are declared once in all of it and never written again,
 * neither they nor their members.
 *
 * @param nodes of its program
 */
export function constantsIn(nodes: readonly Scoped[]): Known {
  const counts = new Map<string, number>();
  for (const { declared } of new Set(nodes.map(({ scope }) => scope))) {
    for (const [name, count] of declared) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  const changed = new Set<string>();
  for (const { node } of nodes) {
    for (const name of CHANGING.has(node.type) ? changedBy(node) : []) {
      changed.add(name);
    }
  }
  const found = new Map<string, unknown>();
  for (const { node } of nodes) {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) {
      continue;
    }
    const { name } = node.id;
    const value =
      changed.has(name) || counts.get(name) !== 1 ? undefined : literalOf(node.init, found);
    if (value !== undefined) {
      found.set(name, value);
    }
  }
  return found;
}

/** The names that a node writes again, or changes a member of. */
function changedBy(node: AnyNode): string[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return [...namesIn(node.left), ...ownerOf(node.left)];
    case 'UpdateExpression':
      return [...namesIn(node.argument), ...ownerOf(node.argument)];
    case 'UnaryExpression':
      return node.operator === 'delete' ? ownerOf(node.argument) : [];
    case 'CallExpression': {
      const { callee } = node;
      const isChange =
        callee.type === 'MemberExpression' &&
        callee.property.type === 'Identifier' &&
        CHANGES.test(callee.property.name);
      // Object.assign(x, …)
      const [first] = node.arguments;
      const isAssign =
        callee.type === 'MemberExpression' &&
        callee.property.type === 'Identifier' &&
        callee.property.name === 'assign';
      return [...(isChange ? ownerOf(callee) : []), ...(isAssign && first ? namesIn(first) : [])];
    }
    default:
      return [];
  }
}

/** The name that a member belongs to: `a` of `a.b.c`. */
function ownerOf(node: AnyNode): string[] {
  let at = node;
  while (at.type === 'MemberExpression') {
    at = at.object;
  }
  return node.type === 'MemberExpression' && at.type === 'Identifier' ? [at.name] : [];
}
