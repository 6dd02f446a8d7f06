import type { ScriptUse } from '../finding.js';
import type { Position, TextFile } from '../model.js';
import type { ScriptFacts } from '../script/facts.js';
import { readScript } from '../script/read.js';
import { within } from '../source/position.js';
import { readXml, type XmlElement } from '../source/xml.js';
import { connectorsOf } from './connectors.js';
import type { Edge, Flow, FlowNode, FlowProblem } from './model.js';
import { scriptsOf } from './scripts.js';
import { attribute, childOf, closest } from './xml-query.js';

const NODE =
  /^bpmn:(\w*[tT]ask|callActivity|subProcess|transaction|adHocSubProcess|\w+Event|\w+Gateway)$/;
const DRAWING = /^(bpmndi|dc|di):/;
const SCOPE = /^bpmn:(process|subProcess|transaction|adHocSubProcess)$/;

/**
 * Reads a flow.
 *
 * @param file its BPMN
 * @param problems what moddle says of it
 */
export function readFlow({ path, text }: TextFile, problems: readonly FlowProblem[]): Flow {
  const document = readXml(text);
  const byId = new Map<string, XmlElement>();
  for (const element of document.elements) {
    const id = attribute(element, 'id');
    if (id !== undefined && !byId.has(id)) {
      byId.set(id, element);
    }
  }
  const at = (xml: XmlElement): Position & { element?: string } => {
    const owner = closest(xml, (candidate) => 'id' in candidate.attributes);
    const element = owner && attribute(owner, 'id');
    return { ...document.lines.at(xml.start), ...(element !== undefined && { element }) };
  };
  const elements = document.elements.filter(({ name }) => !DRAWING.test(name));
  const nodes = nodesOf(elements);
  const edges = edgesOf(elements, nodes);
  const scripts = scriptsOf(elements);
  return {
    path,
    document,
    elements,
    problems: problems.map((problem) =>
      located(problem, byId, document.lines.at.bind(document.lines)),
    ),
    processes: elements.filter(({ name }) => name === 'bpmn:process'),
    nodes: [...nodes.values()],
    edges,
    byId,
    connectors: connectorsOf([...nodes.values()]),
    scripts,
    inline: scripts.flatMap(({ body, element, xml, isConnectorOutput }): ScriptUse[] => {
      if (body === undefined) {
        return [];
      }
      const facts = moved(readScript(body), document.lines.at(xml.textStart));
      return [{ file: path, element, isConnectorOutput, facts }];
    }),
    at,
  };
}

function nodesOf(
  elements: readonly XmlElement[],
): Map<string, FlowNode & { incoming: Edge[]; outgoing: Edge[] }> {
  const nodes = new Map<string, FlowNode & { incoming: Edge[]; outgoing: Edge[] }>();
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

function edgesOf(
  elements: readonly XmlElement[],
  nodes: ReadonlyMap<string, FlowNode & { incoming: Edge[]; outgoing: Edge[] }>,
): Edge[] {
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

/** moddle often tells neither line nor column; the element that it names has both. */
function located(
  problem: FlowProblem,
  byId: ReadonlyMap<string, XmlElement>,
  placeOf: (offset: number) => Position,
): FlowProblem {
  const element = byId.get(problem.element ?? '');
  if (problem.line !== undefined || !element) {
    return problem;
  }
  return { ...problem, ...placeOf(element.start) };
}

/** Places in a script's text, as places in the file that holds it. */
function moved(facts: ScriptFacts, start: Position): ScriptFacts {
  const move = <T extends Position>(place: T): T => ({ ...place, ...within(start, place) });
  return {
    ...facts,
    ...(facts.problem && { problem: move(facts.problem) }),
    free: facts.free.map(move),
    chains: facts.chains.map(move),
    literals: facts.literals.map(move),
  };
}
