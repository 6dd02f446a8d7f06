import type { Lines, Problem } from '../text.js';

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

/** A comment that is about what is found. */
export interface XmlComment {
  readonly text: string;
  /** Offset of its `<`. */
  readonly start: number;
  readonly parent: XmlElement | undefined;
  /** Of the child of its parent that comes next. */
  readonly index: number;
}

/** An XML document as far as it could be read. */
export interface XmlDocument {
  readonly root: XmlElement | undefined;
  /** Every element, in the document's order. */
  readonly elements: readonly XmlElement[];
  /** Those that silence findings. */
  readonly comments: readonly XmlComment[];
  readonly problems: readonly Problem[];
  readonly lines: Lines;
  /** Whether it is larger or deeper than is read. */
  readonly isCut: boolean;
  /** Elements with a CDATA section; undefined where the document is not written as modelers do, so that readers may differ. */
  readonly cdata?: readonly XmlElement[];
}

/** The namespaces of BPMN 2.0 (OMG, formal/2011-01-03, annex) and of Camunda's extensions. */
export const NAMESPACES = {
  'http://www.omg.org/spec/BPMN/20100524/MODEL': 'bpmn',
  'http://www.omg.org/spec/BPMN/20100524/DI': 'bpmndi',
  'http://www.omg.org/spec/DD/20100524/DC': 'dc',
  'http://www.omg.org/spec/DD/20100524/DI': 'di',
  'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
  'http://camunda.org/schema/1.0/bpmn': 'camunda',
};

/** An element that is being read. */
export type Growing = { -readonly [key in keyof XmlElement]: XmlElement[key] } & {
  children: XmlElement[];
};
