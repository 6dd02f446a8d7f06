import type { AnyNode, ObjectExpression } from 'acorn';
import type { Lines, Named, Position } from '../text.js';
import { memberName, type Placed } from './tree.js';

/** An object that a script tells the Hub: a status or a milestone. */
export interface Told extends Position {
  /** Its members with a fixed text; undefined for one that is worked out. */
  readonly members: Readonly<Record<string, string | undefined>>;
  /** The members of its `result`, where that is an object whose members are all known. */
  readonly result?: readonly Named[];
}

const TELLS = /^(statuskey|alert_stateid|result)$/i;

/** @returns the objects of a script that look like a status or a milestone */
export function toldBy(nodes: readonly Placed[], lines: Lines): Told[] {
  const objects = nodes.filter(({ node }) => node.type === 'ObjectExpression');
  return objects.flatMap(({ node }): Told[] => {
    if (node.type !== 'ObjectExpression') {
      return [];
    }
    const members = node.properties.flatMap((property) =>
      property.type === 'Property'
        ? [[memberName(property.key, property.computed), textOf(property.value)] as const]
        : [],
    );
    const tells = members.some(([name]) => TELLS.test(name));
    const result = resultOf(node, lines);
    return tells
      ? [
          {
            members: Object.fromEntries(members),
            ...(result && { result }),
            ...lines.at(node.start),
          },
        ]
      : [];
  });
}

function textOf(node: AnyNode): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function resultOf({ properties }: ObjectExpression, lines: Lines): Named[] | undefined {
  for (const property of properties) {
    const isResult =
      property.type === 'Property' && memberName(property.key, property.computed) === 'result';
    if (isResult && property.value.type === 'ObjectExpression') {
      const names = property.value.properties.map((one): Named | undefined =>
        one.type === 'Property' && memberName(one.key, one.computed) !== '*'
          ? { name: memberName(one.key, one.computed), ...lines.at(one.start) }
          : undefined,
      );
      const known = names.filter((name) => name !== undefined);
      return known.length === names.length ? known : undefined;
    }
  }
  return undefined;
}
