import { Parser } from 'saxen';
import { DEEPEST, MOST_ELEMENTS, MOST_FINDINGS } from '../limits.js';
import type { Position } from '../model.js';
import { Lines } from './position.js';

/** An element of an XML document; prefixes are those of {@link NAMESPACES}, whatever the document calls them. */
export interface XmlElement {
  /** With its prefix, such as `bpmn:task`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: XmlElement | undefined;
  readonly children: readonly XmlElement[];
  /** Its own text, decoded. */
  readonly text: string;
  /** Offset of its `<`. */
  readonly start: number;
  /** Offset of the first character of its text. */
  readonly textStart: number;
}

/** An XML document as far as it could be read. */
export interface XmlDocument {
  readonly root: XmlElement | undefined;
  /** Every element, in the document's order. */
  readonly elements: readonly XmlElement[];
  readonly problems: readonly (Position & { readonly message: string })[];
  readonly lines: Lines;
}

/** The namespaces of BPMN 2.0 (OMG, formal/2011-01-03, annex) and of Camunda's extensions. */
const NAMESPACES = {
  'http://www.omg.org/spec/BPMN/20100524/MODEL': 'bpmn',
  'http://www.omg.org/spec/BPMN/20100524/DI': 'bpmndi',
  'http://www.omg.org/spec/DD/20100524/DC': 'dc',
  'http://www.omg.org/spec/DD/20100524/DI': 'di',
  'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
  'http://camunda.org/schema/1.0/bpmn': 'camunda',
};

type Growing = { -readonly [key in keyof XmlElement]: XmlElement[key] } & {
  children: XmlElement[];
};

/**
 * Reads XML with the place of every element, which moddle does not keep.
 *
 * @returns what could be read; never throws
 */
export function readXml(text: string): XmlDocument {
  const lines = new Lines(text);
  const elements: XmlElement[] = [];
  const problems: (Position & { message: string })[] = [];
  const open: Growing[] = [];
  // The parser tells no offsets, but it tells of everything in order.
  let cursor = 0;
  const parser = new Parser();
  const stop = (message: string) => {
    problems.push({ message, ...lines.at(cursor) });
    parser.stop();
  };
  const addText = (part: string, start: number) => {
    const element = open.at(-1);
    if (!element) {
      return;
    }
    if (element.text.trim() === '') {
      element.text = part;
      element.textStart = start;
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
    const element: Growing = {
      name,
      attributes,
      parent,
      children: [],
      text: '',
      start,
      textStart: cursor,
    };
    elements.push(element);
    parent?.children.push(element);
    if (open.push(element) > DEEPEST) {
      stop(`Elements are nested more than ${DEEPEST} deep.`);
    }
    if (elements.length >= MOST_ELEMENTS) {
      stop(`There are more than ${MOST_ELEMENTS} elements.`);
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
    cursor = text.indexOf('<!--', cursor) + part.length + 7;
  });
  parser.on('question', (part) => {
    cursor = text.indexOf('<?', cursor) + part.length;
  });
  parser.on('attention', (part) => {
    const start = text.indexOf('<!', cursor);
    problems.push({
      message: 'A document type or entity is not read by the Hub. Take it out.',
      ...lines.at(start),
    });
    cursor = start + part.length;
  });
  const note = (error: Error) => {
    if (problems.length > MOST_FINDINGS) {
      return;
    }
    problems.push({ message: sentence(error.message), ...lines.at(Math.max(cursor, 0)) });
  };
  for (const prefix of Object.values(NAMESPACES)) {
    // The parser knows these by itself; other readers of the file do not.
    if (!text.includes(`<${prefix}:`) || text.includes(`xmlns:${prefix}=`)) {
      continue;
    }
    problems.push({
      message: `The prefix ${prefix} is used, but not declared with xmlns:${prefix}.`,
      line: 1,
      column: 1,
    });
  }
  parser.on('error', note);
  parser.on('warn', note);
  try {
    parser.parse(text);
  } catch (error) {
    note(error as Error);
  }
  return { root: elements[0], elements, problems, lines };
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

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
