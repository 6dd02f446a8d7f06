import type { AnyNode } from 'acorn';
import { isFunctionExpression } from './functions.js';
import { eachChild, namesIn, type Placed } from './tree.js';

/** What declares names: the script itself, or a function in it. Blocks count as a part of it. */
export interface Scope {
  readonly parent: Scope | undefined;
  /** How often each name is declared in it. */
  readonly declared: Map<string, number>;
}

/** A node with what it stands in. */
export interface Scoped extends Placed {
  readonly scope: Scope;
}

const ASSIGNS: ReadonlySet<string> = new Set([
  'AssignmentExpression',
  'ForInStatement',
  'ForOfStatement',
]);

/** @returns every node of a script, in order, each with its scope; the scopes are complete then */
export function scopedNodes(program: AnyNode): Scoped[] {
  const found: Scoped[] = [];
  const outermost: Scope = { parent: undefined, declared: new Map() };
  const assigned: Scoped[] = [];
  const below: Scoped[] = [];
  const waiting: Scoped[] = [{ node: program, parent: undefined, key: '', scope: outermost }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    const { node, scope } = next;
    let inner = scope;
    if (node.type === 'FunctionDeclaration' || isFunctionExpression(node)) {
      inner = { parent: scope, declared: new Map() };
      if (node.type !== 'ArrowFunctionExpression') {
        declare(node.type === 'FunctionDeclaration' ? scope : inner, node.id ? [node.id.name] : []);
        declare(inner, ['arguments']);
      }
      for (const parameter of node.params) {
        declare(inner, namesIn(parameter));
      }
    } else if (node.type === 'VariableDeclarator') {
      declare(scope, namesIn(node.id));
    } else if (node.type === 'CatchClause' && node.param) {
      declare(scope, namesIn(node.param));
    } else if ((node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.id) {
      declare(scope, [node.id.name]);
    } else if (ASSIGNS.has(node.type)) {
      assigned.push(next);
    }
    below.length = 0;
    eachChild(node, (child, key) => {
      below.push({ node: child, parent: node, key, scope: inner });
    });
    for (let at = below.length - 1; at >= 0; at -= 1) {
      waiting.push(below[at] as Scoped);
    }
  }
  // Without `use strict` an assignment makes a name as well.
  for (const { node, scope } of assigned) {
    if (!('left' in node) || (node.type === 'AssignmentExpression' && node.operator !== '=')) {
      continue;
    }
    for (const name of namesIn(node.left)) {
      if (!declaring(scope, name)) {
        declare(outermost, [name]);
      }
    }
  }
  return found;
}

/** @returns the scope that declares a name, seen from another one; undefined where it comes from outside */
export function declaring(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    if (at.declared.has(name)) {
      return at;
    }
  }
  return undefined;
}

function declare({ declared }: Scope, names: readonly string[]): void {
  for (const name of names) {
    declared.set(name, (declared.get(name) ?? 0) + 1);
  }
}
