import type { Place } from '../text.js';
import { bodiesOf, expressionsOf } from './expressions.js';
import type { Connector, Flow, FlowNode } from './model.js';
import { oncePerFlow } from './once.js';
import { nodesByXml, ownerOf, readsOf } from './reads.js';
import { scriptUses } from './uses.js';
import { closest } from './xml-query.js';

/** What is read of the body that a call answers. */
export interface BodyRead {
  /** Below the body, such as `output.access_token`. */
  readonly path: string;
  readonly place: Place;
  /** Whether a script only asks for it. */
  readonly isAsked: boolean;
}

const OF_CONTENT = /^content\.output\.body\.(.+)$/;
const OF_ANSWER = /^(?:content\.output\.)?body\.(.+)$/;

/** @returns what the outputs of each call, and of its task where the call has none, read of the body */
export const bodyReads = oncePerFlow(
  (flow: Flow, blueprint): ReadonlyMap<Connector, readonly BodyRead[]> => {
    const byXml = new Map(flow.connectors.map((one) => [one.xml, one]));
    const byNode = new Map<FlowNode, Connector>(flow.connectors.map((one) => [one.node, one]));
    const nodes = nodesByXml(flow, blueprint);
    const found = new Map<Connector, BodyRead[]>();
    const add = (connector: Connector | undefined, read: BodyRead) => {
      if (connector) {
        const list = found.get(connector) ?? [];
        list.push(read);
        found.set(connector, list);
      }
    };
    for (const { path, xml, place, isAsked } of readsOf(flow, blueprint)) {
      const below = OF_CONTENT.exec(path)?.[1];
      const node = below === undefined ? undefined : ownerOf(xml, nodes);
      const connector = node && byNode.get(node);
      // Where the connector puts out values of its own, its answer is not what the task sees.
      if (connector?.outputs.length === 0 && below !== undefined) {
        add(connector, { path: below, place, isAsked });
      }
    }
    for (const { script, facts, isInline } of scriptUses(flow, blueprint)) {
      const connector = script.isConnectorOutput
        ? byXml.get(closest(script.xml, ({ name }) => name === 'camunda:connector') ?? script.xml)
        : undefined;
      for (const { path, line, column, access, isAsked = false } of connector ? facts.chains : []) {
        const below =
          access === 'read' || access === 'call' ? OF_ANSWER.exec(path)?.[1] : undefined;
        const place = isInline
          ? { line, column, element: script.element }
          : { file: blueprint.locate(script.file ?? ''), line, column };
        if (below !== undefined) {
          add(connector, { path: below, place, isAsked });
        }
      }
    }
    for (const { text, xml } of expressionsOf(flow)) {
      const parameter = closest(xml, ({ name }) => name === 'camunda:outputParameter');
      const holder = parameter?.parent?.parent;
      for (const body of holder && byXml.has(holder) ? bodiesOf(text) : []) {
        const below = /^\s*body\.([\w$.]+)/.exec(body)?.[1];
        if (holder && below !== undefined) {
          add(byXml.get(holder), { path: below, place: flow.placeOf(xml), isAsked: false });
        }
      }
    }
    return found;
  },
);
