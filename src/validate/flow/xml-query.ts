import type { XmlElement } from '../source/xml.js';

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
    for (let at = next.children.length - 1; at >= 0; at -= 1) {
      const child = next.children[at];
      if (child) {
        waiting.push(child);
      }
    }
  }
}

/** @returns an attribute without the blanks around it; undefined where there is none or nothing in it */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes[name]?.trim() || undefined;
}
