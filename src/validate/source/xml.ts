import { Parser } from 'saxen';
import { MAX_COUNTED, MAX_DEPTH, MAX_ELEMENTS } from '../limits.js';
import { Lines, type Problem, problem, sentence } from '../text.js';
import { MARK } from './mark.js';
import { readPlainXml } from './plain-xml.js';
import {
  type Growing,
  NAMESPACES,
  type XmlComment,
  type XmlDocument,
  type XmlElement,
} from './xml-document.js';

export type { XmlDocument, XmlElement };

const MAX_TAG = 100;

/**
 * Reads XML with the place of every element, which moddle does not keep.
 *
 * @returns what could be read; never throws
 */
export function readXml(text: string): XmlDocument {
  return readPlainXml(text) ?? readAnyXml(text);
}

/**
 * Reads XML of any kind.
 *
 * @internal
 * @returns what could be read; never throws
 */
export function readAnyXml(text: string): XmlDocument {
  const lines = new Lines(text);
  const elements: XmlElement[] = [];
  const comments: XmlComment[] = [];
  const problems: Problem[] = [];
  const open: Growing[] = [];
  /** Elements with a text that is more than spaces. */
  const begun = new WeakSet<Growing>();
  // The parser gives no offsets, but it reports everything in order.
  let cursor = 0;
  const parser = new Parser();
  const say = (message: string, offset = cursor) => {
    problems.push(problem(lines.at(offset), message));
  };
  let isCut = false;
  let hasDoctype = false;
  const stop = (message: string) => {
    isCut = true;
    say(message);
    parser.stop();
  };
  const addText = (part: string, start: number) => {
    const element = open.at(-1);
    if (!element) {
      return;
    }
    if (!begun.has(element)) {
      element.text = part;
      element.textStart = start;
      if (part.trim() !== '') {
        begun.add(element);
      }
    } else {
      element.text += part;
    }
  };
  parser.ns({ ...NAMESPACES });
  parser.on('openTag', (name, getAttributes, decode) => {
    const start = text.indexOf('<', cursor);
    cursor = tagEnd(text, start);
    const raw = getAttributes() || {};
    const attributes: Record<string, string> = {};
    for (const key of Object.keys(raw)) {
      attributes[key] = decode(raw[key] ?? '');
    }
    const parent = open.at(-1);
    const found = { name, attributes, parent, start, textStart: cursor };
    const element: Growing = { ...found, children: [], text: '' };
    elements.push(element);
    parent?.children.push(element);
    if (open.push(element) > MAX_DEPTH) {
      stop(`Elements are nested more than ${MAX_DEPTH} deep.`);
    }
    if (elements.length >= MAX_ELEMENTS) {
      stop(`There are more than ${MAX_ELEMENTS} elements.`);
    }
  });
  parser.on('closeTag', (_name, _decode, isOpened) => {
    open.pop();
    if (!isOpened) {
      cursor = text.indexOf('>', text.indexOf('<', cursor)) + 1;
    }
  });
  parser.on('text', (part, decode) => addText(decode(part), cursor));
  parser.on('cdata', (part) => {
    const start = text.indexOf('<![CDATA[', cursor) + 9;
    addText(part, start);
    cursor = start + part.length + 3;
  });
  parser.on('comment', (part) => {
    const start = text.indexOf('<!--', cursor);
    cursor = start + part.length + 7;
    if (part.includes(MARK)) {
      const parent = open.at(-1);
      comments.push({ text: part, start, parent, index: parent?.children.length ?? 0 });
    }
  });
  parser.on('question', (part) => {
    cursor = text.indexOf('<?', cursor) + part.length;
  });
  parser.on('attention', (part) => {
    const start = text.indexOf('<!', cursor);
    say('The Hub reads no document types and no entities. Remove this.', start);
    hasDoctype = true;
    cursor = start + part.length;
  });
  const note = (error: Error) => {
    if (text.trim() === '') {
      say('The file is empty.', 0);
      return;
    }
    // XML itself declares this one (Namespaces in XML 1.0, 3).
    if (/missing namespace for prefix <xml>/i.test(error.message)) {
      return;
    }
    // What stands in a document type is told with it.
    if (hasDoctype && /outside of root node/i.test(error.message)) {
      return;
    }
    if (problems.length > MAX_COUNTED) {
      return;
    }
    const wrong = /^clos(e|ing) tag/i.test(error.message) ? text.indexOf('</', cursor) : -1;
    if (wrong === -1) {
      say(sentence(error.message));
    } else {
      const name = /^<\/\s*([^\s>]{0,80})/.exec(text.slice(wrong, wrong + MAX_TAG))?.[1];
      const around = open.at(-1);
      const why = around ? `but ${around.name} is open. Close that first.` : 'which is not open.';
      say(`This closes ${name}, ${why}`, wrong);
    }
  };
  for (const prefix of Object.values(NAMESPACES)) {
    // The parser knows these by itself; other readers of the file do not.
    if (text.includes(`<${prefix}:`) && !text.includes(`xmlns:${prefix}=`)) {
      say(`The prefix ${prefix} is used, but not declared with xmlns:${prefix}.`, 0);
    }
  }
  parser.on('error', note);
  parser.on('warn', note);
  try {
    parser.parse(text);
  } catch (error) {
    note(error as Error);
  }
  return { root: elements[0], elements, comments, problems, lines, isCut };
}

function tagEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '>') {
      return at + 1;
    }
    if (char === '"' || char === "'") {
      const close = text.indexOf(char, at + 1);
      if (close !== -1) {
        at = close;
      }
    }
  }
  return text.length;
}
