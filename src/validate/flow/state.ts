import type { XmlDocument, XmlElement } from '../source/xml.js';
import type { Problem } from '../text.js';
import type { Edge, Flow, FlowNode } from './model.js';
import { attribute } from './xml-query.js';

/**
 * Tells how far a flow can be judged.
 *
 * @param problems what moddle says of it
 * @returns `malformed` where it is not XML, `broken` where a part of it is not read, or refers to what is not there
 */
export function stateOf(
  document: XmlDocument,
  problems: readonly Problem[],
  elements: readonly XmlElement[],
  nodes: readonly FlowNode[],
  edges: readonly Edge[],
): Flow['state'] {
  if (document.problems.length > 0) {
    return 'malformed';
  }
  const hosts = new Map(nodes.map((node) => [node.id, node]));
  const hangsTogether =
    problems.length === 0 &&
    edges.every(
      ({ source, target, scope }) => source?.scope === scope && target?.scope === scope,
    ) &&
    nodes.every(
      ({ type, attachedTo = '', scope }) =>
        type !== 'boundaryEvent' || hosts.get(attachedTo)?.scope === scope,
    ) &&
    repeated(elements).length === 0;
  return hangsTogether ? 'whole' : 'broken';
}

/** @returns the BPMN elements whose id an earlier one has; other elements have ids of their own kind */
export function repeated(elements: readonly XmlElement[]): XmlElement[] {
  const seen = new Set<string>();
  return elements.filter((xml) => {
    const id = attribute(xml, 'id');
    if (id === undefined || !xml.name.startsWith('bpmn:')) {
      return false;
    }
    const isSecond = seen.has(id);
    seen.add(id);
    return isSecond;
  });
}
