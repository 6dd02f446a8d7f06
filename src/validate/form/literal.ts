import { type AnyNode, type Expression, parseExpressionAt } from 'acorn';
import { type Position, within } from '../text.js';
import type { Attribute } from './facts.js';

/** @returns the value of an attribute's text, such as `'x'`; undefined where it is not fixed */
export function fixedValue(text: string): unknown {
  try {
    return literalOf(parseExpressionAt(text, 0, { ecmaVersion: 'latest' }));
  } catch {
    return undefined;
  }
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
  let node: Expression;
  try {
    node = parseExpressionAt(args, 0, { ecmaVersion: 'latest', locations: true });
  } catch {
    return { attributes: [], isOpen: true };
  }
  if (node.type !== 'ObjectExpression') {
    return { attributes: [], isOpen: true };
  }
  const attributes: Attribute[] = [];
  let isOpen = false;
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.computed) {
      isOpen = true;
      continue;
    }
    const { line = 1, column = 0 } = property.loc?.start ?? {};
    const place = within(start, { line, column: column + 1 });
    attributes.push({ name: keyOf(property.key), value: literalOf(property.value), ...place });
  }
  return { attributes, isOpen };
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
      return Object.fromEntries(
        node.properties.flatMap((property): [string, unknown][] =>
          property.type === 'Property' && !property.computed
            ? [[keyOf(property.key), literalOf(property.value)]]
            : [],
        ),
      );
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

function keyOf(key: AnyNode): string {
  return key.type === 'Identifier' ? key.name : String(literalOf(key));
}
