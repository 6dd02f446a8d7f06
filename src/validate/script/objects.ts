import type { AnyNode } from 'acorn';
import type { Lines, Position } from '../text.js';
import { memberName, type Placed } from './tree.js';

/** An object that a script tells the Hub: a status or a milestone. */
export interface Told extends Position {
  /** Its members with a fixed text; undefined for one that is worked out. */
  readonly members: Readonly<Record<string, string | undefined>>;
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
    return tells ? [{ members: Object.fromEntries(members), ...lines.at(node.start) }] : [];
  });
}

function textOf(node: AnyNode): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
