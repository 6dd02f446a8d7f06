import type { ScriptFacts } from '../script/facts.js';
import { readScript } from '../script/read.js';
import type { XmlDocument, XmlElement } from '../source/xml.js';
import { type Position, type Problem, problem, within } from '../text.js';
import { connectorsOf } from './connectors.js';
import type { Edge, Flow, FlowNode, InlineScript } from './model.js';
import { isJavaScript, scriptsOf } from './scripts.js';
import { stateOf } from './state.js';
import { attribute, childOf, closest, isTrue, SCOPE } from './xml-query.js';

type GrowingNode = FlowNode & { incoming: Edge[]; outgoing: Edge[] };

const NODE =
  /^bpmn:(\w*[tT]ask|callActivity|subProcess|transaction|adHocSubProcess|\w+Event|\w+Gateway)$/;
const DRAWING = /^(bpmndi|dc|di):/;

/**
 * Reads a flow.
 *
 * @param path below the blueprint's folder
 * @param document its BPMN
 * @param problems what moddle says of it
 * @param factsOf reads a script
 */
export function readFlow(
  path: string,
  document: XmlDocument,
  problems: readonly Problem[],
  factsOf: (text: string) => ScriptFacts = readScript,
): Flow {
  const byId = new Map<string, XmlElement>();
  for (const element of document.elements) {
    const id = attribute(element, 'id');
    if (id !== undefined && !byId.has(id)) {
      byId.set(id, element);
    }
  }
  const placeOf = (xml: XmlElement) => {
    const owner = closest(xml, (candidate) => 'id' in candidate.attributes);
    return { ...document.lines.at(xml.start), element: owner && attribute(owner, 'id') };
  };
  const parts = document.elements.filter(({ name }) => !DRAWING.test(name));
  const elements = runningOf(parts);
  const nodes = nodesOf(elements);
  const edges = edgesOf(elements, nodes);
  const scripts = scriptsOf(elements);
  return {
    path,
    state: stateOf(document, problems, elements, [...nodes.values()], edges),
    document,
    elements,
    // moddle often gives neither line nor column; the element that it names has both.
    problems: problems.map((one) => {
      const element = one.line === undefined ? byId.get(one.element ?? '') : undefined;
      return element ? { ...one, ...document.lines.at(element.start) } : one;
    }),
    processes: parts.filter(({ name }) => name === 'bpmn:process'),
    nodes: [...nodes.values()],
    edges,
    byId,
    connectors: connectorsOf([...nodes.values()]),
    scripts,
    inline: scripts.flatMap((script): InlineScript[] => {
      const { body, element, xml, isConnectorOutput } = script;
      if (body === undefined || !isJavaScript(script)) {
        return [];
      }
      const facts = moved(factsOf(body), document.lines.at(xml.textStart));
      return [{ file: path, element, xml, isConnectorOutput, facts }];
    }),
    placeOf,
    at: (xml, message, severity) => problem(placeOf(xml), message, severity),
  };
}

/** What is left without the processes that don't run; parents stand before their children. */
function runningOf(elements: readonly XmlElement[]): XmlElement[] {
  const idle = new Set<XmlElement>();
  for (const xml of elements) {
    const isIdle = xml.name === 'bpmn:process' && !isTrue(xml, 'isExecutable');
    if (isIdle || (xml.parent && idle.has(xml.parent))) {
      idle.add(xml);
    }
  }
  return elements.filter((xml) => !idle.has(xml));
}

function nodesOf(elements: readonly XmlElement[]): Map<string, GrowingNode> {
  const nodes = new Map<string, GrowingNode>();
  for (const xml of elements) {
    const id = attribute(xml, 'id');
    if (id === undefined || !NODE.test(xml.name) || !xml.parent || nodes.has(id)) {
      continue;
    }
    const events = xml.children.flatMap(
      ({ name }) => /^bpmn:(\w+)EventDefinition$/.exec(name)?.[1] ?? [],
    );
    nodes.set(id, {
      id,
      type: xml.name.slice('bpmn:'.length),
      xml,
      scope: closest(xml.parent, ({ name }) => SCOPE.test(name)) ?? xml.parent,
      attachedTo: attribute(xml, 'attachedToRef'),
      events,
      incoming: [],
      outgoing: [],
    });
  }
  return nodes;
}

function edgesOf(elements: readonly XmlElement[], nodes: Map<string, GrowingNode>): Edge[] {
  return elements.flatMap((xml): Edge[] => {
    if (xml.name !== 'bpmn:sequenceFlow' || !xml.parent) {
      return [];
    }
    const source = nodes.get(attribute(xml, 'sourceRef') ?? '');
    const target = nodes.get(attribute(xml, 'targetRef') ?? '');
    const edge: Edge = {
      id: attribute(xml, 'id') ?? '',
      xml,
      scope: closest(xml.parent, ({ name }) => SCOPE.test(name)) ?? xml.parent,
      source,
      target,
      condition: childOf(xml, 'bpmn:conditionExpression'),
    };
    source?.outgoing.push(edge);
    target?.incoming.push(edge);
    return [edge];
  });
}

/** Places in a script's text, as places in the file that holds it. */
function moved(facts: ScriptFacts, start: Position): ScriptFacts {
  const move = <T extends Position>(place: T): T => ({ ...place, ...within(start, place) });
  return {
    ...facts,
    ...(facts.problem && { problem: move(facts.problem) }),
    start: move(facts.start),
    ...(facts.branch && { branch: move(facts.branch) }),
    free: facts.free.map(move),
    chains: facts.chains.map(move),
    literals: facts.literals.map(move),
    outside: facts.outside.map(move),
    reassigned: facts.reassigned.map(move),
    printed: facts.printed.map(move),
    told: facts.told.map((told) => ({
      ...move(told),
      ...(told.result && { result: told.result.map(move) }),
    })),
    unguarded: facts.unguarded.map(move),
    slips: facts.slips.map(move),
    answers: facts.answers.map((answer) => ({
      ...move(answer),
      ...(answer.members && { members: answer.members.map(move) }),
    })),
  };
}
