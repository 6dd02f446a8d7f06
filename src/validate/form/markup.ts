import type { AnyNode } from 'acorn';
import type { Placed } from '../script/tree.js';

/** What stands for a part of a text that is worked out. */
export const WORKED_OUT = '\uFFFC';

const MAKES_TEXT: ReadonlySet<string> = new Set(['Literal', 'TemplateLiteral', 'BinaryExpression']);
const MAX_LENGTH = 20_000;

/** @returns the texts of a program that hold a tag, each put together of its parts, with the node that makes it */
export function markupIn(
  nodes: readonly Placed[],
): { readonly text: string; readonly node: AnyNode }[] {
  const found: { readonly text: string; readonly node: AnyNode }[] = [];
  for (const { node, parent } of nodes) {
    const isPart = parent?.type === 'BinaryExpression' && parent.operator === '+';
    const text = isPart || !MAKES_TEXT.has(node.type) ? undefined : textOf(node);
    if (text !== undefined && /<[a-z]/i.test(text)) {
      found.push({ text, node });
    }
  }
  return found;
}

/** What an expression makes where it is a text, or put together with one. */
function textOf(root: AnyNode): string | undefined {
  let text = '';
  // From left to right: what is put together last stands outermost.
  const waiting: AnyNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (text.length > MAX_LENGTH) {
      return undefined;
    }
    if (node.type === 'BinaryExpression' && node.operator === '+') {
      waiting.push(node.right, node.left);
    } else if (node.type === 'Literal') {
      text += String(node.value);
    } else if (node.type === 'TemplateLiteral') {
      text += node.quasis.map(({ value }) => value.cooked ?? '').join(WORKED_OUT);
    } else {
      text += WORKED_OUT;
    }
  }
  return text;
}
