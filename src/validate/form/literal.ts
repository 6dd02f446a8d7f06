import type { AnyNode, ObjectExpression } from 'acorn';
import { parseExpression } from '../source/expression.js';

/** What names stand for. */
export type Known = ReadonlyMap<string, unknown>;

/** Where nothing is known. */
export const NONE: Known = new Map();

/** @returns the value of an attribute's text, such as `'x'`; undefined where it is not fixed */
export function fixedValue(text: string, known: Known = NONE): unknown {
  const node = parseExpression(text);
  return node && literalOf(node, known);
}

/** @returns every text in a value, such as those in the members of an object */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** @returns the value of an expression where it is fixed; undefined in place of what is not */
export function literalOf(node: AnyNode, known: Known = NONE): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'Identifier':
      return known.get(node.name);
    case 'MemberExpression': {
      const owner = node.object.type === 'Super' ? undefined : literalOf(node.object, known);
      const name = node.property.type === 'Identifier' && !node.computed ? node.property.name : '';
      const isMember = owner !== null && typeof owner === 'object' && Object.hasOwn(owner, name);
      return isMember ? (owner as Record<string, unknown>)[name] : undefined;
    }
    case 'TemplateLiteral': {
      const values = node.expressions.map((one) => literalOf(one, known));
      return values.every(isPlain)
        ? node.quasis.map(({ value }, at) => `${value.cooked ?? ''}${values[at] ?? ''}`).join('')
        : undefined;
    }
    case 'UnaryExpression':
      return node.operator === '-' && node.argument.type === 'Literal'
        ? -Number(node.argument.value)
        : undefined;
    case 'ArrayExpression':
      return node.elements.map((element) => (element ? literalOf(element, known) : null));
    case 'ObjectExpression':
      return Object.fromEntries(fixedMembers(node, known).map(({ name, value }) => [name, value]));
    case 'BinaryExpression': {
      if (node.operator !== '+') {
        return undefined;
      }
      const [left, right] = [literalOf(node.left, known), literalOf(node.right, known)];
      return typeof left === 'string' && typeof right === 'string' ? left + right : undefined;
    }
    default:
      return undefined;
  }
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** @returns the members of an object whose names are fixed */
export function fixedMembers({ properties }: ObjectExpression, known: Known) {
  return properties.flatMap((property) => {
    if (property.type !== 'Property' || property.computed) {
      return [];
    }
    const { key, value, loc } = property;
    const name = key.type === 'Identifier' ? key.name : String(literalOf(key));
    return [{ name, value: literalOf(value, known), node: value, loc }];
  });
}

/** @returns a text that two fixed values share where they are alike */
export function keyOf(value: unknown): string | undefined {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one));
}
