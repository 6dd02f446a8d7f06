import { entriesOf, nodeInputs, nodeOutputs } from '../flow/connectors.js';
import type { FlowNode } from '../flow/model.js';
import { attribute, childOf } from '../flow/xml-query.js';
import { each, rulesOf } from '../rule.js';

/** Rules about milestones: what a person sees of a flow that runs. */
export const milestoneRules = rulesOf({
  'milestone-open': {
    warning: 'A milestone that begins and never ends looks as if the flow were still busy.',
    flow: each('nodes', (node, { nodes, at }) => {
      if (!begins(node)) {
        return [];
      }
      const boundaries = nodes.filter((other) => other.attachedTo === node.id && endsTask(other));
      const open = [node, ...boundaries].filter((one) => !ends(one));
      const message =
        'The milestone is still open after this. Set the output "state" to done or error.';
      return open.map(({ xml }) => at(xml, message));
    }),
  },
  'milestone-begin': {
    warning: 'A milestone that ends without having begun was never given a name.',
    flow: each('nodes', (node, { at }) => {
      const mayOnlyEnd =
        /^(endEvent|startEvent|scriptTask)$/.test(node.type) || node.attachedTo !== undefined;
      const message = 'Its milestone ends but never begins. Add an input "state" with id and name.';
      return ends(node) && !begins(node) && !mayOnlyEnd && at(node.xml, message);
    }),
  },
  'milestone-name': {
    warning: 'A milestone is told apart by its id and shown by its name.',
    flow: each('nodes', (node, { at }) => {
      const states = nodeInputs(node).filter(isState);
      return states.flatMap((state) => {
        const keys = entriesOf(state).map(({ name }) => name);
        const isMap = childOf(state.xml, 'camunda:map') !== undefined;
        const missing = isMap ? ['id', 'name'].filter((key) => !keys.includes(key)) : [];
        return missing.map((key) => at(state.xml, `The milestone has no ${key}.`));
      });
    }),
  },
});

const isState = ({ name }: { name: string }) => name === 'state';

function begins(node: FlowNode): boolean {
  return nodeInputs(node).some(isState);
}

function ends(node: FlowNode): boolean {
  return nodeOutputs(node).some(isState);
}

/** Whether a boundary event ends its task. */
function endsTask({ xml, events }: FlowNode): boolean {
  return attribute(xml, 'cancelActivity') !== 'false' && /error|timer/.test(events.join());
}
