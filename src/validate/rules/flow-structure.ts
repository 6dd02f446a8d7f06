import type { Found, Rule } from '../finding.js';
import type { Flow } from '../flow/model.js';
import { isSubProcessOfEvents, leadingToAnEnd, reachable } from '../flow/reach.js';
import { attribute, childrenOf } from '../flow/xml-query.js';
import type { XmlElement } from '../source/xml.js';

/** Rules about how the nodes of a flow hang together. */
export const flowStructureRules: readonly Rule[] = [
  {
    id: 'start-missing',
    severity: 'error',
    why: 'Without a start event the engine begins at every node that no way leads to.',
    flow: ({ nodes, at, ...flow }) =>
      scopesOf({ ...flow, at, nodes }).flatMap((scope): Found[] => {
        if (nodes.some((node) => node.scope === scope && node.type === 'startEvent')) {
          return [];
        }
        return [{ ...at(scope), message: 'There is no start event. Add one where it begins.' }];
      }),
  },
  {
    id: 'end-missing',
    severity: 'warning',
    why: 'Without an end event nobody sees where the process is done.',
    flow: ({ nodes, at, ...flow }) =>
      scopesOf({ ...flow, at, nodes }).flatMap((scope): Found[] => {
        if (nodes.some((node) => node.scope === scope && node.type === 'endEvent')) {
          return [];
        }
        return [{ ...at(scope), message: 'There is no end event. Add one where it is done.' }];
      }),
  },
  {
    id: 'node-dead',
    severity: 'error',
    why: 'A node that no way leads to never runs, or runs at once, as the engine takes it for a start.',
    flow: ({ nodes, at }) => {
      const reached = reachable(nodes);
      return nodes.flatMap((node): Found[] => {
        if (reached.has(node)) {
          return [];
        }
        return [
          {
            ...at(node.xml),
            message: 'No way leads here from the start. Connect it, or take it out.',
          },
        ];
      });
    },
  },
  {
    id: 'node-without-way-out',
    severity: 'warning',
    why: 'A way that stops without an end event ends silently, and looks forgotten.',
    flow: ({ nodes, at }) =>
      nodes.flatMap((node): Found[] => {
        const isLink = node.events.includes('link') && node.type === 'intermediateThrowEvent';
        // A script may be there to fail the flow with a sentence.
        const isEnd = node.type === 'endEvent' || node.type === 'scriptTask';
        const stands = node.outgoing.length > 0 || isEnd || isLink || isSubProcessOfEvents(node);
        if (
          stands ||
          attribute(node.xml, 'isForCompensation') === 'true' ||
          node.events.includes('compensate')
        ) {
          return [];
        }
        return [{ ...at(node.xml), message: 'The way stops here. Lead it to an end event.' }];
      }),
  },
  {
    id: 'way-without-end',
    severity: 'warning',
    why: 'A flow that comes here runs in a circle for ever.',
    flow: ({ nodes, at }) => {
      const ending = leadingToAnEnd(nodes);
      return nodes.flatMap((node): Found[] => {
        if (ending.has(node) || node.outgoing.length === 0) {
          return [];
        }
        return [
          {
            ...at(node.xml),
            message: 'From here no way leads to an end. Add one that leaves the circle.',
          },
        ];
      });
    },
  },
  {
    id: 'sequence-flow-ends',
    severity: 'error',
    why: 'A sequence flow without both ends in the same process leads nowhere.',
    flow: ({ edges, at }) =>
      edges.flatMap(({ xml, source, target, scope }): Found[] => {
        const missing = !source ? 'sourceRef' : !target ? 'targetRef' : undefined;
        if (missing) {
          const message = `This sequence flow has no ${missing} that is a node of this flow.`;
          return [{ ...at(xml), message }];
        }
        if (source?.scope === scope && target?.scope === scope) {
          return [];
        }
        return [
          {
            ...at(xml),
            message: 'A sequence flow must not cross the border of a process or sub-process.',
          },
        ];
      }),
  },
  {
    id: 'sequence-flow-listed',
    severity: 'warning',
    why: 'Modelers draw from the lists in the nodes; where they differ from the sequence flows, edits get lost.',
    flow: ({ nodes, at }) => {
      const lists = nodes.some(({ xml }) =>
        xml.children.some(({ name }) => /^bpmn:(incoming|outgoing)$/.test(name)),
      );
      if (!lists) {
        return [];
      }
      return nodes.flatMap(({ xml, incoming, outgoing }): Found[] => {
        const differs = (name: string, ids: readonly string[]) => {
          const listed = childrenOf(xml, name).map(({ text }) => text.trim().replace(/^.*:/, ''));
          return [...listed].sort().join() !== [...ids].sort().join();
        };
        const isOff =
          differs(
            'bpmn:incoming',
            incoming.map(({ id }) => id),
          ) ||
          differs(
            'bpmn:outgoing',
            outgoing.map(({ id }) => id),
          );
        if (!isOff) {
          return [];
        }
        const message =
          'Its incoming and outgoing lists differ from the sequence flows. Save it in the modeler once.';
        return [{ ...at(xml), message }];
      });
    },
  },
  {
    id: 'boundary-attached',
    severity: 'error',
    why: 'A boundary event that sits on no task catches nothing.',
    flow: ({ nodes, at, byId }) => {
      const hosts = new Map(nodes.map((node) => [node.id, node]));
      return nodes.flatMap((node): Found[] => {
        if (node.type !== 'boundaryEvent') {
          return [];
        }
        const host = hosts.get(node.attachedTo ?? '');
        if (host?.scope === node.scope) {
          if (node.events.length > 0) {
            return [];
          }
          return [
            {
              ...at(node.xml),
              message: 'This boundary event catches nothing. Give it an error or a timer.',
            },
          ];
        }
        const known = byId.has(node.attachedTo ?? '');
        const message = known
          ? 'This boundary event must stand in the same process as its task.'
          : 'This boundary event sits on no task. Set attachedToRef.';
        return [{ ...at(node.xml), message }];
      });
    },
  },
];

/** The processes and sub-processes that begin at a start event. */
function scopesOf({ nodes, processes }: Pick<Flow, 'nodes' | 'processes' | 'at'>): XmlElement[] {
  const inner = nodes
    .filter(({ type }) => type === 'subProcess' || type === 'transaction')
    .map(({ xml }) => xml);
  return [
    ...processes.filter((process) => attribute(process, 'isExecutable') === 'true'),
    ...inner,
  ];
}
