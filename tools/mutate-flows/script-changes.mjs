import { parse } from 'acorn';

/**
 * Changes of a script: each constant (a number twice as much, another text), each condition (turned), each value that
 * is returned (nothing in its place), and in a one-line script each field that is handed on (left out).
 *
 * @param {string} source
 * @returns {{ kind: string, start: number, end: number, text: string }[]}
 */
export function scriptChanges(source) {
  const changes = [];
  const isLine = !source.trim().includes('\n');
  const tree = parse(source, { ecmaVersion: 2023, allowReturnOutsideFunction: true });
  const textOf = (node) => source.slice(node.start, node.end);
  const add = (kind, node, text) => changes.push({ kind, start: node.start, end: node.end, text });
  walk(tree, (node, parent) => {
    if (isConstant(node)) {
      const literal = firstLiteral(node.init);
      const { value } = literal;
      add(
        `constant ${node.id.name}`,
        literal,
        typeof value === 'number' ? String(value * 2) : "'changed'",
      );
    } else if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
      add('condition', node.test, `!(${textOf(node.test)})`);
    } else if (node.type === 'ReturnStatement' && node.argument && !isStep(node.argument)) {
      add('return', node.argument, 'undefined');
    } else if (isLine && node.type === 'Property' && parent.type === 'ObjectExpression') {
      const next = parent.properties[parent.properties.indexOf(node) + 1];
      const end = next ? next.start : node.end;
      changes.push({ kind: 'field', start: node.start, end, text: '' });
    }
  });
  return changes;
}

/** `return go(…)`: the step is taken whatever is returned. */
function isStep({ type, callee }) {
  return type === 'CallExpression' && callee.type === 'Identifier';
}

function isConstant({ type, id, init }) {
  return (
    type === 'VariableDeclarator' && /^[A-Z][A-Z_]+$/.test(id.name ?? '') && !!firstLiteral(init)
  );
}

/** The number or the text that a constant begins with, such as the 10 of `10 * SECOND`. */
function firstLiteral(node) {
  const first = node?.type === 'BinaryExpression' ? firstLiteral(node.left) : node;
  return first?.type === 'Literal' ? first : undefined;
}

function walk(node, visit, parent) {
  if (Array.isArray(node)) {
    for (const one of node) {
      walk(one, visit, parent);
    }
  } else if (node && typeof node.type === 'string') {
    visit(node, parent);
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'type' && value && typeof value === 'object') {
        walk(value, visit, node);
      }
    }
  }
}
