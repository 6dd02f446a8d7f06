import type { Flow } from '../flow/model.js';
import { attribute, childOf, childrenOf } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';
import type { XmlElement } from '../source/xml.js';

const DRAWN =
  /^bpmn:(participant|lane|textAnnotation|association|messageFlow|dataObjectReference|dataStoreReference)$/;
const LINES = /^bpmn:(sequenceFlow|association|messageFlow|data(Input|Output)Association)$/;

/** Rules about the diagram: what nobody sees is edited by nobody. */
export const flowDiagramRules = rulesOf({
  'no-bpmndi': {
    warning: 'An element that is not drawn runs all the same, but nobody sees it in the modeler.',
    wholeFlow: (flow) => {
      const drawn = new Set(shapesOf(flow).map(({ of }) => of));
      const others = flow.document.elements.filter(({ name }) => DRAWN.test(name));
      const [process] = flow.processes;
      // One that was written by hand has none at all.
      if (drawn.size === 0 && process && flow.nodes.length > 0) {
        return [flow.at(process, 'This flow has no diagram. Draw it in the modeler.')];
      }
      const parts = [...flow.nodes, ...flow.edges].map(({ xml }) => xml);
      return [...parts, ...others].map((xml): Found => {
        const id = attribute(xml, 'id');
        const kind = LINES.test(xml.name) ? 'edge' : 'shape';
        const message = `The diagram has no ${kind} for this. Draw it in the modeler.`;
        return id !== undefined && !drawn.has(id) && flow.at(xml, message);
      });
    },
  },
  'diagram-broken': {
    warning: 'A shape without a place, or for something that does not exist, breaks the drawing.',
    wholeFlow: (flow) => {
      const seen = new Set<string | undefined>();
      return shapesOf(flow).map((shape): Found => {
        const wrong = shapeProblem(shape, flow, seen.has(shape.of));
        seen.add(shape.of);
        return wrong !== undefined && flow.at(shape.xml, wrong);
      });
    },
  },
  'lane-missing': {
    warning: 'In a process with lanes, an element in none of them belongs to nobody.',
    wholeFlow: (flow, blueprint) => {
      const refs = flow.document.elements.filter(({ name }) => name === 'bpmn:flowNodeRef');
      const laned = new Set(refs.map(({ text }) => text.trim()));
      const check = each('nodes', ({ id, xml, scope, attachedTo }, { at }) => {
        const hasLanes =
          scope.name === 'bpmn:process' && childOf(scope, 'bpmn:laneSet') !== undefined;
        const isOut = hasLanes && !laned.has(id) && attachedTo === undefined;
        return isOut && at(xml, 'This is in no lane. Move it into one in the modeler.');
      });
      return laned.size > 0 ? check(flow, blueprint) : [];
    },
  },
});

interface Shape {
  readonly xml: XmlElement;
  readonly of: string | undefined;
  readonly isEdge: boolean;
}

function shapesOf({ document }: Flow): Shape[] {
  return document.elements
    .filter(({ name }) => name === 'bpmndi:BPMNEdge' || name === 'bpmndi:BPMNShape')
    .map((xml) => ({
      xml,
      of: attribute(xml, 'bpmnElement')?.replace(/^.*:/, ''),
      isEdge: xml.name === 'bpmndi:BPMNEdge',
    }));
}

function shapeProblem({ xml, of, isEdge }: Shape, { byId }: Flow, isSecond: boolean) {
  const element = byId.get(of ?? '');
  if (!element) {
    return 'The diagram draws something that is not in the flow.';
  }
  if (isSecond) {
    return `The diagram draws ${of} twice.`;
  }
  if (isEdge !== LINES.test(element.name)) {
    return `The diagram draws ${of} as the wrong kind.`;
  }
  if (isEdge) {
    const points = childrenOf(xml, 'di:waypoint').filter((point) => hasNumbers(point, ['x', 'y']));
    return points.length > 1 ? undefined : `The edge of ${of} has fewer than two waypoints.`;
  }
  const bounds = childOf(xml, 'dc:Bounds');
  const isPlaced = bounds && hasNumbers(bounds, ['x', 'y', 'width', 'height']);
  return isPlaced ? undefined : `The shape of ${of} lacks x, y, width or height.`;
}

function hasNumbers(element: XmlElement, names: readonly string[]): boolean {
  return names.every((name) => /^-?\d+(\.\d+)?$/.test(attribute(element, name) ?? ''));
}
