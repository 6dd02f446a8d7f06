import { nodeOutputs } from '../flow/connectors.js';
import type { FlowNode } from '../flow/model.js';
import { factsByElement } from '../flow/uses.js';
import { type Found, rulesOf } from '../rule.js';
import type { ScriptFacts } from '../script/facts.js';
import { problem } from '../text.js';

const MAX_STEPS = 20;
const TELLS = /^(output|status|state)$/;
const WRITES = /^environment\.output(\.(output|status)\b|$)/;

/** Rules about answers that a flow owes, and what it has to make them of. */
export const failureRules = rulesOf({
  'failure-silent': {
    warning:
      'A failure that ends as a success without an output looks like an answer that is empty.',
    wholeFlow: (flow, blueprint) => {
      const byId = new Map(flow.nodes.map((node) => [node.id, node]));
      const facts = factsByElement(flow, blueprint);
      return flow.nodes.map((node): Found => {
        const host = byId.get(node.attachedTo ?? '');
        const isSilent =
          host !== undefined &&
          node.events.includes('error') &&
          node.scope.name === 'bpmn:process' &&
          nodeOutputs(host).some(({ name }) => name === 'output') &&
          !nodeOutputs(node).some(({ name }) => TELLS.test(name)) &&
          !(facts.get(node.id) ?? []).some(tells) &&
          endsAtOnce(node);
        const message = `Where ${host?.id} fails, the flow ends as a success without its output. Let a script fail with next(new Error(…)), or set the output "status".`;
        return isSilent && flow.at(node.xml, message);
      });
    },
  },
  'run-submit': {
    error: 'What a run hands over stands in environment.variables.input; only a form submits.',
    blueprint: ({ config, forms, flows }) => {
      const submitted = new Set(config?.forms.map(({ workflow }) => workflow));
      const run = new Set([...forms, ...flows].flatMap(({ runs }) => runs.map(({ name }) => name)));
      return flows.flatMap(({ path, processes, submitFields, exchange }) => {
        const isRun = processes.some(({ id }) => run.has(id));
        const isSubmitted = processes.some(({ id }) => submitted.has(id));
        // One that reads both is made for both.
        const isMade = exchange.takes === undefined || exchange.takes.length > 0;
        return (isRun && !isSubmitted && !isMade ? submitFields : []).map((use) => {
          const message = `No form submits to this flow, it is run. Read environment.variables.input.${use.name}.`;
          return problem({ file: path, ...use }, message);
        });
      });
    },
  },
});

/** Whether a script puts an output or a status there. */
function tells({ chains }: ScriptFacts): boolean {
  return chains.some(({ path, access }) => access === 'write' && WRITES.test(path));
}

/** Whether a path leads through nothing but gateways to a plain end. */
function endsAtOnce(first: FlowNode): boolean {
  let node: FlowNode | undefined = first;
  for (let steps = 0; node && steps < MAX_STEPS; steps += 1) {
    const [edge, ...others]: FlowNode['outgoing'] = node.outgoing;
    if (others.length > 0 || edge?.condition) {
      return false;
    }
    node = edge?.target;
    if (node?.type === 'endEvent') {
      return node.events.length === 0;
    }
    if (node && !/Gateway$/.test(node.type)) {
      return false;
    }
  }
  return false;
}
