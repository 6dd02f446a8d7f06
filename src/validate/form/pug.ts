import lex from 'pug-lexer';
import parse, { type PugNode } from 'pug-parser';
import { MAX_DEPTH } from '../limits.js';
import { type Problem, problem, sentence } from '../text.js';
import type { Branch } from './facts.js';

type Failure = Error & { line?: number; column?: number; msg?: string };

/**
 * Reads Pug with its own lexer and parser, which load and run nothing.
 *
 * @returns its tree, or why there is none; never throws
 */
export function parsePug(text: string): PugNode | Problem {
  if (text.trim() === '') {
    return problem({ line: 1, column: 1 }, 'The form is empty.');
  }
  const tooDeep = problem({ line: 1, column: 1 }, 'The form is nested too deeply to be read.');
  try {
    const tree = parse(inPortions(lex(text)), {});
    // A block and a tag count one each.
    const isTooDeep = [...pugNodes(tree)].some(({ depth }) => depth > 2 * MAX_DEPTH);
    return isTooDeep ? tooDeep : tree;
  } catch (error) {
    if (error instanceof RangeError) {
      return tooDeep;
    }
    const { line = 1, column = 1, msg, message } = error as Failure;
    return problem({ line, column }, sentence(msg ?? message));
  }
}

// What the parser looks ahead is a few tokens.
const PORTION = 1000;
const FEW = 200;

/**
 * The parser shifts one token after another off its list, and to shift a long list takes time in its length. So the list
 * that it gets is short, and is filled up before it runs out.
 */
function inPortions<Token>(tokens: readonly Token[]): Token[] {
  const list = tokens.slice(0, PORTION);
  let next = PORTION;
  list.shift = () => {
    const first = Array.prototype.shift.call(list) as Token | undefined;
    if (list.length < FEW && next < tokens.length) {
      list.push(...tokens.slice(next, next + PORTION));
      next += PORTION;
    }
    return first;
  };
  return list;
}

/** A node with how deep it lies, and in what. */
interface PlacedNode {
  readonly node: PugNode;
  readonly depth: number;
  readonly branches: readonly Branch[];
  /** The loops that it stands in, from the outside in; the innermost of very many. */
  readonly loops: readonly PugNode[];
  /** The block that it stands in. */
  readonly block: string | undefined;
}

const MAX_BRANCHES = 20;
const MAX_LOOPS = 3;

/** @returns a node and all that is in it, in order */
export function* pugNodes(root: PugNode): Generator<PlacedNode> {
  const waiting: PlacedNode[] = [
    { node: root, depth: 0, branches: [], loops: [], block: undefined },
  ];
  let conditions = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    const { node, depth, branches } = next;
    const isLoop = /^Each(Of)?$/.test(node.type);
    const loops = isLoop ? [...next.loops, node].slice(-MAX_LOOPS) : next.loops;
    const block = node.type === 'NamedBlock' ? node.name : next.block;
    const below = [...(node.nodes ?? []), node.block, node.consequent, node.alternate];
    const isCase = node.type === 'Block' && node.nodes?.some(({ type }) => type === 'When');
    const isCondition = node.type === 'Conditional' || isCase === true;
    conditions += 1;
    for (const [branch, child] of [...below.entries()].reverse()) {
      if (child) {
        const own = isCondition ? [...branches, { of: conditions, branch }] : branches;
        const around = { branches: own.slice(-MAX_BRANCHES), loops, block };
        waiting.push({ node: child, depth: depth + 1, ...around });
      }
    }
  }
}
