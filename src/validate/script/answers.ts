import type { AnyNode } from 'acorn';
import type { Lines } from '../text.js';
import { isNothing } from './branches.js';
import type { Resolve } from './chains.js';
import type { Answer } from './facts.js';
import { membersOf } from './members.js';
import { lookedAtIn, rawIn } from './raw.js';
import { declaring, type Scoped } from './scopes.js';
import { constantsOf, isStringify, textsOf } from './texts.js';
import { isReference, memberName } from './tree.js';

const MAX_ANSWERS = 50;

/** @returns what each call of `next` gives; what is not known of one is left open in it */
export function answersOf(nodes: readonly Scoped[], resolve: Resolve, lines: Lines): Answer[] {
  const given = nodes.flatMap((placed) => givenBy(placed)).slice(0, MAX_ANSWERS);
  const names = given.some(({ node }) => node?.type === 'Identifier')
    ? namesOf(nodes)
    : new Map<string, Name>();
  const lookedAt = lookedAtIn(nodes, resolve);
  const constantOf = constantsOf(nodes);
  return given.flatMap(({ node, at }) =>
    alternatives(node).map((one): Answer => {
      const { value, more } = followed(one, names);
      const place = lines.at((value ?? at).start);
      const members =
        value?.type === 'ObjectExpression'
          ? membersOf(value, lines, resolve, constantOf)
          : undefined;
      const isKnown = members !== undefined && more !== undefined;
      return {
        ...(isKnown && { members: [...members, ...more.map((name) => ({ name, ...place }))] }),
        raw: value ? rawIn(value, resolve, lookedAt) : [],
        texts: textsOf(one, constantOf),
        paths: resolve(value),
        ...(isStringify(value) && { isStringified: true as const }),
        ...place,
      };
    }),
  );
}

interface Given {
  readonly node: AnyNode | undefined;
  readonly at: AnyNode;
}

function givenBy(placed: Scoped): Given[] {
  const { node, parent, key, scope } = placed;
  const isNext = node.type === 'Identifier' && node.name === 'next' && isReference(placed);
  if (!isNext || declaring(scope, 'next')) {
    return [];
  }
  if (parent?.type !== 'CallExpression' || key !== 'callee') {
    // Handed on, it may be called with anything.
    return parent?.type === 'ExpressionStatement' ? [] : [{ node: undefined, at: node }];
  }
  const [error, answer] = parent.arguments;
  const fails = error !== undefined && !isNothing(error) && answer === undefined;
  return fails ? [] : [{ node: answer, at: parent }];
}

function alternatives(node: AnyNode | undefined): (AnyNode | undefined)[] {
  return node?.type === 'ConditionalExpression' ? [node.consequent, node.alternate] : [node];
}

interface Name {
  readonly value: AnyNode;
  /** Members that it gets later; undefined where more may happen to it. */
  more: string[] | undefined;
}

/** What a name stands for: what it was declared with, and the members that it got. */
function followed(
  node: AnyNode | undefined,
  names: ReadonlyMap<string, Name>,
): { value: AnyNode | undefined; more: readonly string[] | undefined } {
  const name = node?.type === 'Identifier' ? names.get(node.name) : undefined;
  return name ? { value: name.value, more: name.more } : { value: node, more: [] };
}

/** The names that are declared once, with a value. */
function namesOf(nodes: readonly Scoped[]): Map<string, Name> {
  const names = new Map<string, Name>();
  const twice = new Set<string>();
  for (const { node } of nodes) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
      const { name } = node.id;
      if (names.has(name)) {
        twice.add(name);
      }
      names.set(name, { value: node.init, more: [] });
    }
  }
  const inner = new Map<AnyNode, AnyNode>();
  for (const { node, parent, key } of nodes) {
    if (node.type === 'MemberExpression' && parent?.type === 'AssignmentExpression') {
      inner.set(node, key === 'left' ? parent : node);
    }
  }
  for (const placed of nodes) {
    const { node, parent, key } = placed;
    const name =
      node.type === 'Identifier' && isReference(placed) ? names.get(node.name) : undefined;
    if (!name || (parent?.type === 'VariableDeclarator' && key === 'id')) {
      continue;
    }
    const isRead = parent?.type === 'MemberExpression' && key === 'object';
    const member = isRead ? memberName(parent.property, parent.computed) : '*';
    const isWritten = isRead && inner.get(parent)?.type === 'AssignmentExpression';
    if (isWritten && member !== '*') {
      name.more?.push(member);
    } else if (!isGiven(parent, key) && (isWritten || !isRead)) {
      name.more = undefined;
    }
  }
  for (const name of twice) {
    names.delete(name);
  }
  return names;
}

function isGiven(parent: AnyNode | undefined, key: string): boolean {
  const isNext =
    parent?.type === 'CallExpression' &&
    parent.callee.type === 'Identifier' &&
    parent.callee.name === 'next';
  return isNext && key === 'arguments';
}
