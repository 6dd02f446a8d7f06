import type { XmlElement } from '../source/xml.js';
import type { FlowNode } from './model.js';
import { attribute } from './xml-query.js';

/** @returns whether a node is a sub-process that an event begins, and no sequence flow */
export function isSubProcessOfEvents({ type, xml }: FlowNode): boolean {
  return type === 'subProcess' && attribute(xml, 'triggeredByEvent') === 'true';
}

/** @returns the nodes that some way from a start leads to */
export function reachable(nodes: readonly FlowNode[]): Set<FlowNode> {
  const boundaries = groupBy(
    nodes.filter(({ attachedTo }) => attachedTo !== undefined),
    ({ attachedTo }) => attachedTo,
  );
  const inner = groupBy(nodes, ({ scope }) => scope);
  const reached = new Set<FlowNode>();
  const waiting: FlowNode[] = [];
  const reach = (node: FlowNode | undefined) => {
    if (!node || reached.has(node)) {
      return;
    }
    reached.add(node);
    waiting.push(node);
  };
  const enter = (scope: XmlElement) => {
    for (const node of inner.get(scope) ?? []) {
      const isCaught = node.type === 'intermediateCatchEvent' && node.events.includes('link');
      const compensates = attribute(node.xml, 'isForCompensation') === 'true';
      const isAdHoc = scope.name === 'bpmn:adHocSubProcess' && node.incoming.length === 0;
      if (
        node.type === 'startEvent' ||
        isSubProcessOfEvents(node) ||
        isCaught ||
        compensates ||
        isAdHoc
      ) {
        reach(node);
      }
    }
  };
  for (const scope of inner.keys()) {
    if (scope.name === 'bpmn:process') {
      enter(scope);
    }
  }
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const { target } of node.outgoing) {
      reach(target);
    }
    for (const boundary of boundaries.get(node.id) ?? []) {
      reach(boundary);
    }
    enter(node.xml);
  }
  return reached;
}

/** @returns the nodes from which some way leads to an end */
export function leadingToAnEnd(nodes: readonly FlowNode[]): Set<FlowNode> {
  const leads = new Set<FlowNode>();
  const hosts = new Map(nodes.map((node) => [node.id, node]));
  const waiting = nodes.filter(({ outgoing }) => outgoing.length === 0);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (leads.has(node)) {
      continue;
    }
    leads.add(node);
    for (const { source } of node.incoming) {
      if (source) {
        waiting.push(source);
      }
    }
    // A boundary event is a way out of its task; a throw in a sub-process, of the sub-process.
    const host = hosts.get(node.attachedTo ?? '');
    if (host) {
      waiting.push(host);
    }
  }
  return leads;
}

function groupBy<Key>(
  nodes: readonly FlowNode[],
  keyOf: (node: FlowNode) => Key,
): Map<Key, FlowNode[]> {
  const groups = new Map<Key, FlowNode[]>();
  for (const node of nodes) {
    const group = groups.get(keyOf(node));
    if (group) {
      group.push(node);
    } else {
      groups.set(keyOf(node), [node]);
    }
  }
  return groups;
}
