import type { Expression, ObjectExpression, Property } from 'acorn';
import { Lines, type Place, type Position, type Problem, problem } from '../text.js';
import { parseExpression } from './expression.js';

/** Keys and indices that lead to a member. */
export type Path = readonly (string | number)[];

/** A config.json as it was read. */
export interface ConfigFile {
  /** Undefined where it is not valid JSON. */
  readonly value: unknown;
  readonly problem?: Problem;
  /** Where a member stands, by the keys and indices that lead there; its nearest parent where it is missing. */
  readonly at: (path: Path) => Position & Pick<Place, 'file'>;
}

/**
 * Reads config.json with the place of everything in it.
 *
 * @param text its text, without a byte order mark
 */
export function readConfig(text: string): ConfigFile {
  const lines = new Lines(text);
  try {
    const value: unknown = JSON.parse(text);
    // JSON is an expression of JavaScript, so its reader knows the places.
    const tree = parseExpression(text);
    return { value, at: (path) => lines.at(tree ? offsetOf(tree, path) : 0) };
  } catch (error) {
    const { message } = error as Error;
    const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length);
    // Where it is stands in the finding's place, and in other words in each version of Node.
    const reason = message.replace(/[\n\r]+/g, ' ').replace(/ (in JSON )?at position .*$/, '');
    const said = `This is not valid JSON: ${reason}.`;
    const start = { line: 1, column: 1 };
    return { value: undefined, problem: problem(lines.at(offset), said), at: () => start };
  }
}

function offsetOf(tree: Expression, path: Path): number {
  let node = tree;
  let offset = tree.start;
  for (const key of path) {
    const member = node.type === 'ObjectExpression' ? membersOf(node).get(key) : undefined;
    const element =
      node.type === 'ArrayExpression' && typeof key === 'number' ? node.elements[key] : undefined;
    const found = member?.value ?? element;
    if (!found || found.type === 'SpreadElement') {
      break;
    }
    node = found;
    offset = (member ?? found).start;
  }
  return offset;
}

const known = new WeakMap<ObjectExpression, ReadonlyMap<unknown, Property>>();

/** The members of an object by their names, listed once; of two with one name the last. */
function membersOf(node: ObjectExpression): ReadonlyMap<unknown, Property> {
  const members =
    known.get(node) ??
    new Map(
      node.properties.flatMap((property) =>
        property.type === 'Property' && property.key.type === 'Literal'
          ? [[property.key.value, property] as const]
          : [],
      ),
    );
  known.set(node, members);
  return members;
}
