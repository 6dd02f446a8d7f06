import type { Blueprint } from '../blueprint.js';
import type { XmlElement } from '../source/xml.js';
import type { Place } from '../text.js';
import { bodiesOf, expressionsOf } from './expressions.js';
import type { Flow, FlowNode } from './model.js';
import { oncePerFlow } from './once.js';
import { type ScriptAt, scriptUses } from './uses.js';
import { closest } from './xml-query.js';

/** What an expression or a script of a flow reads of `content`. */
export interface Read {
  /** Such as `content.output.body`. */
  readonly path: string;
  readonly xml: XmlElement;
  readonly place: Place;
  readonly isScript: boolean;
  /** Whether a script only asks for it. */
  readonly isAsked: boolean;
}

/** @returns what the expressions and scripts of a flow read of `content` */
export const readsOf = oncePerFlow((flow, blueprint: Blueprint): readonly Read[] => {
  const inExpressions = expressionsOf(flow).flatMap(({ text, xml }) =>
    bodiesOf(text).flatMap((body): Read[] => {
      const path = /^\s*(content\.[\w$.]+)/.exec(body)?.[1];
      const read = { xml, place: flow.placeOf(xml), isScript: false, isAsked: false };
      return path === undefined ? [] : [{ path, ...read }];
    }),
  );
  const inScripts = scriptUses(flow, blueprint).flatMap((use) => scriptReads(use, flow));
  return [...inExpressions, ...inScripts];
});

function scriptReads({ script, facts, isInline }: ScriptAt, flow: Flow): Read[] {
  const chains = facts.chains.filter(({ path }) => path.startsWith('content.'));
  return chains.map(({ path, line, column, isAsked = false }): Read => {
    const place = isInline ? { line, column, element: script.element } : flow.placeOf(script.xml);
    return { path, xml: script.xml, place, isScript: true, isAsked };
  });
}

/** @returns the nodes of a flow by their elements */
export const nodesByXml = oncePerFlow(
  ({ nodes }): ReadonlyMap<XmlElement, FlowNode> => new Map(nodes.map((node) => [node.xml, node])),
);

/** @returns the node in whose own output parameter something stands; undefined for its connector's and for its inputs */
export function ownerOf(
  xml: XmlElement,
  nodes: ReadonlyMap<XmlElement, FlowNode>,
): FlowNode | undefined {
  const parameter = closest(xml, ({ name }) => name === 'camunda:outputParameter');
  const extensions = parameter?.parent?.parent;
  return extensions?.name === 'bpmn:extensionElements' && extensions.parent
    ? nodes.get(extensions.parent)
    : undefined;
}
