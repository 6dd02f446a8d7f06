import type { AnyNode } from 'acorn';
import { type Lines, type Named, words } from '../text.js';
import { isFunctionExpression } from './functions.js';
import { isReference, namesIn, type Placed } from './tree.js';

/** What `let` and `const` make of names. */
export interface BlockNames {
  /** Names that only a block elsewhere declares, each at its first use. */
  readonly outside: readonly Named[];
  /** Constants that are written again. */
  readonly reassigned: readonly Named[];
  /** Every name that is declared somewhere. */
  readonly declared: readonly string[];
}

interface Block {
  readonly parent: Block | undefined;
  readonly isFunction: boolean;
  /** Whether each name is a constant. */
  readonly names: Map<string, boolean>;
}

const MAX_CLIMB = 100;
const BLOCK: ReadonlySet<string> = new Set(
  words(`
    BlockStatement ForStatement ForInStatement ForOfStatement SwitchStatement CatchClause StaticBlock`),
);

/** @returns what is wrong with where a script declares its names; nodes come with their parents in front */
export function blockNames(nodes: readonly Placed[], lines: Lines): BlockNames {
  const outermost: Block = { parent: undefined, isFunction: true, names: new Map() };
  const blocks = new Map<AnyNode, Block>();
  const inBlocks = new Set<string>();
  const declare = (block: Block, names: readonly string[], isConstant = false) => {
    for (const name of names) {
      block.names.set(name, isConstant);
      if (block !== outermost) {
        inBlocks.add(name);
      }
    }
  };
  for (const { node, parent } of nodes) {
    const outer = (parent && blocks.get(parent)) ?? outermost;
    const isFunction = node.type === 'FunctionDeclaration' || isFunctionExpression(node);
    const opens = isFunction || BLOCK.has(node.type);
    const block = opens ? { parent: outer, isFunction, names: new Map() } : outer;
    blocks.set(node, block);
    declareAt(node, outer, block, declare);
  }
  const outside = new Map<string, Named>();
  const reassigned: Named[] = [];
  // Without `use strict` an assignment makes a name as well.
  const assigned = new Set(nodes.flatMap(({ node }) => writtenBy(node)));
  for (const placed of nodes) {
    const { node } = placed;
    const block = blocks.get(node) ?? outermost;
    for (const name of writtenBy(node)) {
      if (lookUp(block, name)?.names.get(name) === true) {
        reassigned.push({ name, ...lines.at(node.start) });
      }
    }
    if (node.type !== 'Identifier' || !inBlocks.has(node.name) || !isReference(placed)) {
      continue;
    }
    const { name } = node;
    const isAsked = placed.parent?.type === 'UnaryExpression';
    if (!isAsked && !assigned.has(name) && !outside.has(name) && !lookUp(block, name)) {
      outside.set(name, { name, ...lines.at(node.start) });
    }
  }
  const all = [...new Set(blocks.values())].flatMap(({ names }) => [...names.keys()]);
  return { outside: [...outside.values()], reassigned, declared: [...new Set(all)] };
}

function declareAt(
  node: AnyNode,
  outer: Block,
  block: Block,
  declare: (block: Block, names: readonly string[], isConstant?: boolean) => void,
): void {
  if (node.type === 'FunctionDeclaration' || isFunctionExpression(node)) {
    declare(block, node.params.flatMap(namesIn));
    declare(block, node.type === 'ArrowFunctionExpression' ? [] : ['arguments']);
    const own = node.type === 'ArrowFunctionExpression' || !node.id ? [] : [node.id.name];
    // A function in a block is seen around the block as well.
    declare(node.type === 'FunctionDeclaration' ? functionOf(outer) : block, own);
  } else if (node.type === 'VariableDeclaration') {
    const target = node.kind === 'var' ? functionOf(outer) : outer;
    const names = node.declarations.flatMap(({ id }) => namesIn(id));
    declare(target, names, node.kind === 'const');
  } else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    declare(outer, node.id ? [node.id.name] : []);
  } else if (node.type === 'CatchClause' && node.param) {
    declare(block, namesIn(node.param));
  }
}

function functionOf(block: Block): Block {
  let at = block;
  while (!at.isFunction && at.parent) {
    at = at.parent;
  }
  return at;
}

function lookUp(block: Block, name: string): Block | undefined {
  let at: Block | undefined = block;
  for (let depth = 0; at && !at.names.has(name); depth += 1) {
    // What is nested deeper than that was not written by a person; then nothing is said.
    at = depth > MAX_CLIMB ? block : at.parent;
    if (depth > MAX_CLIMB) {
      break;
    }
  }
  return at;
}

function writtenBy(node: AnyNode): string[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return namesIn(node.left);
    case 'UpdateExpression':
      return namesIn(node.argument);
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type === 'VariableDeclaration' ? [] : namesIn(node.left);
    default:
      return [];
  }
}
