import type { Found, Rule } from '../finding.js';
import type { Flow } from '../flow/model.js';
import { attribute, childOf, childrenOf } from '../flow/xml-query.js';
import type { XmlElement } from '../source/xml.js';

const DRAWN =
  /^bpmn:(participant|lane|textAnnotation|association|messageFlow|dataObjectReference|dataStoreReference)$/;
const LINES = /^bpmn:(sequenceFlow|association|messageFlow)$/;

/** Rules about the diagram: what nobody sees is edited by nobody. */
export const flowDiagramRules: readonly Rule[] = [
  {
    id: 'diagram-missing',
    severity: 'warning',
    why: 'An element that is not drawn runs all the same, but nobody sees it in the modeler.',
    flow: (flow) => {
      const drawn = new Set(shapesOf(flow).map(({ of }) => of));
      const elements = flow.document.elements.filter(({ name }) => DRAWN.test(name));
      return [...flow.nodes, ...flow.edges]
        .map(({ xml }) => xml)
        .concat(elements)
        .flatMap((xml): Found[] => {
          const id = attribute(xml, 'id');
          if (id === undefined || drawn.has(id)) {
            return [];
          }
          const kind = LINES.test(xml.name) ? 'edge' : 'shape';
          return [
            {
              ...flow.at(xml),
              message: `The diagram has no ${kind} for it. Draw it in the modeler.`,
            },
          ];
        });
    },
  },
  {
    id: 'diagram-broken',
    severity: 'warning',
    why: 'A shape without a place, or for something that is not there, breaks the drawing.',
    flow: (flow) => {
      const seen = new Set<string>();
      return shapesOf(flow).flatMap(({ xml, of, isEdge }): Found[] => {
        const say = (message: string): Found[] => [{ ...flow.at(xml), message }];
        const element = of === undefined ? undefined : flow.byId.get(of);
        if (of === undefined || !element) {
          return say('The diagram draws something that is not in the flow.');
        }
        if (seen.has(of)) {
          return say(`The diagram draws ${of} twice.`);
        }
        seen.add(of);
        if (isEdge !== LINES.test(element.name)) {
          return say(`The diagram draws ${of} as the wrong kind.`);
        }
        if (isEdge) {
          const isLine = childrenOf(xml, 'di:waypoint').filter(hasNumbers(['x', 'y'])).length > 1;
          return isLine ? [] : say(`The edge of ${of} has fewer than two waypoints.`);
        }
        const bounds = childOf(xml, 'dc:Bounds');
        const isPlaced = bounds !== undefined && hasNumbers(['x', 'y', 'width', 'height'])(bounds);
        return isPlaced ? [] : say(`The shape of ${of} has no bounds.`);
      });
    },
  },
  {
    id: 'lane-missing',
    severity: 'warning',
    why: 'In a process with lanes, an element in none of them belongs to nobody.',
    flow: ({ nodes, document, at }) => {
      const refs = document.elements.filter(({ name }) => name === 'bpmn:flowNodeRef');
      if (refs.length === 0) {
        return [];
      }
      const laned = new Set(refs.map(({ text }) => text.trim()));
      return nodes.flatMap((node): Found[] => {
        const hasLanes =
          node.scope.name === 'bpmn:process' && childOf(node.scope, 'bpmn:laneSet') !== undefined;
        if (!hasLanes || laned.has(node.id) || node.attachedTo !== undefined) {
          return [];
        }
        return [{ ...at(node.xml), message: 'It is in no lane. Move it into one in the modeler.' }];
      });
    },
  },
];

interface Shape {
  readonly xml: XmlElement;
  readonly of: string | undefined;
  readonly isEdge: boolean;
}

function shapesOf({ document }: Flow): Shape[] {
  return document.elements.flatMap((xml): Shape[] => {
    const isEdge = xml.name === 'bpmndi:BPMNEdge';
    if (!isEdge && xml.name !== 'bpmndi:BPMNShape') {
      return [];
    }
    return [{ xml, of: attribute(xml, 'bpmnElement')?.replace(/^.*:/, ''), isEdge }];
  });
}

function hasNumbers(names: readonly string[]): (element: XmlElement) => boolean {
  return (element) => names.every((name) => /^-?\d+(\.\d+)?$/.test(attribute(element, name) ?? ''));
}
