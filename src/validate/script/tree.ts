import type { AnyNode, Pattern } from 'acorn';

/** A node with what it stands in. */
export interface Placed {
  readonly node: AnyNode;
  readonly parent: AnyNode | undefined;
  /** The parent's property that holds it. */
  readonly key: string;
}

/** @returns the nodes right below one, in the text's order of their kinds */
export function childrenOf(node: AnyNode): { child: AnyNode; key: string }[] {
  const found: { child: AnyNode; key: string }[] = [];
  eachChild(node, (child, key) => {
    found.push({ child, key });
  });
  return found;
}

/** Calls back for each node right below one, in the same order. */
export function eachChild(node: AnyNode, call: (child: AnyNode, key: string) => void): void {
  for (const key in node) {
    const value: unknown = node[key as keyof AnyNode];
    if (value === null || typeof value !== 'object') {
      continue;
    }
    if (Array.isArray(value)) {
      for (const child of value) {
        if (isNode(child)) {
          call(child, key);
        }
      }
    } else if (isNode(value)) {
      call(value, key);
    }
  }
}

/** @returns a node and all that is in it; iterative, as scripts may be nested deeply */
export function* walk(root: AnyNode): Generator<Placed> {
  const waiting: Placed[] = [{ node: root, parent: undefined, key: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    const { node } = next;
    for (const { child, key } of childrenOf(node).reverse()) {
      waiting.push({ node: child, parent: node, key });
    }
  }
}

/** @returns the names that a pattern declares: `a`, `{ a, b: [c] }`, `...d` */
export function namesIn(pattern: Pattern | AnyNode): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'Property' ? property.value : property.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/** @returns whether an identifier stands for a value, and is no property's name and no label */
export function isReference({ parent, key }: Placed): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return key !== 'property' || parent.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return key !== 'key' || parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return false;
    default:
      return true;
  }
}

/** @returns whether a statement only names something: `next;` calls nothing */
export function isMention(node: AnyNode): boolean {
  return node.type === 'ExpressionStatement' && node.expression.type === 'Identifier';
}

/** @returns the name of a member where it is fixed: `a.b`, `a['b']`; `*` where it is not */
export function memberName(property: AnyNode, isComputed: boolean): string {
  if (!isComputed && property.type === 'Identifier') {
    return property.name;
  }
  return property.type === 'Literal' ? String(property.value) : '*';
}

function isNode(value: unknown): value is AnyNode {
  return value !== null && typeof value === 'object' && typeof (value as AnyNode).type === 'string';
}
