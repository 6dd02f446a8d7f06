import type { Blueprint } from '../blueprint.js';
import { nodeOutputs } from './connectors.js';
import type { Flow, FlowNode } from './model.js';
import { elementsUnread, factsByElement } from './uses.js';

/** @returns whether on every path to an end a script fails, or something tells the Hub a status */
export function endsHandled(flow: Flow, blueprint: Blueprint): (end: FlowNode) => boolean {
  const facts = factsByElement(flow, blueprint);
  const unread = elementsUnread(flow, blueprint);
  const tells = (node: FlowNode) =>
    unread.has(node.id) ||
    nodeOutputs(node).some(({ name }) => name === 'status') ||
    (facts.get(node.id) ?? []).some(
      ({ fails, chains }) =>
        fails ||
        chains.some(
          ({ path, access, members }) =>
            access === 'write' &&
            (/^environment\.output\.status\b/.test(path) ||
              (path === 'environment.output' && members?.includes('status') !== false)),
        ),
    );
  // Whatever is reached without passing one of these is not handled.
  const waiting = flow.nodes.filter((node) => node.incoming.length === 0 && !tells(node));
  const bare = new Set(waiting);
  for (const node of waiting) {
    for (const { target } of node.outgoing) {
      if (target && !bare.has(target) && !tells(target)) {
        bare.add(target);
        waiting.push(target);
      }
    }
  }
  return (end) => !bare.has(end);
}
