import type { Placed } from '../script/tree.js';

/** A backslash that a JavaScript text drops, and what is left of it. */
export interface Lost {
  readonly letter: string;
  readonly at: number;
}

// Those that mean something in a text: \n, \t, \u0041 and the like.
const KEPT = /[bfnrtuvx]/;

/** @returns the backslashes in the texts of a program that stand in front of a letter and mean nothing: `'\d'` is `d` */
export function lostBackslashes(nodes: readonly Placed[]): Lost[] {
  return nodes.flatMap(({ node, parent }) => {
    if (node.type === 'Literal' && typeof node.value === 'string') {
      return lostIn(node.raw ?? '', node.start);
    }
    const isTagged = parent?.type === 'TaggedTemplateExpression';
    return node.type === 'TemplateLiteral' && !isTagged
      ? node.quasis.flatMap(({ value, start }) => lostIn(value.raw, start))
      : [];
  });
}

function lostIn(raw: string, start: number): Lost[] {
  if (!raw.includes('\\')) {
    return [];
  }
  return [...raw.matchAll(/\\([\s\S])/g)].flatMap(({ 1: letter = '', index }) =>
    /[A-Za-z]/.test(letter) && !KEPT.test(letter) ? [{ letter, at: start + index }] : [],
  );
}
