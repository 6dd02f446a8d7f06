import type { AnyNode, ObjectExpression } from 'acorn';
import type { Lines } from '../text.js';
import type { Resolve } from './chains.js';
import type { Answer } from './facts.js';
import { memberName, walk } from './tree.js';

const MAX_PATHS = 50;

/** @returns the members of an object; undefined where not all of their names are fixed */
export function membersOf(
  { properties }: ObjectExpression,
  lines: Lines,
  resolve: Resolve,
  constantOf: (name: string) => AnyNode | undefined,
): Answer['members'] {
  const members: NonNullable<Answer['members']>[number][] = [];
  for (const property of properties) {
    if (property.type !== 'Property') {
      return undefined;
    }
    const name = memberName(property.key, property.computed);
    if (name === '*') {
      return undefined;
    }
    const { value } = property;
    const text = textIn(value);
    const list =
      value.type === 'ArrayExpression'
        ? value.elements.map((one) => one && textIn(one))
        : undefined;
    const texts = list?.filter((one) => typeof one === 'string');
    const from = pathsIn(value, resolve);
    const held = value.type === 'Identifier' ? constantOf(value.name) : value;
    const isObject = held?.type === 'ObjectExpression' || held?.type === 'ArrayExpression';
    members.push({
      name,
      ...(text !== undefined && { text }),
      ...(texts && texts.length === list?.length && { list: texts }),
      ...(isObject && { isObject }),
      ...(from.length > 0 && { from }),
      ...lines.at(property.start),
    });
  }
  return members;
}

function textIn(value: AnyNode): string | undefined {
  return value.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** What of the flow a value is made of. */
function pathsIn(value: AnyNode, resolve: Resolve): string[] {
  const found: string[] = [];
  for (const { node, parent, key } of walk(value)) {
    const isWhole =
      node.type === 'MemberExpression' || (node.type === 'Identifier' && key !== 'property');
    if (isWhole && !(parent?.type === 'MemberExpression' && key === 'object')) {
      found.push(...resolve(node).filter((path) => path.includes('.')));
    }
    if (found.length > MAX_PATHS) {
      break;
    }
  }
  return found;
}
