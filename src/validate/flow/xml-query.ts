import type { XmlElement } from '../source/xml.js';

/** Names of the elements that hold a flow of their own. */
export const SCOPE = /^bpmn:(process|subProcess|transaction|adHocSubProcess)$/;

/** @returns the children with a name */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** @returns the first child with a name */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** @returns the nearest element around one that a test holds for, itself included */
export function closest(
  element: XmlElement | undefined,
  test: (candidate: XmlElement) => boolean,
): XmlElement | undefined {
  for (let at = element; at; at = at.parent) {
    if (test(at)) {
      return at;
    }
  }
  return undefined;
}

/** @returns an element and everything in it, in the document's order */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  const waiting = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    for (const child of next.children.toReversed()) {
      waiting.push(child);
    }
  }
}

/** @returns an attribute without the spaces around it; undefined where there is none or nothing in it */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes[name]?.trim() || undefined;
}

/** @returns whether an attribute says `true` */
export function isTrue(element: XmlElement, name: string): boolean {
  return attribute(element, name) === 'true';
}
