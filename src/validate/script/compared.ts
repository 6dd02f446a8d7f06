import type { AnyNode } from 'acorn';
import { memberName } from './tree.js';

/** A status code that is compared with a text as if it were one. */
interface Compared {
  /** The text, such as `404`. */
  readonly text: string;
  /** Whether it is named as the answer's status code, and not only as some code. */
  readonly isSure: boolean;
}

const SURE = /^statusCode$/;
const LIKELY = /^(http_?)?(status|code|status_?code)$/i;
const CODE = /^[1-5]\d\d$/;

/**
 * Finds `statusCode === '404'`, `switch (statusCode) { case '404': }` and `['404'].includes(statusCode)`: a status code is a
 * number, and what is asked strictly never holds.
 *
 * @returns the first such text in a node itself; undefined where there is none
 */
export function comparedAsText(node: AnyNode): Compared | undefined {
  switch (node.type) {
    case 'BinaryExpression': {
      const { left, right, operator } = node;
      const isStrict = operator === '===' || operator === '!==';
      return isStrict ? (found(left, [right]) ?? found(right, [left])) : undefined;
    }
    case 'SwitchStatement':
      return found(
        node.discriminant,
        node.cases.map(({ test }) => test),
      );
    case 'CallExpression': {
      const { callee, arguments: given } = node;
      const isIncludes =
        callee.type === 'MemberExpression' &&
        callee.object.type === 'ArrayExpression' &&
        memberName(callee.property, callee.computed) === 'includes';
      const [code] = given;
      return isIncludes && callee.object.type === 'ArrayExpression' && code
        ? found(code, callee.object.elements)
        : undefined;
    }
    default:
      return undefined;
  }
}

function found(
  code: AnyNode,
  texts: readonly (AnyNode | null | undefined)[],
): Compared | undefined {
  const name = nameOf(code);
  if (!SURE.test(name) && !LIKELY.test(name)) {
    return undefined;
  }
  for (const one of texts) {
    if (one?.type === 'Literal' && typeof one.value === 'string' && CODE.test(one.value)) {
      return { text: one.value, isSure: SURE.test(name) };
    }
  }
  return undefined;
}

/** What a value is called; nothing for a member of a body, which may well be a text. */
function nameOf(node: AnyNode): string {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'ChainExpression':
      return nameOf(node.expression);
    case 'MemberExpression': {
      const isOfBody = /body|data|json|payload|result/i.test(nameOf(node.object));
      return isOfBody ? '' : memberName(node.property, node.computed);
    }
    default:
      return '';
  }
}
