import { endsHandled } from '../flow/failing.js';
import type { Flow, FlowNode } from '../flow/model.js';
import { isEventSubProcess } from '../flow/reach.js';
import { refusals } from '../flow/refused.js';
import { attribute, childOf, isTrue } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';
import type { XmlElement } from '../source/xml.js';

/** Rules about events and what the engine makes of them; ids are those of bpmnlint where it has the same rule. */
export const flowEventRules = rulesOf({
  'flow-loadable': {
    error: 'A flow that holds something the engine does not load can never be started.',
    flow: (flow) =>
      // Where the XML is broken or nothing runs, that is to be mended first.
      flow.document.problems.length > 0 ||
      !flow.processes.some((one) => isTrue(one, 'isExecutable'))
        ? []
        : refusals(flow).map(
            ({ xml, message, isSaidElsewhere }) => !isSaidElsewhere && flow.at(xml, message),
          ),
  },
  'single-blank-start-event': {
    warning: 'Every start event that waits for nothing begins at once, so the flow runs twice.',
    flow: (flow) => {
      const starts = startsByScope(flow);
      return [...starts].map(([scope, nodes]): Found => {
        const blank = nodes.filter(({ events }) => events.length === 0);
        const message = `This has ${blank.length} start events that wait for nothing, and all begin at once. Keep one.`;
        return blank.length > 1 && flow.at(scope, message);
      });
    },
  },
  'sub-process-blank-start-event': {
    error:
      'A sub-process begins by itself; one whose start event waits for something waits for ever.',
    flow: startsIn(
      (scope) => !isTrue(scope, 'triggeredByEvent'),
      ({ events }) => events.length > 0,
      'A sub-process begins when the flow comes to it. Remove what this start event waits for.',
    ),
  },
  'event-sub-process-typed-start-event': {
    error:
      'An event sub-process begins with what its start event waits for; one that waits for nothing has no cause.',
    flow: startsIn(
      (scope) => isTrue(scope, 'triggeredByEvent'),
      ({ events }) => events.length === 0,
      'This start event waits for nothing. Give it an error, a timer, a message or a signal.',
    ),
  },
  'link-event': {
    error: 'A link that nothing catches ends the path, and one that nothing throws never begins.',
    flow: ({ nodes, at }) => {
      const keyOf = (node: FlowNode) => {
        const link = childOf(node.xml, 'bpmn:linkEventDefinition');
        const name = link && (attribute(link, 'name') ?? '');
        return name === undefined ? undefined : name;
      };
      const scoped = new Map<XmlElement, { caught: Set<string>; thrown: Set<string> }>();
      const links = nodes.filter(({ events }) => events.includes('link'));
      for (const node of links) {
        const { caught, thrown } = scoped.get(node.scope) ?? {
          caught: new Set<string>(),
          thrown: new Set<string>(),
        };
        (node.type === 'intermediateCatchEvent' ? caught : thrown).add(keyOf(node) ?? '');
        scoped.set(node.scope, { caught, thrown });
      }
      return links.map((node): Found => {
        const name = keyOf(node) ?? '';
        if (name === '') {
          return at(node.xml, 'This link has no name. Give both of its ends the same one.');
        }
        const { caught, thrown } = scoped.get(node.scope) ?? {};
        const isCatch = node.type === 'intermediateCatchEvent';
        const message = isCatch
          ? `No event throws the link ${name} here. Add one, or connect this.`
          : `No event catches the link ${name} here. Add one, or connect this.`;
        return !(isCatch ? thrown : caught)?.has(name) && at(node.xml, message);
      });
    },
  },
  'conditional-event': {
    error: 'An event that waits for a condition and has none waits for ever.',
    flow: each('elements', (xml, { at }) => {
      if (xml.name !== 'bpmn:conditionalEventDefinition') {
        return false;
      }
      const condition = childOf(xml, 'bpmn:condition');
      const has =
        condition &&
        (condition.text.trim() !== '' ||
          ['resource', 'camunda:resource'].some((name) => attribute(condition, name)));
      return !has && at(xml, 'This event has no condition to wait for. Give it one.');
    }),
  },
  'event-based-gateway': {
    error: 'An event-based gateway waits for the first of several events; it decides nothing else.',
    flow: each('nodes', ({ type, outgoing }, { at }) =>
      (type === 'eventBasedGateway' ? outgoing : []).map(({ xml, target }): Found => {
        const isCatch = !target || /^(intermediateCatchEvent|receiveTask)$/.test(target.type);
        const message =
          'An event-based gateway leads to catching events only. Lead this to one, or use an exclusive gateway.';
        return !isCatch && at(xml, message);
      }),
    ),
  },
  'no-implicit-split': {
    warning: 'Out of a task with two connections both paths are taken, as no gateway decides.',
    flow: each('nodes', (node, { at }) => {
      const isSplit =
        !/Gateway$/.test(node.type) &&
        node.outgoing.filter(
          ({ id, condition }) => !condition && id !== attribute(node.xml, 'default'),
        ).length > 1;
      const message = 'Both paths out of this are taken. Put a gateway in between.';
      return isSplit && !isEventSubProcess(node) && at(node.xml, message);
    }),
  },
  'no-duplicate-sequence-flows': {
    warning:
      'Of two connections between the same two nodes both are taken, so what follows runs twice.',
    flow: ({ nodes, at }) =>
      nodes.flatMap(({ outgoing, type }) => {
        const seen = new Set<unknown>();
        return outgoing.map(({ xml, target, condition }): Found => {
          const isSecond = target !== undefined && seen.has(target);
          seen.add(target);
          const mayDiffer = condition !== undefined && type === 'exclusiveGateway';
          const message = `This is a second connection to ${target?.id}. Remove one of them.`;
          return isSecond && !mayDiffer && at(xml, message);
        });
      }),
  },
  'error-end': {
    error:
      'At the top level the engine ends a flow as a success, whatever its error end event is called.',
    wholeFlow: (flow, blueprint) => {
      const ends = flow.nodes.filter(
        ({ type, events, scope }) =>
          type === 'endEvent' && events.includes('error') && scope.name === 'bpmn:process',
      );
      if (ends.length === 0) {
        return [];
      }
      const isHandled = endsHandled(flow, blueprint);
      return ends.map((end): Found => {
        const message =
          'This ends the flow as a success. Let a script in front of it fail with next(new Error(…)), or set the output "status".';
        return !isHandled(end) && flow.at(end.xml, message);
      });
    },
  },
  'condition-constant': {
    error: 'A condition that never holds closes the path behind it for good.',
    flow: each('edges', ({ condition }, { at }) => {
      const isClosed =
        condition &&
        attribute(condition, 'language') === undefined &&
        /^\$\{(false|null|undefined|0)\}$/.test(condition.text.trim());
      const message = 'This condition never holds. Ask for something, or remove the path.';
      return isClosed ? at(condition, message) : false;
    }),
  },
});

function startsByScope({ nodes }: Flow): Map<XmlElement, FlowNode[]> {
  const starts = new Map<XmlElement, FlowNode[]>();
  for (const node of nodes) {
    if (node.type === 'startEvent') {
      const list = starts.get(node.scope) ?? [];
      list.push(node);
      starts.set(node.scope, list);
    }
  }
  return starts;
}

/** The check of start events in sub-processes of a kind. */
function startsIn(
  isOfKind: (scope: XmlElement) => boolean,
  isWrong: (start: FlowNode) => boolean,
  message: string,
): (flow: Flow) => Found[] {
  return ({ nodes, at }) =>
    nodes.map((node): Found => {
      const isInner = node.type === 'startEvent' && node.scope.name !== 'bpmn:process';
      return isInner && isOfKind(node.scope) && isWrong(node) && at(node.xml, message);
    });
}
