import type { PugNode } from 'pug-parser';
import type { Named, Position } from '../text.js';
import { argumentOf, attributesOf } from './attributes.js';
import { NO_CODE, readCode } from './code.js';
import { emptyBranches } from './empty.js';
import {
  type Attribute,
  attributeOf,
  elementsOf,
  type Form,
  type FormBlock,
  type FormText,
  isShownOnly,
  type MixinCall,
} from './facts.js';
import { fixedValue, type Known, keyOf, textsIn } from './literal.js';
import { turnsOf } from './loops.js';
import { parsePug, pugNodes } from './pug.js';

/**
 * Reads a form.
 *
 * @param path below the blueprint's folder
 * @param text its Pug
 * @returns what the rules need to know; never throws
 */
export function readForm(path: string, text: string): Form {
  const tree = parsePug(text);
  if (!('type' in tree)) {
    return { ...emptyForm(path), problem: tree };
  }
  const placed = [...pugNodes(tree)];
  const nodes = placed.map(({ node }) => node);
  const lines = text.split('\n');
  const view = nodes.find(({ type }) => type === 'Extends');
  const parts = nodes.flatMap((node): Named[] =>
    /^(Extends|Include|RawInclude)$/.test(node.type) && node.file
      ? [{ name: node.file.path, ...placeOf(node) }]
      : [],
  );
  const mixins = nodes.filter(({ type }) => type === 'Mixin');
  const code = readCode(tree, text);
  const calls = placed.flatMap(({ node, branches, loops, block }) =>
    node.type === 'Mixin' && node.call
      ? [{ ...callOf(node, lines, turnsOf(loops, code.constants)), branches, block }]
      : [],
  );
  const elements = elementsOf({ calls });
  return {
    path,
    view: view?.file && { name: view.file.path, ...placeOf(view) },
    parts,
    blocks: nodes.flatMap((node): FormBlock[] =>
      node.type === 'NamedBlock'
        ? [{ name: node.name ?? '', mode: node.mode ?? 'replace', ...placeOf(node) }]
        : [],
    ),
    outside: view ? (tree.nodes ?? []).filter(isOutside).map(placeOf) : [],
    mixins: mixins.flatMap(({ call, name }) => (!call && name ? [name] : [])),
    calls,
    // A table of elements is a field as well.
    fields: [...elements, ...calls.filter(({ name }) => name === 'formElementsTable')].flatMap(
      (element) => named(element, 'name'),
    ),
    // A field may come from an included file, from a mixin, or under a name that is worked out.
    hasOpenFields:
      parts.some(({ name }) => name !== view?.file?.path) ||
      calls.some(({ name }) => !/^form(Element|Options|Group|ElementsTable)$/.test(name)) ||
      elements.some((element) => element.isOpen || isOpenName(element)),
    runs: elements.flatMap((element) => named(element, 'workflow')),
    hasControls: nodes.some(({ name = '' }) => /^(button|input|script|form)$/.test(name)),
    links: nodes.flatMap(linksOf),
    unescaped: nodes.flatMap(unescapedIn),
    empty: emptyBranches(nodes, lines),
    texts: [
      ...calls.flatMap(({ attributes }) => attributes.flatMap(textsOf)),
      ...nodes.flatMap(ownText),
    ],
    code,
  };
}

function emptyForm(path: string): Form {
  const made = { view: undefined, parts: [], blocks: [], outside: [], mixins: [] };
  const filled = { calls: [], fields: [], hasOpenFields: true, runs: [], hasControls: false };
  return {
    path,
    ...made,
    ...filled,
    links: [],
    unescaped: [],
    empty: [],
    texts: [],
    code: NO_CODE,
  };
}

function placeOf({ line, column = 1 }: PugNode): Position {
  return { line, column };
}

function callOf(
  node: PugNode,
  lines: readonly string[],
  turns: readonly Known[],
): Omit<MixinCall, 'branches' | 'block'> {
  const place = placeOf(node);
  const name = node.name ?? '';
  const args = node.args ?? '';
  const argument = argumentOf(node);
  // The tree keeps the text between the brackets, but not where it begins.
  const [line = ''] = args.split('\n');
  const found = (lines[place.line - 1] ?? '').indexOf(line, place.column - 1 + name.length + 1);
  const start = { line: place.line, column: found === -1 ? place.column : found + 1 };
  if (args === '') {
    return { name, ...place, argument, attributes: [], isOpen: node.args === null };
  }
  const [first, ...others] = turns;
  const call = attributesOf(args, start, first);
  if (others.length === 0) {
    return { name, ...place, argument, ...call };
  }
  // What differs from turn to turn has no one value.
  const all = [call, ...others.map((turn) => attributesOf(args, start, turn))];
  const attributes = call.attributes.map((attribute, at): Attribute => {
    const values = all.map(({ attributes: each }) => each[at]?.value);
    const isSame = new Set(values.map(keyOf)).size === 1;
    const isFixed = values.every((value) => typeof value === 'string');
    return isSame ? attribute : { ...attribute, value: undefined, ...(isFixed && { values }) };
  });
  return { name, ...place, argument, attributes, isOpen: call.isOpen };
}

function named(call: Pick<MixinCall, 'attributes'>, attribute: string): Named[] {
  const { value, values = [value], line = 1, column = 1 } = attributeOf(call, attribute) ?? {};
  return values.flatMap((name) =>
    typeof name === 'string' && name !== '' ? [{ name, line, column }] : [],
  );
}

function isOpenName(call: MixinCall): boolean {
  const name = attributeOf(call, 'name');
  // One that lacks its name is a finding of its own, and may be any field.
  const isShown = isShownOnly(call);
  return name ? (name.value === undefined && !name.values) || name.value === '' : !isShown;
}

function isOutside(node: PugNode): boolean {
  switch (node.type) {
    case 'Mixin':
      return node.call === true;
    // One that begins with //- is gone before Pug looks.
    case 'Comment':
    case 'BlockComment':
      return node.buffer === true;
    case 'Text':
      return (node.val ?? '').trim() !== '';
    default:
      return !/^(Extends|NamedBlock)$|Include$/.test(node.type);
  }
}

function linksOf(node: PugNode): Form['links'][number][] {
  const textOf = (name: string) => {
    const { val = "''" } = node.attrs?.find((candidate) => candidate.name === name) ?? {};
    const value = typeof val === 'string' ? fixedValue(val) : val;
    // One that is worked out may be right.
    return typeof value === 'string' ? value : name === 'rel' ? 'noopener' : '';
  };
  const target = textOf('target');
  return target === '' ? [] : [{ target, rel: textOf('rel'), ...placeOf(node) }];
}

function unescapedIn(node: PugNode): Position[] {
  const isCode = node.type === 'Code' && node.buffer === true && node.mustEscape === false;
  if (isCode && fixedValue(node.val ?? '') === undefined) {
    return [placeOf(node)];
  }
  return (node.attrs ?? []).flatMap(({ mustEscape, val, line, column }) => {
    const isOpen = typeof val === 'string' && fixedValue(val) === undefined;
    return isOpen && !mustEscape ? [{ line, column }] : [];
  });
}

function textsOf({ value, line, column }: Attribute): FormText[] {
  return textsIn(value).map((text) => ({ value: text, line, column }));
}

function ownText(node: PugNode): FormText[] {
  if (node.type === 'Text' && node.val) {
    return [{ value: node.val, ...placeOf(node) }];
  }
  return (node.attrs ?? []).flatMap(({ val, line, column }) => {
    const value = typeof val === 'string' ? fixedValue(val) : undefined;
    return typeof value === 'string' ? [{ value, line, column }] : [];
  });
}
