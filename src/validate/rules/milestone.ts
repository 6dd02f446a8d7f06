import type { Found, Rule } from '../finding.js';
import { nodeParameters } from '../flow/connectors.js';
import type { Flow, FlowNode } from '../flow/model.js';
import { attribute, childOf, childrenOf } from '../flow/xml-query.js';

/** Rules about milestones: what a person sees of a flow that runs. */
export const milestoneRules: readonly Rule[] = [
  {
    id: 'milestone-open',
    severity: 'warning',
    why: 'A milestone that begins and never ends looks as if the flow were still busy.',
    flow: (flow) =>
      flow.nodes.flatMap((node): Found[] => {
        if (!begins(node)) {
          return [];
        }
        const open = [node, ...boundariesOf(node, flow)].filter((one) => !ends(one));
        return open.map((one) => ({
          ...flow.at(one.xml),
          message:
            'The milestone is still open after this. Set the output "state" to done or error.',
        }));
      }),
  },
  {
    id: 'milestone-begin',
    severity: 'warning',
    why: 'A milestone that ends without having begun was never given a name.',
    flow: ({ nodes, at }) =>
      nodes.flatMap((node): Found[] => {
        if (begins(node) || !ends(node) || node.attachedTo !== undefined) {
          return [];
        }
        if (node.type === 'endEvent' || node.type === 'startEvent' || node.type === 'scriptTask') {
          return [];
        }
        return [
          {
            ...at(node.xml),
            message: 'Its milestone ends but never begins. Add an input "state" with id and name.',
          },
        ];
      }),
  },
  {
    id: 'milestone-name',
    severity: 'warning',
    why: 'A milestone is told apart by its id and shown by its name.',
    flow: ({ nodes, at }) =>
      nodes.flatMap((node) =>
        nodeParameters(node, 'camunda:inputParameter').flatMap(({ name, xml }): Found[] => {
          const map = childOf(xml, 'camunda:map');
          if (name !== 'state' || !map) {
            return [];
          }
          const keys = childrenOf(map, 'camunda:entry').map((entry) => attribute(entry, 'key'));
          const missing = ['id', 'name'].filter((key) => !keys.includes(key));
          return missing.map((key) => ({ ...at(xml), message: `The milestone has no ${key}.` }));
        }),
      ),
  },
];

function begins(node: FlowNode): boolean {
  return nodeParameters(node, 'camunda:inputParameter').some(({ name }) => name === 'state');
}

function ends(node: FlowNode): boolean {
  return nodeParameters(node, 'camunda:outputParameter').some(({ name }) => name === 'state');
}

/** The events on a task that end it. */
function boundariesOf({ id }: FlowNode, { nodes }: Flow): FlowNode[] {
  return nodes.filter(
    ({ attachedTo, xml, events }) =>
      attachedTo === id &&
      attribute(xml, 'cancelActivity') !== 'false' &&
      /error|timer/.test(events.join()),
  );
}
