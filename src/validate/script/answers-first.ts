import type { AnyNode, CallExpression } from 'acorn';
import { words } from '../text.js';
import { declaring, type Scoped } from './scopes.js';
import { memberName } from './tree.js';

/** Methods of which none gives an error, nor a text that may stand for one. */
const VALUES: ReadonlySet<string> = new Set(
  words(
    'map filter flat flatMap split some every includes startsWith endsWith keys values entries',
  ),
);
const MAKES: ReadonlySet<string> = new Set(words('Number Boolean parseInt parseFloat'));
/** What an answer carries of a failure. */
const FAILURE = /err|fault|fail|problem|message|reason|cause/i;

/** @returns whether a call of `next` has one value that is never an error */
export function answersFirst(call: CallExpression, { scope }: Scoped): boolean {
  const { callee, arguments: given } = call;
  const isNext =
    callee.type === 'Identifier' && callee.name === 'next' && !declaring(scope, 'next');
  const [first] = given;
  if (!isNext || !first || given.length > 1) {
    return false;
  }
  switch (first.type) {
    case 'ObjectExpression':
    case 'ArrayExpression':
      return true;
    case 'BinaryExpression':
      return /^([=!]==?|[<>]=?)$/.test(first.operator);
    case 'UnaryExpression':
      return first.operator === '!';
    case 'Literal':
      return typeof first.value === 'number' || first.value === true;
    case 'CallExpression':
      return givesValue(first.callee);
    case 'MemberExpression':
      return !declaring(scope, 'body') && isOfBody(first);
    default:
      return false;
  }
}

function givesValue(callee: AnyNode): boolean {
  if (callee.type === 'Identifier') {
    return MAKES.has(callee.name);
  }
  const isMember = callee.type === 'MemberExpression';
  return (
    isMember &&
    VALUES.has(memberName(callee.property, callee.computed)) &&
    !FAILURE.test(nameOf(callee.object))
  );
}

/** Whether a member of an answer's body is given that is called like no failure. */
function isOfBody(node: AnyNode): boolean {
  if (node.type !== 'MemberExpression') {
    return node.type === 'Identifier' && node.name === 'body';
  }
  return !FAILURE.test(memberName(node.property, node.computed)) && isOfBody(node.object);
}

function nameOf(node: AnyNode): string {
  if (node.type === 'CallExpression') {
    return nameOf(node.callee);
  }
  if (node.type === 'MemberExpression') {
    return `${nameOf(node.object)}.${memberName(node.property, node.computed)}`;
  }
  return node.type === 'Identifier' ? node.name : '';
}
