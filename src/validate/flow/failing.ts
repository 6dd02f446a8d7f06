import type { Blueprint } from '../blueprint.js';
import { nodeOutputs } from './connectors.js';
import type { Flow, FlowNode } from './model.js';
import { factsByElement } from './uses.js';

/** @returns whether on every path to an end a script fails, or something tells the Hub a status */
export function endsHandled(flow: Flow, blueprint: Blueprint): (end: FlowNode) => boolean {
  const facts = factsByElement(flow, blueprint);
  const tells = (node: FlowNode) =>
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
  return (end) => {
    const seen = new Set([end]);
    const waiting = [end];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (tells(node)) {
        continue;
      }
      if (node.incoming.length === 0) {
        return false;
      }
      for (const { source } of node.incoming) {
        if (source && !seen.has(source)) {
          seen.add(source);
          waiting.push(source);
        }
      }
    }
    return true;
  };
}
