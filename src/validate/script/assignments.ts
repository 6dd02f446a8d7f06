import type { AnyNode } from 'acorn';

/** @returns whether a node asks what is an assignment of a fixed value, and so always or never holds */
export function isFixedAssignment(node: AnyNode): boolean {
  const test = testOf(node);
  return test?.type === 'AssignmentExpression' && test.operator === '=' && isFixed(test.right);
}

/** What a node asks: its condition, or what `!` and the left of `&&` and `||` look at. */
function testOf(node: AnyNode): AnyNode | null | undefined {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return node.test;
    case 'LogicalExpression':
      return node.left;
    case 'UnaryExpression':
      return node.operator === '!' ? node.argument : undefined;
    default:
      return undefined;
  }
}

/** @returns whether a node gives `next` what an assignment gives, as no condition means to */
export function assignsAnswer(node: AnyNode): boolean {
  const isNext =
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'next';
  const answer = isNext ? node.arguments[1] : undefined;
  return answer?.type === 'AssignmentExpression' && answer.operator === '=';
}

function isFixed(node: AnyNode): boolean {
  return node.type === 'Literal' || node.type === 'TemplateLiteral';
}
