import type { PugNode } from 'pug-parser';
import type { Position } from '../text.js';

/** The JavaScript of a form, put together as Pug does it (pug-code-gen). */
export interface Program {
  readonly text: string;
  /** @returns where a place of it stands in the form */
  readonly placeOf: (place: Position) => Position;
}

/** A stretch of the program. */
interface Piece {
  readonly text: string;
  /** The line of the form that its first line is from; what is written around it is from none. */
  readonly line?: number | undefined;
}

/** What is left to be written of a node, and what stands around it; a text alone is written as it is. */
type Step = PugNode | Piece;

/**
 * @param tree of a form
 * @param lines of the form
 */
export function programOf(tree: PugNode, lines: readonly string[]): Program {
  const written: string[] = [];
  const from: (number | undefined)[] = [];
  const waiting: Step[] = [tree];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('type' in next) {
      waiting.push(...stepsOf(next, lines).reverse());
      continue;
    }
    for (const [offset, line] of next.text.split('\n').entries()) {
      written.push(line);
      from.push(next.line === undefined ? undefined : next.line + offset);
    }
  }
  const placeOf = ({ line, column }: Position): Position => {
    let at = Math.min(line, written.length) - 1;
    // What is found behind the last word of a line, or at the end, is missing there.
    while (at > 0 && from[at] === undefined) {
      at -= 1;
    }
    const own = from[at] ?? 1;
    const text = (written[at] ?? '').trim();
    const start = (lines[own - 1] ?? '').indexOf(text);
    const indent = (written[at] ?? '').length - (written[at] ?? '').trimStart().length;
    const isHere = start !== -1 && at === line - 1;
    return { line: own, column: isHere ? Math.max(1, start + column - indent) : 1 };
  };
  return { text: written.join('\n'), placeOf };
}

function stepsOf(node: PugNode, lines: readonly string[]): Step[] {
  const { line, val = '', args } = node;
  const code = (text: string | undefined): Piece => ({ text: text ?? '', line });
  const below = [...(node.nodes ?? []), ...(node.block ? [node.block] : [])];
  const attributes = (node.attrs ?? []).flatMap((attribute) =>
    typeof attribute.val === 'string' ? shown({ text: attribute.val, line: attribute.line }) : [],
  );
  const blocks = (node.attributeBlocks ?? []).flatMap((one) => shown({ text: one.val, line }));
  switch (node.type) {
    case 'Code':
      if (node.buffer) {
        return [...shown(code(val)), ...below];
      }
      // A line that holds the dash alone has its code below it.
      return [
        { text: val, line: /^\s*-\s*$/.test(lines[line - 1] ?? '') ? line + 1 : line },
        ...(node.block ? braced(below) : below),
      ];
    case 'Conditional': {
      const { test, consequent, alternate } = node;
      const other = alternate ? [{ text: 'else' }, ...braced([alternate])] : [];
      return [{ text: 'if (' }, code(test), { text: ')' }, ...braced(consequent), ...other];
    }
    case 'While':
      return [{ text: 'while (' }, code(node.test), { text: ')' }, ...braced(below)];
    case 'Each':
    case 'EachOf': {
      const key = node.key ? [{ text: 'let' }, code(node.key), { text: ';' }] : [];
      const head = [{ text: 'for (let' }, code(val), { text: 'of (' }, code(node.obj)];
      const other = node.alternate ? braced([node.alternate]) : [];
      return [...head, { text: '))' }, ...braced([...key, ...below]), ...other];
    }
    case 'Case':
      return [{ text: 'switch (' }, code(node.expr), { text: ')' }, ...braced(below)];
    case 'When': {
      const isDefault = node.expr === 'default';
      const head = isDefault ? [] : [{ text: 'case (' }, code(node.expr), { text: ')' }];
      return [...head, { text: isDefault ? 'default:' : ':' }, ...below];
    }
    case 'Mixin':
      return node.call
        ? [...shown(code(args ?? '')), ...attributes, ...blocks, ...inFunction('', code(''), below)]
        : inFunction('var block, attributes;', code(args ?? ''), below);
    case 'InterpolatedTag':
      return [...shown(code(node.expr)), ...attributes, ...blocks, ...below];
    default:
      return [...attributes, ...blocks, ...below];
  }
}

/** A call with the code as what it is given, so that it may be several values or none. */
function shown(code: Piece): Step[] {
  return [{ text: ';String(' }, code, { text: ');' }];
}

function braced(steps: readonly Step[] | PugNode | null | undefined): Step[] {
  const inner = Array.isArray(steps) ? (steps as readonly Step[]) : steps ? [steps as PugNode] : [];
  return [{ text: '{' }, ...inner, { text: '}' }];
}

function inFunction(first: string, parameters: Piece, below: readonly PugNode[]): Step[] {
  const head = [{ text: ';(function (' }, parameters, { text: `) {${first}` }];
  return [...head, ...below, { text: '});' }];
}
