import type { AnyNode, ObjectExpression } from 'acorn';
import { parseExpression } from '../source/expression.js';
import { type Position, within } from '../text.js';
import type { Attribute } from './facts.js';

/** @returns the value of an attribute's text, such as `'x'`; undefined where it is not fixed */
export function fixedValue(text: string): unknown {
  const node = parseExpression(text);
  return node && literalOf(node);
}

/** @returns every text in a value, such as those in the members of an object */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * Reads the object that a mixin is called with.
 *
 * @param args the text between the brackets
 * @param start where it stands
 */
export function attributesOf(
  args: string,
  start: Position,
): { attributes: Attribute[]; isOpen: boolean } {
  const node = parseExpression(args);
  if (node?.type !== 'ObjectExpression') {
    return { attributes: [], isOpen: true };
  }
  const members = fixedMembers(node);
  const attributes = members.map(({ name, value, loc }) => {
    const { line = 1, column = 0 } = loc?.start ?? {};
    return { name, value, ...within(start, { line, column: column + 1 }) };
  });
  return { attributes, isOpen: members.length < node.properties.length };
}

/** The value of an expression where it is fixed; undefined in place of what is not. */
function literalOf(node: AnyNode): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? '') : undefined;
    case 'UnaryExpression':
      return node.operator === '-' && node.argument.type === 'Literal'
        ? -Number(node.argument.value)
        : undefined;
    case 'ArrayExpression':
      return node.elements.map((element) => (element ? literalOf(element) : null));
    case 'ObjectExpression':
      return Object.fromEntries(fixedMembers(node).map(({ name, value }) => [name, value]));
    case 'BinaryExpression': {
      if (node.operator !== '+') {
        return undefined;
      }
      const [left, right] = [literalOf(node.left), literalOf(node.right)];
      return typeof left === 'string' && typeof right === 'string' ? left + right : undefined;
    }
    default:
      return undefined;
  }
}

/** The members of an object whose names are fixed. */
function fixedMembers({ properties }: ObjectExpression) {
  return properties.flatMap((property) => {
    if (property.type !== 'Property' || property.computed) {
      return [];
    }
    const { key, value, loc } = property;
    const name = key.type === 'Identifier' ? key.name : String(literalOf(key));
    return [{ name, value: literalOf(value), loc }];
  });
}
