import type { AnyNode, MemberExpression } from 'acorn';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import { type Lines, type Position, words } from '../text.js';
import { answersFirst } from './answers-first.js';
import { assignsAnswer, isFixedAssignment } from './assignments.js';
import { comparedAsText } from './compared.js';
import { declaring, type Scoped } from './scopes.js';
import { thrownOut } from './thrown.js';
import { memberName } from './tree.js';
import { calledTwice } from './twice.js';

/** Something in a script that is JavaScript, and never what was meant. */
export interface Slip extends Position {
  readonly kind:
    | 'assigned'
    | 'assigned-answer'
    | 'answered'
    | 'compared'
    | 'keys'
    | 'looped'
    | 'member'
    | 'thrown'
    | 'twice';
  /** What stands there. */
  readonly text: string;
  /** Of a member: what the language calls it. */
  readonly near?: string;
  /** Whether it may be meant. */
  readonly isUnsure?: true;
}

const STATIC = { JSON, Math, Object, Array, Number, String, Date, Promise };
const OF_VALUES = [
  String,
  Array,
  Number,
  Date,
  RegExp,
  Map,
  Set,
  Promise,
  Uint8Array,
  Function,
  Object,
];
// Names so short are near to too many others, and these are of a time when texts made HTML.
const MIN_LENGTH = 5;
const OF_HTML = words('anchor blink fixed fontcolor fontsize italics small strike');

const methods = new Set(
  OF_VALUES.flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype)),
);
const meant = [...methods].filter((name) => name.length >= MIN_LENGTH && !OF_HTML.includes(name));

/**
 * Finds slips of the pen: `if (a = 1)`, `next({ … })` where the error comes first, `text.toLowercase()`.
 *
 * @returns them in the script's order
 */
export function slipsIn(nodes: readonly Scoped[], lines: Lines): Slip[] {
  const own = new Set(nodes.flatMap(({ node }) => namedBy(node)));
  const nearOf = new Map<string, string | undefined>();
  const near = (name: string, candidates: readonly string[], of = '') => {
    const key = `${of}.${name}`;
    const known = nearOf.has(key) ? nearOf.get(key) : nearest(name, candidates);
    nearOf.set(key, known);
    return known;
  };
  const twice = calledTwice(nodes);
  const thrown = thrownOut(nodes);
  return nodes.flatMap((placed): Slip[] => {
    const { node } = placed;
    const at = () => lines.at(node.start);
    if (isFixedAssignment(node)) {
      return [{ kind: 'assigned', text: '', ...at() }];
    }
    if (thrown.has(node)) {
      return [{ kind: 'thrown', text: '', ...at() }];
    }
    if (twice.behind.has(node)) {
      return [{ kind: 'twice', text: '', ...at() }];
    }
    if (twice.looped.has(node)) {
      return [{ kind: 'looped', text: '', ...at() }];
    }
    if (assignsAnswer(node)) {
      return [{ kind: 'assigned-answer', text: '', ...at() }];
    }
    const compared = comparedAsText(node);
    if (compared) {
      const { text, isSure } = compared;
      return [{ kind: 'compared', text, ...(!isSure && { isUnsure: true }), ...at() }];
    }
    if (node.type === 'CallExpression' && answersFirst(node, placed)) {
      return [{ kind: 'answered', text: '', ...at() }];
    }
    if (node.type === 'ForInStatement' && takesMembers(node.left)) {
      return [{ kind: 'keys', text: '', ...at() }];
    }
    if (node.type !== 'MemberExpression') {
      return [];
    }
    const text = memberName(node.property, node.computed);
    const wanted = own.has(text) ? undefined : memberMeant(node, placed, near);
    return wanted === undefined
      ? []
      : [{ kind: 'member', text, near: wanted, ...lines.at(node.property.start) }];
  });
}

/** Whether a loop over keys takes members out of them, as only values have. */
function takesMembers(left: AnyNode): boolean {
  const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left;
  return (
    pattern?.type === 'ObjectPattern' &&
    pattern.properties.every(
      (one) => one.type === 'Property' && memberName(one.key, one.computed) !== 'length',
    )
  );
}

type Near = (name: string, candidates: readonly string[], of?: string) => string | undefined;

function memberMeant(
  node: MemberExpression,
  { parent, key, scope }: Scoped,
  near: Near,
): string | undefined {
  const name = memberName(node.property, node.computed);
  const { object } = node;
  if (object.type === 'Identifier' && Object.hasOwn(STATIC, object.name)) {
    const known = STATIC[object.name as keyof typeof STATIC];
    const isOwn = declaring(scope, object.name) !== undefined;
    return isOwn || name in known
      ? undefined
      : near(name, Object.getOwnPropertyNames(known), object.name);
  }
  const isCalled = parent?.type === 'CallExpression' && key === 'callee';
  return isCalled && !methods.has(name) && name.length >= MIN_LENGTH
    ? near(name, meant)
    : name === 'length'
      ? undefined
      : near(name, ['length'], 'length');
}

function nearest(name: string, candidates: readonly string[]): string | undefined {
  return candidates.find((known) => isOtherSpelling(known, name) || isLetterOff(known, name));
}

/** The names that a script gives to members itself. */
function namedBy(node: AnyNode): string[] {
  switch (node.type) {
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return [memberName(node.key, node.computed)];
    case 'AssignmentExpression':
      return node.left.type === 'MemberExpression'
        ? [memberName(node.left.property, node.left.computed)]
        : [];
    default:
      return [];
  }
}
