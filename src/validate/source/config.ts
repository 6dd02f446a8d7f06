import { type Expression, type Property, parseExpressionAt } from 'acorn';
import type { Config, Position, Reference } from '../model.js';
import { Lines } from './position.js';

/** A config.json as it was read. */
export interface ConfigFile {
  /** Undefined where it is no JSON. */
  readonly value: unknown;
  readonly problem?: Position & { readonly message: string };
  /** Where a member stands, by the keys and indices that lead there; its nearest parent where it is missing. */
  readonly at: (path: readonly (string | number)[]) => Position;
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
    const tree = treeOf(text);
    return { value, at: (path) => lines.at(tree ? offsetOf(tree, path) : 0) };
  } catch (error) {
    const { message } = error as Error;
    const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length);
    const problem = {
      message: `This is no JSON: ${message.replace(/[\n\r]+/g, ' ')}.`,
      ...lines.at(offset),
    };
    return { value: undefined, problem, at: () => ({ line: 1, column: 1 }) };
  }
}

/** @returns what the rules need to know of a config.json */
export function configOf({ value, at }: ConfigFile): Config | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const references: Reference[] = [];
  const refer = (path: unknown, from: string, ...keys: (string | number)[]) => {
    if (typeof path === 'string' && path !== '') {
      references.push({ path, from, ...at(keys) });
    }
  };
  for (const [entry, index] of entriesOf(value, 'form')) {
    for (const [name, path] of Object.entries(isRecord(entry.template) ? entry.template : {})) {
      refer(path, `form ${String(entry.slug)}`, 'form', index, 'template', name);
    }
  }
  for (const [entry, index] of entriesOf(value, 'workflow')) {
    refer(entry.bpmnresource, `workflow ${String(entry.key)}`, 'workflow', index, 'bpmnresource');
  }
  const hasRole = (entry: Record<string, unknown>) =>
    Array.isArray(entry.role) && entry.role.length > 0;
  return {
    forms: entriesOf(value, 'form').map(([entry, index]) => {
      const template = isRecord(entry.template) ? entry.template : {};
      const process = isRecord(entry.process) ? entry.process : {};
      return {
        ...at(['form', index]),
        slug: textOf(entry.slug) ?? '',
        templates: [template.form, template.result].flatMap((path) => textOf(path) ?? []),
        workflow: textOf(process.workflow),
        hasRole: hasRole(entry),
      };
    }),
    workflows: entriesOf(value, 'workflow').map(([entry, index]) => ({
      ...at(['workflow', index]),
      key: textOf(entry.key) ?? '',
      bpmnresource: textOf(entry.bpmnresource),
      hasRole: hasRole(entry),
    })),
    references,
  };
}

/** @returns whether a value is an object that is no array */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function entriesOf(
  config: Record<string, unknown>,
  collection: string,
): [Record<string, unknown>, number][] {
  const list = config[collection];
  return Array.isArray(list)
    ? list.flatMap((entry, index) => (isRecord(entry) ? [[entry, index]] : []))
    : [];
}

/** JSON is an expression of JavaScript, so its reader tells the places. */
function treeOf(text: string): Expression | undefined {
  try {
    return parseExpressionAt(text, 0, { ecmaVersion: 'latest' });
  } catch {
    // Nested too deep for it; then everything is told at the beginning.
    return undefined;
  }
}

function offsetOf(tree: Expression, path: readonly (string | number)[]): number {
  let node = tree;
  let offset = tree.start;
  for (const key of path) {
    if (node.type === 'ArrayExpression' && typeof key === 'number') {
      const element = node.elements[key];
      if (!element || element.type === 'SpreadElement') {
        break;
      }
      node = element;
      offset = element.start;
    } else if (node.type === 'ObjectExpression') {
      const member = node.properties.findLast(
        (property): property is Property =>
          property.type === 'Property' &&
          property.key.type === 'Literal' &&
          property.key.value === key,
      );
      if (!member) {
        break;
      }
      node = member.value;
      offset = member.start;
    } else {
      break;
    }
  }
  return offset;
}
