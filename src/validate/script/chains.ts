import type { AnyNode } from 'acorn';
import type { Lines } from '../text.js';
import type { Branches } from './branches.js';
import type { Access, Chain } from './facts.js';
import { functionsOf } from './functions.js';
import { declaring, type Scope, type Scoped } from './scopes.js';
import { memberName, type Placed } from './tree.js';
import { assigned, assignedBy } from './writes.js';

const BINDS: ReadonlySet<string> = new Set([
  'VariableDeclarator',
  'AssignmentExpression',
  'CallExpression',
]);
const MAX_PATHS = 6;
const MAX_LENGTH = 10;
const ROUNDS = 4;
const FAILING = { isOnFailure: true as const };

/** What a script's names stand for. */
interface Followed {
  readonly chains: Chain[];
  /** The chains that a node may stand for; none where it comes from elsewhere. */
  readonly resolve: Resolve;
}

/** Tells which chains a node may stand for. */
export type Resolve = (node: AnyNode | null | undefined) => readonly string[];

/**
 * Follows members of what a script gets from outside: `const output = environment.output; output.x` is
 * `environment.output.x`. A name that is declared more than once is not followed, as it may stand for anything.
 */
export function chainsOf(nodes: readonly Scoped[], lines: Lines, branches: Branches): Followed {
  const aliases = new Map<Scope, Map<string, Set<string>>>();
  const functions = functionsOf(nodes);
  // Only names are looked up.
  const scopes = new Map<AnyNode, Scope>();
  for (const { node, scope } of nodes) {
    if (node.type === 'Identifier') {
      scopes.set(node, scope);
    }
  }
  const chains: Chain[] = [];

  const resolve: Resolve = (node) => {
    switch (node?.type) {
      case 'Identifier': {
        const scope = scopes.get(node);
        const owner = scope && declaring(scope, node.name);
        return owner ? [...(aliases.get(owner)?.get(node.name) ?? [])] : [node.name];
      }
      case 'MemberExpression': {
        const name = memberName(node.property, node.computed);
        return resolve(node.object).flatMap((path) =>
          path.split('.').length < MAX_LENGTH ? [`${path}.${name}`] : [],
        );
      }
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return resolve(node.expression);
      case 'AwaitExpression':
        return resolve(node.argument);
      case 'AssignmentExpression':
        return [
          ...(node.left.type === 'MemberExpression' ? resolve(node.left) : []),
          ...resolve(node.right),
        ];
      case 'LogicalExpression':
        return [...resolve(node.left), ...resolve(node.right)];
      case 'ConditionalExpression':
        return [...resolve(node.consequent), ...resolve(node.alternate)];
      default:
        return [];
    }
  };
  const bind = (pattern: AnyNode, paths: readonly string[], say: boolean) => {
    if (paths.length === 0) {
      return;
    }
    if (pattern.type === 'AssignmentPattern') {
      bind(pattern.left, paths, say);
    } else if (pattern.type === 'Identifier') {
      const scope = scopes.get(pattern);
      const owner = scope && declaring(scope, pattern.name);
      if (owner?.declared.get(pattern.name) !== 1) {
        return;
      }
      const names = aliases.get(owner) ?? new Map<string, Set<string>>();
      const known = names.get(pattern.name) ?? new Set();
      for (const path of paths) {
        if (known.size < MAX_PATHS) {
          known.add(path);
        }
      }
      aliases.set(owner, names.set(pattern.name, known));
    } else if (pattern.type === 'ObjectPattern') {
      for (const property of pattern.properties) {
        if (property.type !== 'Property') {
          continue;
        }
        const name = memberName(property.key, property.computed);
        const members = paths.map((path) => `${path}.${name}`);
        if (say) {
          for (const path of members) {
            chains.push({ path, access: 'read', ...lines.at(property.key.start) });
          }
        }
        bind(property.value, members, say);
      }
    }
  };
  const binding = nodes.filter(({ node }) => BINDS.has(node.type));
  const bindAll = (say: boolean) => {
    for (const { node } of binding) {
      if (node.type === 'VariableDeclarator') {
        bind(node.id, resolve(node.init), say);
      }
      if (node.type === 'AssignmentExpression' && node.operator === '=') {
        bind(node.left, resolve(node.right), say);
      }
      if (node.type === 'CallExpression' && node.callee.type === 'Identifier') {
        const called = functions.get(node.callee.name);
        for (const [index, parameter] of (called?.params ?? []).entries()) {
          bind(parameter, resolve(node.arguments[index]), say);
        }
      }
    }
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    bindAll(false);
  }
  bindAll(true);

  for (const placed of nodes) {
    const { node } = placed;
    for (const { target, names } of node.type === 'CallExpression' ? assignedBy(node) : []) {
      const paths = resolve(target).flatMap((path) => names.map((name) => `${path}.${name}`));
      const place = lines.at(node.start);
      chains.push(...paths.map((path) => ({ path, access: 'write' as const, ...place })));
    }
    if (node.type !== 'MemberExpression') {
      continue;
    }
    const access = accessOf(placed);
    if (access === 'inner') {
      continue;
    }
    const place = lines.at(node.start);
    const isAsked = access === 'read' && asks(placed);
    const { parent } = placed;
    const isSet = access === 'write' && parent?.type === 'AssignmentExpression';
    const from = isSet ? resolve(parent.right).filter((path) => path.includes('.')) : [];
    const more = {
      isAsked,
      ...assigned(placed),
      ...(from.length > 0 && { from }),
      ...(branches.isFailing(node) && FAILING),
    };
    chains.push(...resolve(node).map((path) => ({ path, access, ...more, ...place })));
    // A call reads what it is called on.
    const owners = access === 'call' ? resolve(node.object) : [];
    const read = owners.filter((path) => path.includes('.'));
    chains.push(...read.map((path) => ({ path, access: 'read' as const, ...place })));
  }
  return { chains, resolve };
}

/** Whether a value is only asked for. */
function asks({ parent, key }: Placed): boolean {
  switch (parent?.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return key === 'test';
    case 'LogicalExpression':
      return key === 'left';
    case 'UnaryExpression':
      return parent.operator === '!' || parent.operator === 'typeof';
    default:
      return false;
  }
}

function accessOf({ node, parent, key }: Placed): Access | 'inner' {
  switch (parent?.type) {
    case 'MemberExpression':
      return key === 'object' ? 'inner' : 'read';
    case 'AssignmentExpression':
      return key === 'left' ? 'write' : 'read';
    case 'UpdateExpression':
      return 'write';
    case 'UnaryExpression':
      return parent.operator === 'delete' ? 'delete' : 'read';
    case 'CallExpression':
      return parent.callee === node ? 'call' : 'read';
    default:
      return 'read';
  }
}
