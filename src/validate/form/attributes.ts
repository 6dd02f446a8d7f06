import type { PugNode } from 'pug-parser';
import { parseExpression } from '../source/expression.js';
import { type Position, within } from '../text.js';
import type { Argument, Attribute } from './facts.js';
import { fixedMembers, type Known, NONE } from './literal.js';

/**
 * Reads the object that a mixin is called with.
 *
 * @param args the text between the brackets
 * @param start where it stands
 * @param known what names in it stand for
 */
export function attributesOf(
  args: string,
  start: Position,
  known: Known = NONE,
): { attributes: Attribute[]; isOpen: boolean } {
  const node = parseExpression(args);
  if (node?.type !== 'ObjectExpression') {
    return { attributes: [], isOpen: true };
  }
  const members = fixedMembers(node, known);
  const attributes = members.map(({ name, value, node: of, loc }) => {
    const { line = 1, column = 0 } = loc?.start ?? {};
    const source = args.slice(of.start, of.end);
    return { name, value, source, ...within(start, { line, column: column + 1 }) };
  });
  return { attributes, isOpen: members.length < node.properties.length };
}

/** @returns what a mixin is called with, by its node */
export function argumentOf({ args, attrs = [] }: PugNode): Argument {
  if (args === null || args === undefined || args.trim() === '') {
    return attrs.length > 0 ? 'attributes' : 'nothing';
  }
  const type = parseExpression(args)?.type;
  return type === 'Literal' || type === 'TemplateLiteral' || type === 'ArrayExpression'
    ? 'other'
    : 'object';
}
