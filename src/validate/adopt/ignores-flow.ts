import { attribute, closest } from '../flow/xml-query.js';
import { MARK } from '../source/mark.js';
import { readXml, type XmlDocument, type XmlElement } from '../source/xml.js';
import type { TextFile } from '../text.js';
import { type Covered, type Ignore, readIgnore } from './ignore.js';

/** Elements that hold others, each of which is drawn by itself. */
const HOLDER =
  /^(bpmn:(definitions|collaboration|laneSet|process|subProcess|transaction|adHocSubProcess)|bpmndi:.*)$/;

/** What silences findings, and the element that it is about. */
interface Marked {
  readonly text: string;
  readonly start: number;
  readonly target: XmlElement | undefined;
}

/**
 * @returns what a flow silences: in comments, and in what survives a save in a modeler: documentation and
 *   `camunda:property`
 */
export function ignoresInFlow({ path, text }: TextFile): Ignore[] {
  const document = readXml(text);
  const covered = new Map<XmlElement | undefined, Covered>();
  const shapes = shapesOf(document);
  return markedIn(document).map(({ text: said, start, target }) => {
    const known = covered.get(target) ?? coveredBy(target, shapes);
    covered.set(target, known);
    return { file: path, ...document.lines.at(start), ...readIgnore(said), covered: known };
  });
}

function markedIn(document: XmlDocument): Marked[] {
  const comments = document.comments.flatMap(({ text, start, parent, index }) => {
    const isHolder = !parent || HOLDER.test(parent.name);
    const next = parent ? parent.children[index] : document.root;
    const target = isHolder && next ? next : parent && withId(parent);
    return marks(text).map((said) => ({ text: said, start, target }));
  });
  const elements = document.elements.flatMap((xml) => {
    const { name, attributes, start } = xml;
    const target = xml.parent && withId(xml.parent);
    if (name === 'camunda:property' && attributes.name?.trim() === MARK) {
      return [{ text: attributes.value ?? '', start, target }];
    }
    const said = name === 'bpmn:documentation' ? marks(xml.text) : [];
    return said.map((text) => ({ text, start, target }));
  });
  return [...comments, ...elements].sort((a, b) => a.start - b.start);
}

/** What stands behind the mark, in each line that begins with it. */
function marks(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const trimmed = line.trim();
    return trimmed.startsWith(MARK) ? [trimmed.slice(MARK.length)] : [];
  });
}

function withId(xml: XmlElement): XmlElement | undefined {
  return closest(xml, (candidate) => attribute(candidate, 'id') !== undefined);
}

/** Ids in the diagram, by the elements that they show. */
function shapesOf({ elements }: XmlDocument): ReadonlyMap<string, readonly string[]> {
  const shapes = new Map<string, string[]>();
  for (const xml of elements) {
    const [of, id] = [attribute(xml, 'bpmnElement'), attribute(xml, 'id')];
    if (of !== undefined && id !== undefined) {
      shapes.set(of, [...(shapes.get(of)?.slice(0, 9) ?? []), id]);
    }
  }
  return shapes;
}

/** A task with all that is in it; of a process or sub-process itself alone. */
function coveredBy(
  target: XmlElement | undefined,
  shapes: ReadonlyMap<string, readonly string[]>,
): Covered {
  const elements = new Set<string>();
  const add = (xml: XmlElement) => {
    const id = attribute(xml, 'id');
    for (const one of id === undefined ? [] : [id, ...(shapes.get(id) ?? [])]) {
      elements.add(one);
    }
    if (!HOLDER.test(xml.name)) {
      xml.children.forEach(add);
    }
  };
  if (target) {
    add(target);
  }
  const isWholeFile = target !== undefined && /^bpmn:(definitions|process)$/.test(target.name);
  return { elements, isWholeFile };
}
