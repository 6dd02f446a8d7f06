import type { Flow, FlowNode } from '../flow/model.js';
import { beginsItself, endlessLoops, isEventSubProcess, reachable } from '../flow/reach.js';
import { isTrue, SCOPE } from '../flow/xml-query.js';
import { type Found, rulesOf } from '../rule.js';
import type { XmlElement } from '../source/xml.js';

/** Rules about how the nodes of a flow hang together. */
export const flowStructureRules = rulesOf({
  'start-event-required': {
    error: 'Without a start event the engine begins at every node that nothing leads to.',
    wholeFlow: ({ nodes, processes, at }) => {
      const starting = scopesWith(nodes, 'startEvent');
      const message = 'There is no start event. Add one where the process begins.';
      // A sub-process without one begins at what nothing leads to, on the engine as well.
      return processes.map(
        (process): Found =>
          isTrue(process, 'isExecutable') && !starting.has(process) && at(process, message),
      );
    },
  },
  'end-event-required': {
    warning: 'Without an end event nobody sees where the process is done.',
    wholeFlow: ({ nodes, processes, at }) => {
      const ending = scopesWith(nodes, 'endEvent');
      const starting = scopesWith(nodes, 'startEvent');
      const inner = nodes.map(({ xml }) => xml).filter((xml) => starting.has(xml));
      const outer = processes.filter((process) => isTrue(process, 'isExecutable'));
      const message = 'There is no end event. Add one where the process is done.';
      return [...outer, ...inner].map((scope): Found => !ending.has(scope) && at(scope, message));
    },
  },
  'sub-process-empty': {
    warning:
      'A sub-process with nothing in it does nothing, and looks as if something were forgotten.',
    wholeFlow: ({ nodes, at }) => {
      const filled = new Set(nodes.map(({ scope }) => scope));
      return nodes.map(({ xml }): Found => {
        const message = 'This sub-process is empty. Draw what it does, or remove it.';
        return SCOPE.test(xml.name) && !filled.has(xml) && at(xml, message);
      });
    },
  },
  'no-disconnected': {
    error:
      'A node that is connected to nothing never runs, or runs at once, as the engine takes it for a start.',
    wholeFlow: ({ nodes, at }) => {
      const starting = scopesWith(nodes, 'startEvent');
      return nodes.map((node): Found => {
        // A start event by itself runs, but to no end.
        const severity = node.type === 'startEvent' ? 'warning' : 'error';
        const message = 'Nothing is connected to this. Connect it, or remove it.';
        return isDisconnected(node) && starting.has(node.scope) && at(node.xml, message, severity);
      });
    },
  },
  'no-implicit-start': {
    error:
      'A node that nothing leads to never runs, or runs at once, as the engine takes it for a start.',
    wholeFlow: unreachable(isImplicitStart, 'nothing leads here'),
  },
  'no-unreachable': {
    error: 'A node that only unreachable nodes lead to never runs.',
    wholeFlow: unreachable((node) => !isImplicitStart(node), 'nothing leads here from the start'),
  },
  'no-implicit-end': {
    warning: 'A path that stops without an end event ends silently, and looks forgotten.',
    wholeFlow: ({ nodes, at }) => {
      const ending = scopesWith(nodes, 'endEvent');
      return nodes.map((node): Found => {
        const message = 'The path stops here. Lead it to an end event.';
        // Where there is no end event at all, that is said instead.
        const isSaid = !ending.has(node.scope) || isDisconnected(node);
        return stopsSilently(node) && !isSaid && at(node.xml, message);
      });
    },
  },
  'no-endless-loop': {
    warning: 'A flow that comes here runs in a loop for ever.',
    wholeFlow: ({ nodes, at }) => {
      const message = 'No path leads out of the loop that goes through here. Add one.';
      return endlessLoops(nodes).map((loop): Found => {
        const node = loop.find(({ type }) => type.endsWith('Gateway')) ?? loop[0];
        return node && at(node.xml, message);
      });
    },
  },
});

/** The processes and sub-processes with an event of a type in them. */
function scopesWith(nodes: readonly FlowNode[], type: string): Set<XmlElement> {
  return new Set(nodes.filter((node) => node.type === type).map(({ scope }) => scope));
}

/** Whether a path stops at a node without an end event. */
function stopsSilently(node: FlowNode): boolean {
  const isLink = node.events.includes('link') && node.type === 'intermediateThrowEvent';
  // A script may be there to fail the flow with a sentence.
  const isEnd = node.type === 'endEvent' || node.type === 'scriptTask' || isLink;
  const compensates = isTrue(node.xml, 'isForCompensation') || node.events.includes('compensate');
  const isLoose = node.scope.name === 'bpmn:adHocSubProcess';
  const mayStop = isEnd || compensates || isLoose || isEventSubProcess(node);
  return node.outgoing.length === 0 && !mayStop;
}

/** The check that says why a kind of node is never reached. */
function unreachable(isOfKind: (node: FlowNode) => boolean, why: string) {
  return ({ nodes, at }: Flow): Found[] => {
    const reached = reachable(nodes);
    const dead = nodes.filter((node) => !reached.has(node) && !isDisconnected(node));
    const message = `Unreachable: ${why}. Connect it, or remove it.`;
    return dead.filter(isOfKind).map(({ xml }) => at(xml, message));
  };
}

function isDisconnected(node: FlowNode): boolean {
  const isAlone = node.incoming.length === 0 && node.outgoing.length === 0;
  return isAlone && node.type !== 'boundaryEvent' && !beginsItself(node);
}

/** Whether the engine would begin at a node, although it is no start event. */
function isImplicitStart(node: FlowNode): boolean {
  const isMeant = /^(start|boundary)Event$/.test(node.type) || beginsItself(node);
  return node.incoming.length === 0 && !isMeant;
}
