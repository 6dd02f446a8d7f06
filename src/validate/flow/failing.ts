import type { Blueprint } from '../blueprint.js';
import { nodeOutputs } from './connectors.js';
import type { Flow, FlowNode } from './model.js';
import { elementsUnread, factsByElement } from './uses.js';

/** @returns whether on every path to an end a script fails, or something tells the Hub a status */
export function endsHandled(flow: Flow, blueprint: Blueprint): (end: FlowNode) => boolean {
  const facts = factsByElement(flow, blueprint);
  const unread = elementsUnread(flow, blueprint);
  const factsOf = (node: FlowNode) => facts.get(node.id) ?? [];
  const tells = (node: FlowNode) =>
    unread.has(node.id) ||
    nodeOutputs(node).some(({ name }) => name === 'status') ||
    factsOf(node).some(
      ({ onlyFails, chains }) =>
        onlyFails ||
        chains.some(
          ({ path, access, members }) =>
            access === 'write' &&
            (/^environment\.output\.status\b/.test(path) ||
              (path === 'environment.output' && members?.includes('status') !== false)),
        ),
    );
  const mayFail = (node: FlowNode) => factsOf(node).some(({ fails }) => fails);
  // Whatever is reached without passing one that tells is not handled. One that may fail counts up to the next
  // gateway: what is decided behind it, it has let through.
  const bare = new Set<FlowNode>();
  const guarded = new Set<FlowNode>();
  const waiting: FlowNode[] = [];
  const reach = (node: FlowNode, isGuarded: boolean) => {
    const isNew = !bare.has(node) && !(isGuarded && guarded.has(node));
    if (isNew && !tells(node)) {
      const stays = isGuarded || mayFail(node);
      (stays ? guarded : bare).add(node);
      waiting.push(node);
    }
  };
  for (const node of flow.nodes) {
    if (node.incoming.length === 0) {
      reach(node, false);
    }
  }
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const decides = /Gateway$/.test(node.type) && node.outgoing.length > 1;
    for (const { target } of node.outgoing) {
      if (target) {
        reach(target, !bare.has(node) && !decides);
      }
    }
  }
  return (end) => !bare.has(end);
}
