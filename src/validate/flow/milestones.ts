import type { XmlElement } from '../source/xml.js';
import { entriesOf, nodeInputs, nodeOutputs } from './connectors.js';
import type { Flow, FlowNode, Parameter } from './model.js';
import { childOf, isTrue } from './xml-query.js';

/** A parameter `state`: what it tells of milestones. */
export interface Milestone {
  readonly node: FlowNode;
  readonly xml: XmlElement;
  /** Undefined where it is worked out at run time. */
  readonly ids: readonly string[] | undefined;
  /** Whether it has a result, and so ends them. */
  readonly ends: boolean;
  readonly hasName: boolean;
}

/** @returns what each parameter `state` of a flow tells */
export function milestonesOf({ nodes }: Flow): Milestone[] {
  return nodes.flatMap((node) => [
    ...nodeInputs(node)
      .filter(isState)
      .map((state) => milestoneOf(node, state)),
    ...nodeOutputs(node)
      .filter(isState)
      .map((state) => ({ ...milestoneOf(node, state), ends: true })),
  ]);
}

/** @returns the nodes from which every milestone of an id comes to its end, or may */
export function leadingTo(enders: readonly FlowNode[], { nodes }: Flow): Set<FlowNode> {
  const owners = new Map(nodes.map((node) => [node.xml, node]));
  const leads = new Set<FlowNode>();
  const waiting = [...enders];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (leads.has(node)) {
      continue;
    }
    leads.add(node);
    waiting.push(...node.incoming.flatMap(({ source }) => source ?? []));
    // What ends somewhere in a sub-process ends with it, and an event sub-process may begin at any time.
    const owner = owners.get(node.scope);
    waiting.push(...(owner ? [owner] : []));
    if (owner && isTrue(owner.xml, 'triggeredByEvent')) {
      return new Set(nodes);
    }
  }
  // From within a sub-process the path goes on behind it; parents stand before their children.
  const beyond = new Set<FlowNode>();
  for (const node of nodes) {
    const owner = owners.get(node.scope);
    const goesOn = owner?.outgoing.some(({ target }) => target && leads.has(target));
    if (owner && (goesOn || beyond.has(owner))) {
      leads.add(node);
      beyond.add(node);
    }
  }
  return leads;
}

function isState({ name }: Parameter): boolean {
  return name === 'state';
}

function milestoneOf(node: FlowNode, state: Parameter): Milestone {
  const { xml } = state;
  const script = childOf(xml, 'camunda:script');
  if (childOf(xml, 'camunda:map')) {
    const entries = entriesOf(state);
    const id = entries.find(({ name }) => name === 'id');
    const isFixed = id?.text !== undefined && id.text !== '' && !id.text.includes('${');
    return {
      node,
      xml,
      ids: isFixed ? [id.text] : id ? undefined : [],
      ends: entries.some(({ name }) => name.startsWith('result')),
      hasName: entries.some(({ name }) => name === 'name'),
    };
  }
  const text = script?.text ?? '';
  const fixed = [...text.matchAll(/\bid['"]?\s*:\s*(['"])([\w.-]+)\1/g)].map(([, , id = '']) => id);
  const all = text.match(/\bid['"]?\s*:|[{,]\s*id\s*[,}]|\.\.\./g) ?? [];
  return {
    node,
    xml,
    ids: fixed.length > 0 && fixed.length === all.length ? fixed : undefined,
    ends: /\bresult\b/.test(text) || script === undefined,
    hasName: /\bname\b/.test(text),
  };
}
