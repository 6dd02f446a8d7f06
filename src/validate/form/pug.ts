import { createRequire } from 'node:module';
import { DEEPEST } from '../limits.js';

const require = createRequire(import.meta.url);

/** A node of pug-parser's tree; which members it has depends on its type. */
export interface PugNode {
  readonly type: string;
  readonly line: number;
  readonly column?: number;
  readonly name?: string;
  readonly mode?: 'append' | 'prepend' | 'replace';
  readonly args?: string | null;
  readonly call?: boolean;
  readonly val?: string;
  readonly buffer?: boolean;
  readonly mustEscape?: boolean;
  readonly file?: PugNode & { readonly path: string };
  readonly attrs?: readonly {
    name: string;
    val: string | boolean;
    line: number;
    column: number;
    mustEscape: boolean;
  }[];
  readonly nodes?: readonly PugNode[];
  readonly block?: PugNode | null;
  readonly consequent?: PugNode | null;
  readonly alternate?: PugNode | null;
}

/** Why a text is no Pug. */
export interface PugProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Reads Pug with its own lexer and parser, which load and run nothing.
 *
 * @returns its tree, or why there is none; never throws
 */
export function parsePug(text: string): PugNode | PugProblem {
  if (text.trim() === '') {
    return { message: 'The form is empty.', line: 1, column: 1 };
  }
  const lex = require('pug-lexer') as (text: string) => unknown[];
  const parse = require('pug-parser') as (tokens: unknown[], options: object) => PugNode;
  const tooDeep = { message: 'The form is nested too deep to be read.', line: 1, column: 1 };
  try {
    const tree = parse(lex(text), {});
    // A block and a tag count one each.
    for (const { depth } of pugNodes(tree)) {
      if (depth > 2 * DEEPEST) {
        return tooDeep;
      }
    }
    return tree;
  } catch (error) {
    if (error instanceof RangeError) {
      return tooDeep;
    }
    const {
      line = 1,
      column = 1,
      msg,
      message,
    } = error as Error & { line?: number; column?: number; msg?: string };
    const sentence = (msg ?? message).replace(/\s+/g, ' ').replace(/[.:]?$/, '.');
    return { message: sentence.charAt(0).toUpperCase() + sentence.slice(1, 300), line, column };
  }
}

/** @returns a node and all that is in it, in order, each with how deep it lies */
export function* pugNodes(root: PugNode): Generator<{ node: PugNode; depth: number }> {
  const waiting = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    const { node, depth } = next;
    const below = [...(node.nodes ?? []), node.block, node.consequent, node.alternate];
    for (const child of below.reverse()) {
      if (child) {
        waiting.push({ node: child, depth: depth + 1 });
      }
    }
  }
}
