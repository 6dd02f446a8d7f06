import type { AnyNode } from 'acorn';
import { isNothing } from './branches.js';
import type { Chain } from './facts.js';
import { memberName, type Placed } from './tree.js';

/** @returns what is known of the value that a member is set to */
export function assigned({ parent, key }: Placed): Pick<Chain, 'members' | 'isEmpty'> {
  if (parent?.type !== 'AssignmentExpression' || key !== 'left' || parent.operator !== '=') {
    return {};
  }
  const { right } = parent;
  const names =
    right.type === 'ObjectExpression'
      ? right.properties.map((one) =>
          one.type === 'Property' ? memberName(one.key, one.computed) : '*',
        )
      : ['*'];
  return {
    ...(!names.includes('*') && { members: names }),
    ...(isNothing(right) && { isEmpty: true as const }),
  };
}

/** @returns what `Object.assign` writes: the members of each object that it is given; `*` where they are not fixed. */
export function assignedBy(node: AnyNode): { target: AnyNode; names: string[] }[] {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') {
    return [];
  }
  const { object, property, computed } = node.callee;
  const isObject = object.type === 'Identifier' && object.name === 'Object';
  const [target, ...sources] = node.arguments;
  if (!isObject || memberName(property, computed) !== 'assign' || !target) {
    return [];
  }
  const names = sources.flatMap((source) =>
    source.type === 'ObjectExpression'
      ? source.properties.map((member) =>
          member.type === 'Property' ? memberName(member.key, member.computed) : '*',
        )
      : ['*'],
  );
  return [{ target, names }];
}
