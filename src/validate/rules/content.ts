import { isOfBody, nodeInputs } from '../flow/connectors.js';
import { isLoop, loopVariables, ownElement } from '../flow/loops.js';
import type { Connector, FlowNode } from '../flow/model.js';
import { nodesByXml, ownerOf, readsOf } from '../flow/reads.js';
import { milestoneIds, statusesOf } from '../flow/statuses.js';
import { scriptUses } from '../flow/uses.js';
import { valuesByScope } from '../flow/values.js';
import { attribute, closest } from '../flow/xml-query.js';
import { nearHint } from '../near.js';
import { type Found, mistyped, rulesOf } from '../rule.js';
import { ANSWER } from '../script/sandbox.js';
import { type Place, problem, words } from '../text.js';

/** What a task's parameters and listeners see of `content`. */
const CONTENT = words('input output');

/** Members of what people look for there, and do not find. */
const GUESSED =
  /^content\.(error|err|exception|cause|response|request|result|data|body|headers|payload|attachedTo|variables|environment|submit|settings|user)\.[\w$]+/;

/** What the engine itself keeps there (bpmn-elements). */
const OF_ENGINE: ReadonlySet<string> = new Set(
  words(`
    id type name parent executionId isRootScope isMultiInstance isSequential inbound outbound state status attachedTo
    properties form expanded loopCardinality index message signal escalation error preventComplete`),
);

/** Rules about `content`: what a task gets and gives. */
export const contentRules = rulesOf({
  'content-path': {
    error: 'A member of content that is not there gives nothing, and what is read from it throws.',
    flow: (flow, blueprint) => {
      const loops = loopVariables(flow);
      return readsOf(flow, blueprint).map(({ path, xml, place }): Found => {
        const member = /^content\.([\w$]+)/.exec(path)?.[1] ?? '';
        const variables = loops.get(ownElement(xml)) ?? [];
        const known = [...CONTENT, ...variables];
        if (GUESSED.test(path) && !known.includes(member)) {
          return problem(place, `content has no ${member}. There are input and output.`);
        }
        const [own] = variables;
        if (own !== undefined && !known.includes(member) && !OF_ENGINE.has(member)) {
          const near = nearHint(member, known) || ` What this goes over is called ${own}.`;
          return problem(place, `content has no ${member}.${near}`);
        }
        return mistyped(place, member, known, `content has no ${member}.`);
      });
    },
  },
  'content-input': {
    error: 'An output of a task sees only the inputs that the task has.',
    flow: (flow, blueprint) => {
      const nodes = nodesByXml(flow, blueprint);
      return readsOf(flow, blueprint).map(({ path, xml, place }): Found => {
        const member = /^content\.input\.([\w$]+)/.exec(path)?.[1];
        const node = member === undefined ? undefined : ownerOf(xml, nodes);
        if (!node || member === undefined || isLoop(node)) {
          return false;
        }
        const names = inputNames.get(node) ?? [
          ...new Set(nodeInputs(node).map(({ name }) => name)),
        ];
        inputNames.set(node, names);
        return mistyped(place, member, names, `The task has no input ${member}.`);
      });
    },
  },
  'content-output': {
    error: 'A script that reads what its connector does not put out gets nothing, or throws.',
    flow: (flow, blueprint) => {
      const nodes = nodesByXml(flow, blueprint);
      const connectors = new Map(flow.connectors.map((one) => [one.node, one]));
      return readsOf(flow, blueprint).map(({ path, xml, place, isScript }): Found => {
        const member = /^content\.output\.([\w$]+)/.exec(path)?.[1];
        const node = member === undefined || !isScript ? undefined : ownerOf(xml, nodes);
        const connector = node && connectors.get(node);
        if (connector?.outputs.length === 0 && isOfBody(connector.id, member ?? '')) {
          const message = `The answer has no ${member}. It stands in content.output.body.${member}.`;
          return problem(place, message);
        }
        return connector && member !== undefined ? outputProblem(connector, member, place) : false;
      });
    },
  },
  'content-connector': {
    error:
      "A connector's own output has the answer's members as names; content.output is not there yet.",
    flow: (flow, blueprint) =>
      readsOf(flow, blueprint).map(({ path, xml, place }): Found => {
        const parameter = closest(xml, ({ name }) => name === 'camunda:outputParameter');
        const isOfConnector = parameter?.parent?.parent?.name === 'camunda:connector';
        const isInline = attribute(xml, 'resource') === undefined;
        const member = /^content\.output\.([\w$]+)/.exec(path)?.[1];
        const message = `There is no content.output here yet. Write ${member} in place of it.`;
        return isOfConnector && isInline && member !== undefined && problem(place, message);
      }),
  },
  'sub-process-output': {
    warning: 'A sub-process gives only what something in it puts into environment.output.',
    flow: (flow, blueprint) => {
      const nodes = nodesByXml(flow, blueprint);
      const values = valuesByScope(flow, blueprint);
      return readsOf(flow, blueprint).map(({ path, xml, place }): Found => {
        const member = /^content\.output\.([\w$]+)/.exec(path)?.[1];
        const node = member === undefined ? undefined : ownerOf(xml, nodes);
        const isSubProcess = /^(subProcess|transaction|adHocSubProcess)$/.test(node?.type ?? '');
        if (!node || member === undefined || !isSubProcess || isLoop(node)) {
          return false;
        }
        const written = values.get(node.xml)?.written ?? new Set<string>();
        if (written.has(member) || written.has('*')) {
          return false;
        }
        const near = nearHint(member, [...written]);
        const message = `Nothing in the sub-process puts ${member} into environment.output.${near}`;
        return problem(place, message, near === '' ? 'warning' : 'error');
      });
    },
  },
  'error-inner': {
    warning:
      'An error that is not of a call has no content.output.inner; a read of its members throws and fails the flow.',
    flow: (flow, blueprint) => {
      const boundaries = new Set(
        flow.nodes.filter(({ attachedTo }) => attachedTo !== undefined).map(({ id }) => id),
      );
      return scriptUses(flow, blueprint).flatMap(({ script, facts, isInline }) =>
        (boundaries.has(script.element) ? facts.unguarded : []).map((place) =>
          problem(
            isInline ? { ...place, element: script.element } : flow.placeOf(script.xml),
            'content.output.inner may be missing. Read it with ?. as in content.output.inner?.message.',
          ),
        ),
      );
    },
  },
  'status-alert': {
    error: 'An alert_stateid has to be the id of a milestone; any other alerts nowhere.',
    flow: (flow, blueprint) => {
      const { ids, isOpen } = milestoneIds(flow);
      return isOpen
        ? []
        : statusesOf(flow, blueprint).map(({ members, place }): Found => {
            const id = members.alert_stateid;
            if (id === undefined || ids.has(id)) {
              return false;
            }
            const near = nearHint(id, [...ids]);
            return problem(place, `There is no milestone ${id} in this flow.${near}`);
          });
    },
  },
});

const inputNames = new WeakMap<FlowNode, readonly string[]>();
const outputNames = new WeakMap<Connector, readonly string[]>();

function outputProblem(connector: Connector, member: string, place: Place): Found {
  const hasOwn = connector.outputs.length > 0;
  const own = () => connector.outputs.map(({ name }) => name);
  const names = outputNames.get(connector) ?? [...(hasOwn ? new Set(own()) : ANSWER)];
  outputNames.set(connector, names);
  const message = `The connector has no output ${member}.`;
  return hasOwn && !names.includes(member)
    ? problem(place, message + nearHint(member, names))
    : mistyped(place, member, names, message);
}
