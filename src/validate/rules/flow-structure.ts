import type { Flow, FlowNode } from '../flow/model.js';
import { beginsItself, isEventSubProcess, leadingToAnEnd, reachable } from '../flow/reach.js';
import { childrenOf, isTrue } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';

/** Rules about how the nodes of a flow hang together. */
export const flowStructureRules = rulesOf({
  'start-event-required': {
    error: 'Without a start event the engine begins at every node that nothing leads to.',
    flow: lacking('startEvent', 'There is no start event. Add one where the process begins.'),
  },
  'end-event-required': {
    warning: 'Without an end event nobody sees where the process is done.',
    flow: lacking('endEvent', 'There is no end event. Add one where the process is done.'),
  },
  'no-disconnected': {
    error:
      'A node that is connected to nothing never runs, or runs at once, as the engine takes it for a start.',
    flow: each('nodes', (node, { at }) => {
      // A start event by itself runs, but to no end.
      const severity = node.type === 'startEvent' ? 'warning' : 'error';
      const message = 'Nothing is connected to this. Connect it, or remove it.';
      return isDisconnected(node) && at(node.xml, message, severity);
    }),
  },
  'no-implicit-start': {
    error:
      'A node that nothing leads to never runs, or runs at once, as the engine takes it for a start.',
    flow: unreachable(isImplicitStart, 'nothing leads here'),
  },
  'no-unreachable': {
    error: 'A node that only unreachable nodes lead to never runs.',
    flow: unreachable((node) => !isImplicitStart(node), 'nothing leads here from the start'),
  },
  'no-implicit-end': {
    warning: 'A path that stops without an end event ends silently, and looks forgotten.',
    flow: each('nodes', (node, { at }) => {
      const isLink = node.events.includes('link') && node.type === 'intermediateThrowEvent';
      // A script may be there to fail the flow with a sentence.
      const isEnd = node.type === 'endEvent' || node.type === 'scriptTask' || isLink;
      const compensates =
        isTrue(node.xml, 'isForCompensation') || node.events.includes('compensate');
      const stops =
        node.outgoing.length === 0 && !isEnd && !compensates && !isEventSubProcess(node);
      const message = 'The path stops here. Lead it to an end event.';
      return stops && !isDisconnected(node) && at(node.xml, message);
    }),
  },
  'no-endless-loop': {
    warning: 'A flow that comes here runs in a loop for ever.',
    flow: ({ nodes, at }) => {
      const ending = leadingToAnEnd(nodes);
      return nodes.map((node): Found => {
        const message = 'From here no path leads to an end. Add one that leaves the loop.';
        return !ending.has(node) && node.outgoing.length > 0 && at(node.xml, message);
      });
    },
  },
  'sequence-flow-ends': {
    error: 'A sequence flow without both ends in the same process leads nowhere.',
    flow: each('edges', ({ xml, source, target, scope }, { at }) => {
      if (!source || !target) {
        const end = source ? 'targetRef' : 'sourceRef';
        return at(xml, `This sequence flow has no ${end} that is a node of this flow.`);
      }
      const message = 'A sequence flow must not cross the border of a process or sub-process.';
      return (source.scope !== scope || target.scope !== scope) && at(xml, message);
    }),
  },
  'sequence-flow-listed': {
    warning:
      'Modelers draw from the lists in the nodes; where they differ from the sequence flows, edits get lost.',
    flow: (flow, blueprint) => {
      const check = each('nodes', ({ xml, incoming, outgoing }, { at }) => {
        const differs = (name: string, edges: FlowNode['incoming']) => {
          const listed = childrenOf(xml, name).map(({ text }) => text.trim().replace(/^.*:/, ''));
          const drawn = edges.map(({ id }) => id);
          return listed.sort().join() !== drawn.sort().join();
        };
        const message =
          'Its incoming and outgoing lists differ from the sequence flows. Save it in the modeler once.';
        const isOff = differs('bpmn:incoming', incoming) || differs('bpmn:outgoing', outgoing);
        return isOff && at(xml, message);
      });
      const isList = ({ name }: { name: string }) => /^bpmn:(incoming|outgoing)$/.test(name);
      return flow.nodes.some(({ xml }) => xml.children.some(isList)) ? check(flow, blueprint) : [];
    },
  },
  'boundary-attached': {
    error: 'A boundary event that sits on no task catches nothing.',
    flow: ({ nodes, at, byId }) => {
      const hosts = new Map(nodes.map((node) => [node.id, node]));
      return nodes.map(({ type, attachedTo = '', scope, events, xml }): Found => {
        if (type !== 'boundaryEvent') {
          return false;
        }
        if (hosts.get(attachedTo)?.scope === scope) {
          const message = 'This boundary event catches nothing. Give it an error or a timer.';
          return events.length === 0 && at(xml, message);
        }
        const message = byId.has(attachedTo)
          ? 'This boundary event must stand in the same process as its task.'
          : 'This boundary event sits on no task. Set attachedToRef.';
        return at(xml, message);
      });
    },
  },
});

/** The check that says of each process and sub-process that it has no event of a type. */
function lacking(type: string, message: string) {
  return ({ nodes, processes, at }: Flow): Found[] => {
    const having = new Set(nodes.filter((node) => node.type === type).map(({ scope }) => scope));
    const inner = nodes.filter((node) => node.type === 'subProcess' || node.type === 'transaction');
    const outer = processes.filter((process) => isTrue(process, 'isExecutable'));
    const scopes = [...outer, ...inner.map(({ xml }) => xml)];
    return scopes.map((scope) => !having.has(scope) && at(scope, message));
  };
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
