import type { XmlElement } from '../source/xml.js';
import type { FlowNode } from './model.js';
import { isTrue } from './xml-query.js';

/** @returns whether a node is a sub-process that an event begins, and no sequence flow */
export function isEventSubProcess({ type, xml }: FlowNode): boolean {
  return type === 'subProcess' && isTrue(xml, 'triggeredByEvent');
}

/** @returns whether a node that is no start event needs no sequence flow that leads to it */
export function beginsItself(node: FlowNode): boolean {
  const isCaught = node.type === 'intermediateCatchEvent' && node.events.includes('link');
  const isLoose = node.scope.name === 'bpmn:adHocSubProcess' && node.incoming.length === 0;
  return isEventSubProcess(node) || isCaught || isTrue(node.xml, 'isForCompensation') || isLoose;
}

/** @returns the nodes that some path from a start leads to */
export function reachable(nodes: readonly FlowNode[]): Set<FlowNode> {
  const boundaries = groupBy(nodes, ({ attachedTo }) => attachedTo);
  const inner = groupBy(nodes, ({ scope }) => scope);
  const reached = new Set<FlowNode>();
  const waiting: FlowNode[] = [];
  const reach = (node: FlowNode | undefined) => {
    if (node && !reached.has(node)) {
      reached.add(node);
      waiting.push(node);
    }
  };
  const enter = (scope: XmlElement) => {
    const within = inner.get(scope) ?? [];
    // Without a start event the engine begins at every node that nothing leads to.
    const isBare = !within.some(({ type }) => type === 'startEvent');
    for (const node of within) {
      const isFirst = isBare && node.incoming.length === 0 && node.type !== 'boundaryEvent';
      if (node.type === 'startEvent' || beginsItself(node) || isFirst) {
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
    const targets = node.outgoing.map(({ target }) => target);
    targets.concat(boundaries.get(node.id) ?? []).forEach(reach);
    enter(node.xml);
  }
  return reached;
}

/** @returns the loops that no path leaves, each as its nodes */
export function endlessLoops(nodes: readonly FlowNode[]): FlowNode[][] {
  const ending = leadingToAnEnd(nodes);
  const left = new Set(nodes.filter((node) => !ending.has(node)));
  const before = (node: FlowNode) =>
    node.incoming.flatMap(({ source }) => (source && left.has(source) ? source : []));
  const after = (node: FlowNode) =>
    node.outgoing.flatMap(({ target }) => (target && left.has(target) ? target : []));
  // What only leads into a loop is no part of it.
  const counts = new Map([...left].map((node) => [node, before(node).length]));
  const waiting = [...left].filter((node) => counts.get(node) === 0);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    left.delete(node);
    for (const target of after(node)) {
      const count = (counts.get(target) ?? 0) - 1;
      counts.set(target, count);
      if (count === 0) {
        waiting.push(target);
      }
    }
  }
  const loops: FlowNode[][] = [];
  const seen = new Set<FlowNode>();
  for (const first of left) {
    const loop: FlowNode[] = [];
    const next = [first];
    for (let node = next.pop(); node; node = next.pop()) {
      if (!seen.has(node) && left.has(node)) {
        seen.add(node);
        loop.push(node);
        next.push(...before(node), ...after(node));
      }
    }
    if (loop.length > 0) {
      loops.push(loop);
    }
  }
  return loops;
}

/** The nodes from which some path leads to an end. */
function leadingToAnEnd(nodes: readonly FlowNode[]): Set<FlowNode> {
  const leads = new Set<FlowNode>();
  const hosts = new Map(nodes.map((node) => [node.id, node]));
  const waiting = nodes.filter(({ outgoing }) => outgoing.length === 0);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (leads.has(node)) {
      continue;
    }
    leads.add(node);
    // A boundary event is a way out of its task; a throw in a sub-process, of the sub-process.
    const host = hosts.get(node.attachedTo ?? '') ?? [];
    waiting.push(...node.incoming.flatMap(({ source }) => source ?? []).concat(host));
  }
  return leads;
}

function groupBy<Key>(nodes: readonly FlowNode[], keyOf: (node: FlowNode) => Key) {
  const groups = new Map<Key, FlowNode[]>();
  for (const node of nodes) {
    const group = groups.get(keyOf(node)) ?? [];
    group.push(node);
    groups.set(keyOf(node), group);
  }
  return groups;
}
