import { MAX_DEPTH, MAX_ELEMENTS } from '../limits.js';
import { Lines } from '../text.js';
import { MARK } from './mark.js';
import { type Growing, NAMESPACES, type XmlComment, type XmlDocument } from './xml-document.js';

const PREAMBLE = /^<\?xml version="1\.0"(?: encoding="utf-8")?(?: standalone="(?:yes|no)")?\?>/i;
const OPEN = /<(([A-Za-z][\w.-]*):[A-Za-z_][\w.-]*)/y;
const ATTRIBUTE = /[ \t-\r]+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)="([^"<]*)"/y;
const CLOSE = /[ \t-\r]*(\/?)>/y;
const ENTITY = /&#(\d+);|&#x([0-9a-f]+);|&(amp|lt|gt|quot|apos);/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const PREFIXES: ReadonlySet<string> = new Set(Object.values(NAMESPACES));

/**
 * Reads XML of the kind that modelers write, in one pass: every prefix is declared at the root, and is the usual one;
 * nothing is wrong. A reader for any XML takes several times as long for it, and finds the same.
 *
 * @returns undefined for any other XML, which is not judged here
 */
export function readPlainXml(text: string): XmlDocument | undefined {
  const elements: Growing[] = [];
  const comments: XmlComment[] = [];
  const open: Growing[] = [];
  const names: string[] = [];
  const begun = new Set<Growing>();
  const cdata: Growing[] = [];
  let declared: ReadonlySet<string> = new Set();
  let top: Growing | undefined;
  let at = PREAMBLE.exec(text)?.[0].length ?? 0;
  const addText = (element: Growing, part: string, start: number) => {
    if (begun.has(element)) {
      element.text += part;
      return;
    }
    element.text = part;
    element.textStart = start;
    if (part.trim() !== '') {
      begun.add(element);
    }
  };
  for (;;) {
    const start = text.indexOf('<', at);
    const between = start === -1 ? text.slice(at) : start === at ? '' : text.slice(at, start);
    if (top && between !== '') {
      addText(top, decoded(between), at);
    } else if (between.trim() !== '') {
      return undefined;
    }
    if (start === -1) {
      break;
    }
    if (text.charCodeAt(start + 1) === SLASH) {
      const name = names.pop();
      if (name === undefined || !text.startsWith(`${name}>`, start + 2)) {
        return undefined;
      }
      open.pop();
      top = open.at(-1);
      at = start + name.length + 3;
      continue;
    }
    if (text.startsWith('<!--', start)) {
      const end = text.indexOf('-->', start);
      // One that overlaps its own beginning is no comment to every reader.
      if (end < start + 4) {
        return undefined;
      }
      const said = text.slice(start + 4, end);
      if (said.includes(MARK)) {
        comments.push({ text: said, start, parent: top, index: top?.children.length ?? 0 });
      }
      at = end + 3;
      continue;
    }
    if (text.startsWith('<![CDATA[', start)) {
      const end = text.indexOf(']]>', start);
      if (!top || end < start + 9) {
        return undefined;
      }
      addText(top, text.slice(start + 9, end), start + 9);
      cdata.push(top);
      at = end + 3;
      continue;
    }
    OPEN.lastIndex = start;
    const [all, name, prefix] = OPEN.exec(text) ?? [];
    if (all === undefined || name === undefined || prefix === undefined) {
      return undefined;
    }
    const isRoot = elements.length === 0;
    const attributes: Record<string, string> = {};
    let next = start + all.length;
    ATTRIBUTE.lastIndex = next;
    for (let found = ATTRIBUTE.exec(text); found; found = ATTRIBUTE.exec(text)) {
      const [, key = '', value = ''] = found;
      const colon = key.indexOf(':');
      const isOdd = key in attributes || (key.startsWith('xmlns') && !isRoot);
      if (isOdd || (colon !== -1 && !isRoot && !declared.has(key.slice(0, colon)))) {
        return undefined;
      }
      attributes[key] = decoded(value);
      next = ATTRIBUTE.lastIndex;
    }
    CLOSE.lastIndex = next;
    const closing = CLOSE.exec(text);
    if (!closing || (!isRoot && (!top || !declared.has(prefix)))) {
      return undefined;
    }
    at = CLOSE.lastIndex;
    const element: Growing = {
      name,
      attributes,
      parent: top,
      start,
      textStart: at,
      children: [],
      text: '',
    };
    if (isRoot) {
      const namespaces = declaredBy(attributes);
      if (!namespaces?.has(prefix)) {
        return undefined;
      }
      declared = namespaces;
      element.attributes = declarationsFirst(attributes);
    }
    elements.push(element);
    top?.children.push(element);
    if (elements.length >= MAX_ELEMENTS || open.length >= MAX_DEPTH) {
      return undefined;
    }
    if (closing[1] === '') {
      open.push(element);
      names.push(name);
      top = element;
    }
  }
  // What only looks like an element, as in a comment, is spoken of by the other reader.
  const looksUndeclared = (prefix: string) => !declared.has(prefix) && text.includes(`<${prefix}:`);
  return top || elements.length === 0 || [...PREFIXES].some(looksUndeclared)
    ? undefined
    : {
        root: elements[0],
        elements,
        comments,
        problems: [],
        lines: new Lines(text),
        isCut: false,
        cdata,
      };
}

const SLASH = 47;

/** The prefixes that a root declares; undefined where one is not the usual one, or anything is wrong with them. */
function declaredBy(attributes: Readonly<Record<string, string>>): Set<string> | undefined {
  const declared = new Set<string>();
  const addresses = new Set<string>();
  for (const [key, value] of Object.entries(attributes)) {
    if (!key.startsWith('xmlns')) {
      continue;
    }
    const prefix = key.slice('xmlns:'.length);
    const usual = (NAMESPACES as Readonly<Record<string, string>>)[value];
    const isUsual = usual === undefined ? !PREFIXES.has(prefix) : usual === prefix;
    if (!/^xmlns:(?!xml)./.test(key) || !isUsual || value === '' || addresses.has(value)) {
      return undefined;
    }
    addresses.add(value);
    declared.add(prefix);
  }
  const used = Object.keys(attributes).filter((key) => !key.startsWith('xmlns'));
  const isDeclared = (key: string) => !key.includes(':') || declared.has(key.split(':')[0] ?? '');
  return used.every(isDeclared) ? declared : undefined;
}

/** The attributes of a root in the order in which the reader of any XML tells them. */
function declarationsFirst(
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const isDeclaration = ([key]: readonly [string, string]) => key.startsWith('xmlns');
  const entries = Object.entries(attributes);
  return Object.fromEntries([
    ...entries.filter(isDeclaration),
    ...entries.filter((entry) => !isDeclaration(entry)),
  ]);
}

function decoded(text: string): string {
  return text.includes('&') && text.length > 3 ? text.replace(ENTITY, character) : text;
}

function character(all: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) {
    // `&AMP;` is read as well, and `&Amp;` is text.
    const isUpper = name === name.toUpperCase();
    return NAMED[isUpper ? name.toLowerCase() : name] ?? all;
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return String.fromCharCode(code);
}
