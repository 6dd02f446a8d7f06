import type { AnyNode } from 'acorn';
import type { Resolve } from './chains.js';
import type { Raw } from './facts.js';
import type { Placed } from './tree.js';

/** Says what a script hands to a function, which may refuse what is not as it should be. */
export type LookedAt = () => ReadonlySet<string>;

const FROM_OUTSIDE = /^environment\.variables\.(input|submit)\.[\w$]+$/;
const ENCODES = /^encodeURI(Component)?$/;
const MAX_PARTS = 200;

/**
 * @returns what of a flow's input stands in a text that is put together, a template or a sum, without being encoded. What the script
 *   hands to a function elsewhere counts as looked at.
 */
export function rawIn(text: AnyNode, resolve: Resolve, lookedAt: LookedAt): Raw[] {
  const parts = partsOf(text);
  if (parts.length < 2) {
    return [];
  }
  const found: Raw[] = [];
  let before = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      before += part;
      continue;
    }
    const path = resolve(part).find((one) => FROM_OUTSIDE.test(one));
    if (path !== undefined) {
      found.push({ path, before });
    }
    before += '…';
  }
  return found.filter(({ path }) => !lookedAt().has(path));
}

/** The parts of a text, in order: fixed ones, and nodes. */
function partsOf(text: AnyNode): (string | AnyNode)[] {
  const parts: (string | AnyNode)[] = [];
  const waiting: AnyNode[] = [text];
  for (let node = waiting.pop(); node && parts.length < MAX_PARTS; node = waiting.pop()) {
    if (node.type === 'TemplateLiteral') {
      for (const [index, { value }] of node.quasis.entries()) {
        parts.push(value.cooked ?? '', ...node.expressions.slice(index, index + 1));
      }
    } else if (node.type === 'BinaryExpression' && node.operator === '+') {
      waiting.push(node.right, node.left);
    } else {
      parts.push(node.type === 'Literal' && typeof node.value === 'string' ? node.value : node);
    }
  }
  return parts;
}

/** @returns what tells what a script hands to functions, looked for when it is asked for the first time */
export function lookedAtIn(nodes: readonly Placed[], resolve: Resolve): LookedAt {
  let known: ReadonlySet<string> | undefined;
  return () => {
    known ??= new Set(
      nodes.flatMap(({ node }) => {
        const { callee } = node.type === 'CallExpression' ? node : {};
        const isOwn =
          callee?.type === 'Identifier' && (ENCODES.test(callee.name) || callee.name === 'next');
        return node.type === 'CallExpression' && !isOwn ? node.arguments.flatMap(resolve) : [];
      }),
    );
    return known;
  };
}
