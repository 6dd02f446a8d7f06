import type { Edge, FlowNode } from '../flow/model.js';
import { attribute, childrenOf } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';

/** Rules about how the parts of a flow refer to one another. */
export const flowReferenceRules = rulesOf({
  'sequence-flow-ends': {
    error: 'A sequence flow without both ends in the same process leads nowhere.',
    flow: ({ edges, nodes, at }) => {
      const missing = new Map<string, Edge[]>();
      for (const edge of edges) {
        for (const id of lostEnds(edge)) {
          const alike = missing.get(id) ?? [];
          alike.push(edge);
          missing.set(id, alike);
        }
      }
      const loose = nodes.filter(({ incoming, outgoing, type }) => {
        const isAlone = incoming.length === 0 && outgoing.length === 0;
        return isAlone && type !== 'boundaryEvent';
      });
      // Where one node has lost its sequence flows, it is likely to be the one that they mean.
      const renamed = missing.size === 1 && loose.length === 1 ? loose[0]?.id : undefined;
      const lost = [...missing].map(([id, [first, ...others]]): Found => {
        return first && at(first.xml, lostMessage(id, [first, ...others], renamed));
      });
      const message = 'A sequence flow must not cross the border of a process or sub-process.';
      const isCrossing = ({ source, target, scope }: Edge) =>
        source && target && (source.scope !== scope || target.scope !== scope);
      return [...edges.filter(isCrossing).map(({ xml }) => at(xml, message)), ...lost];
    },
  },
  'sequence-flow-listed': {
    warning:
      'Modelers draw from the lists in the nodes; where they differ from the sequence flows, edits get lost.',
    wholeFlow: (flow, blueprint) => {
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
    flow: ({ nodes, edges, at, byId }) => {
      const named = new Set(
        edges.flatMap(({ xml }) => [attribute(xml, 'sourceRef'), attribute(xml, 'targetRef')]),
      );
      const hosts = new Map(nodes.map((node) => [node.id, node]));
      return nodes.map(({ type, attachedTo = '', scope, events, xml }): Found => {
        if (type !== 'boundaryEvent') {
          return false;
        }
        if (hosts.get(attachedTo)?.scope === scope) {
          const message = 'This boundary event catches nothing. Give it an error or a timer.';
          return events.length === 0 && at(xml, message);
        }
        // Where sequence flows name it as well, they tell what became of it.
        if (!byId.has(attachedTo) && named.has(attachedTo)) {
          return false;
        }
        const message = byId.has(attachedTo)
          ? 'This boundary event must stand in the same process as its task.'
          : 'This boundary event sits on no task. Set attachedToRef.';
        return at(xml, message);
      });
    },
  },
});

const MAX_NAMED = 5;

/** The nodes that a sequence flow names and that are not there; for an end that it does not name, its own id with a `=`. */
function lostEnds({ id, xml, source, target }: Edge): string[] {
  const lost = [source ? [] : 'sourceRef', target ? [] : 'targetRef'].flat();
  return [...new Set(lost.map((end) => attribute(xml, end) ?? `${end}=${id}`))];
}

function lostMessage(lost: string, edges: readonly Edge[], renamed: string | undefined): string {
  const [end, owner] = lost.split('=');
  if (owner !== undefined) {
    return `This sequence flow has no ${end}. Connect it, or remove it.`;
  }
  const names = edges.slice(0, MAX_NAMED).map(({ id }) => id);
  const others = edges.length > names.length ? [`${edges.length - names.length} more`] : [];
  const which =
    edges.length === 1
      ? 'This sequence flow names'
      : `The sequence flows ${[...names, ...others].join(', ')} name`;
  const hint = renamed === undefined ? ' Connect it, or remove it.' : ` Is "${renamed}" meant?`;
  return `${which} "${lost}", which is not a node of this flow.${hint}`;
}
