import { parse } from 'acorn';
import { Lines, type Position, type Problem, problem } from '../text.js';
import { answersOf } from './answers.js';
import { blockNames } from './blocks.js';
import { branchesOf } from './branches.js';
import { chainsOf } from './chains.js';
import type { Literal, ScriptFacts } from './facts.js';
import { freeNames } from './names.js';
import { nextOf } from './next.js';
import { toldBy } from './objects.js';
import { printedBy } from './printed.js';
import { scopedNodes } from './scopes.js';
import { slipsIn } from './slips.js';
import type { Placed } from './tree.js';
import { unguardedIn } from './unguarded.js';
import { wholeUses } from './whole.js';

const NO_NAMES = { free: [], outside: [], reassigned: [], declared: [], printed: [] };
const NOTHING = {
  ...NO_NAMES,
  start: { line: 1, column: 1 },
  ...({
    next: 'always',
    chains: [],
    literals: [],
    told: [],
    unguarded: [],
    slips: [],
    answers: [],
    whole: [],
    fails: false,
    onlyFails: false,
  } as const),
};

/**
 * Reads a script of the Hub: it runs as a script, not as a module, so a top-level `return`, `await` or `import` is a
 * syntax error there too.
 *
 * @returns what the rules need to know; never throws
 */
export function readScript(text: string): ScriptFacts {
  try {
    const program = parse(text, { ecmaVersion: 'latest', sourceType: 'script' });
    const nodes = scopedNodes(program);
    const lines = new Lines(text);
    const branches = branchesOf(nodes);
    const { next, at: branch } = nextOf(program, nodes);
    const { chains, resolve } = chainsOf(nodes, lines, branches);
    return {
      start: lines.at(Math.max(0, text.search(/\S/))),
      next,
      ...(branch && { branch: lines.at(branch.start) }),
      free: freeNames(nodes, lines),
      chains,
      literals: literalsOf(nodes, lines),
      ...blockNames(nodes, lines),
      printed: printedBy(nodes, chains, resolve, lines),
      told: toldBy(nodes, lines),
      unguarded: unguardedIn(nodes, lines),
      slips: slipsIn(nodes, lines),
      answers: answersOf(nodes, resolve, lines),
      whole: wholeUses(nodes, resolve),
      fails: branches.fails,
      onlyFails: branches.onlyFails,
    };
  } catch (error) {
    return { ...NOTHING, problem: problemOf(error) };
  }
}

/**
 * Reads a script that runs under Node or in a browser, as a script or as a module.
 *
 * @returns nothing but what keeps it from being JavaScript; never throws
 */
export function readModule(text: string): ScriptFacts {
  const options = { ecmaVersion: 'latest', allowHashBang: true } as const;
  try {
    parse(text, { ...options, sourceType: 'module' });
    return NOTHING;
  } catch {
    try {
      parse(text, { ...options, sourceType: 'script', allowReturnOutsideFunction: true });
      return NOTHING;
    } catch (error) {
      return { ...NOTHING, problem: problemOf(error) };
    }
  }
}

function problemOf(error: unknown): Problem & Position {
  const isSyntax = error instanceof SyntaxError;
  const { loc } = error as { loc?: { line: number; column: number } };
  const at = { line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 };
  const message = isSyntax
    ? `${error.message.replace(/ \(\d+:\d+\)$/, '')}.`
    : 'This script is nested too deeply to be read.';
  return { ...problem(at, message), ...at };
}

function literalsOf(nodes: readonly Placed[], lines: Lines): Literal[] {
  const literals: Literal[] = [];
  for (const { node } of nodes) {
    if (node.type === 'TemplateLiteral') {
      const value = node.quasis.map(({ value: part }) => part.cooked ?? '').join('${}');
      literals.push({ value, ...lines.at(node.start) });
    } else if (node.type === 'Literal' && typeof node.value === 'string') {
      literals.push({ value: node.value, ...lines.at(node.start) });
    }
  }
  return literals;
}
