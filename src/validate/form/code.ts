import { parse } from 'acorn';
import type { PugNode } from 'pug-parser';
import { freeNames } from '../script/names.js';
import { declaring, type Scoped, scopedNodes } from '../script/scopes.js';
import { memberName } from '../script/tree.js';
import { Lines, type Named, type Position, type Problem, problem } from '../text.js';
import { askedFor, takenFrom } from './asked.js';
import { constantsIn } from './constants.js';
import { lostBackslashes } from './escapes.js';
import { foreignIn } from './foreign.js';
import type { Known } from './literal.js';
import { markupIn } from './markup.js';
import { programOf } from './program.js';

/** What the rules need to know of the JavaScript in a form. */
export interface FormCode {
  /** Where it is not JavaScript; then all else is empty. */
  readonly problem?: Problem;
  /** Names that the form takes from outside, each at its first use; none that it asks for with typeof. */
  readonly free: readonly Named[];
  /** Those of them that it asks for before it takes them: `if x`, `x && x.y`. Pug gives undefined for a name that is not there. */
  readonly asked: ReadonlySet<string>;
  /** Names of which a member is read, or that are called or gone through: where they are undefined, that throws. */
  readonly taken: ReadonlySet<string>;
  readonly declared: readonly string[];
  /** Members of what was submitted that the form reads. */
  readonly submitted: readonly Named[];
  /** Names that stand for one fixed value. */
  readonly constants: Known;
  /** Texts that hold a tag; what is worked out in them is {@link WORKED_OUT}. */
  readonly markup: readonly (Position & { readonly value: string })[];
  /** Letters in front of which a backslash is lost. */
  readonly lost: readonly Named[];
  /** Members that are shown as HTML or lead somewhere, and hold what stands in the address. */
  readonly foreign: readonly Named[];
}

/** That of a form without any. */
export const NO_CODE: FormCode = {
  free: [],
  asked: new Set(),
  taken: new Set(),
  declared: [],
  submitted: [],
  constants: new Map(),
  markup: [],
  lost: [],
  foreign: [],
};

/**
 * Reads all JavaScript of a form as one program, as Pug compiles it: a name that one line declares is there in the next,
 * and a bracket may open in one line and close in another.
 *
 * @param tree of the form
 * @param text the form itself
 * @returns what the rules need to know; never throws
 */
export function readCode(tree: PugNode, text: string): FormCode {
  const program = programOf(tree, text.split('\n'));
  try {
    const nodes = scopedNodes(
      parse(program.text, {
        ecmaVersion: 'latest',
        sourceType: 'script',
        allowReturnOutsideFunction: true,
      }),
    );
    const lines = new Lines(program.text);
    const free = freeNames(nodes, lines);
    const placeAt = (offset: number) => program.placeOf(lines.at(offset));
    const has = (part: string) => program.text.includes(part);
    return {
      constants: constantsIn(nodes),
      markup: (has('<') ? markupIn(nodes) : []).map(({ text: value, node }) => ({
        value,
        ...placeAt(node.start),
      })),
      lost: (has('\\') ? lostBackslashes(nodes) : []).map(({ letter, at }) => ({
        name: letter,
        ...placeAt(at),
      })),
      foreign: has('queryparam') ? foreignMembers(nodes, placeAt) : [],
      submitted: submittedIn(nodes, lines).map(({ name, ...at }) => ({
        name,
        ...program.placeOf(at),
      })),
      free: free.map(({ name, ...at }) => ({ name, ...program.placeOf(at) })),
      asked: askedFor(nodes),
      taken: takenFrom(nodes),
      declared: declaredIn(nodes),
    };
  } catch (error) {
    const { loc, message } = error as Error & { loc?: { line: number; column: number } };
    // What is nested too deeply for acorn is nothing that Pug refuses.
    if (!(error instanceof SyntaxError) || !loc) {
      return NO_CODE;
    }
    const said = message.replace(/ \(\d+:\d+\)$/, '');
    const at = program.placeOf({ line: loc.line, column: loc.column + 1 });
    return { ...NO_CODE, problem: problem(at, `${said}. Mend it here, or right before.`) };
  }
}

/** The members that hold what stands in the address, of those that are shown as HTML or lead somewhere. */
function foreignMembers(
  nodes: readonly Scoped[],
  placeAt: (offset: number) => Position,
): FormCode['foreign'] {
  const isForeign = foreignIn(nodes);
  return nodes.flatMap(({ node }): Named[] => {
    const name = node.type === 'Property' ? memberName(node.key, node.computed) : '';
    const isShown = node.type === 'Property' && /^(helpText|url)$/.test(name);
    return isShown && isForeign(node.value) ? [{ name, ...placeAt(node.start) }] : [];
  });
}

function submittedIn(nodes: readonly Scoped[], lines: Lines): Named[] {
  return nodes.flatMap(({ node, scope }): Named[] => {
    const isSubmit =
      node.type === 'MemberExpression' &&
      node.object.type === 'Identifier' &&
      node.object.name === 'submit' &&
      !declaring(scope, 'submit');
    const name = isSubmit ? memberName(node.property, node.computed) : '*';
    return name === '*' ? [] : [{ name, ...lines.at(node.start) }];
  });
}

function declaredIn(nodes: readonly Scoped[]): string[] {
  const scopes = new Set(nodes.map(({ scope }) => scope));
  const names = new Set([...scopes].flatMap(({ declared }) => [...declared.keys()]));
  return [...names].filter((name) => name !== 'arguments');
}
