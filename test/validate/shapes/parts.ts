import type { Files } from '../blueprint.js';

/** A blueprint of another kind than ours, and how its flows are run to see that they work. */
export interface Shape {
  readonly files: Files;
  /** Flows by their paths, with what they are given; each must end without an error. */
  readonly runs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const PREFIX = {
  bpmn: 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI',
  dc: 'http://www.omg.org/spec/DD/20100524/DC',
  di: 'http://www.omg.org/spec/DD/20100524/DI',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  camunda: 'http://camunda.org/schema/1.0/bpmn',
};

/**
 * Writes a flow as a modeler would: every element of the body is drawn.
 *
 * @param id the process's
 * @param body its elements, sequence flows included
 */
export function drawn(id: string, body: string): string {
  const of = (pattern: RegExp) => [...body.matchAll(pattern)].map(([, name]) => name);
  const shapes = of(
    /<bpmn:(?:\w*[tT]ask|subProcess|transaction|\w+Event|\w+Gateway|textAnnotation|lane) id="([^"]+)"/g,
  );
  const edges = of(/<bpmn:(?:sequenceFlow|association) id="([^"]+)"/g);
  const spaces = Object.entries(PREFIX).map(([name, uri]) => `xmlns:${name}="${uri}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${spaces.join(' ')} id="Definitions_0k5vf9l" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.12.0">
  <bpmn:process id="${id}" isExecutable="true" camunda:historyTimeToLive="P7D">
${body}
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1">
    <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="${id}">
${shapes.map((name) => `      <bpmndi:BPMNShape id="${name}_di" bpmnElement="${name}"><dc:Bounds x="160" y="80" width="100" height="80" /></bpmndi:BPMNShape>`).join('\n')}
${edges.map((name) => `      <bpmndi:BPMNEdge id="${name}_di" bpmnElement="${name}"><di:waypoint x="160" y="80" /><di:waypoint x="260" y="80" /></bpmndi:BPMNEdge>`).join('\n')}
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

/** Sequence flows, each `source target`, with a condition behind it where there is one. */
export function ways(...pairs: readonly string[]): string {
  return pairs
    .map((pair, at) => {
      const [source, target, ...condition] = pair.split(' ');
      const id = `Flow_${(at + 11).toString(36)}a${source?.slice(-3)}${target?.slice(-3)}`;
      const inner = condition.length === 0 ? '' : condition.join(' ');
      return `    <bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${inner}</bpmn:sequenceFlow>`;
    })
    .join('\n');
}

/** A condition as an expression, or as a script where a language is given. */
export function condition(text: string, language?: string): string {
  const attribute = language === undefined ? '' : ` language="${language}"`;
  return `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"${attribute}>${text}</bpmn:conditionExpression>`;
}

/** A service task with a connector; inputs by name, as text or XML. */
export function service(
  id: string,
  connector: string,
  inputs: Readonly<Record<string, string>>,
  outputs: Readonly<Record<string, string>> = {},
): string {
  const write = (kind: string, all: Readonly<Record<string, string>>) =>
    Object.entries(all)
      .map(([name, text]) => `<camunda:${kind} name="${name}">${text}</camunda:${kind}>`)
      .join('\n            ');
  return `    <bpmn:serviceTask id="${id}" name="Call">
      <bpmn:extensionElements>
        <camunda:connector>
          <camunda:inputOutput>
            ${write('inputParameter', inputs)}
          </camunda:inputOutput>
          <camunda:connectorId>${connector}</camunda:connectorId>
        </camunda:connector>
        ${Object.keys(outputs).length === 0 ? '' : `<camunda:inputOutput>\n            ${write('outputParameter', outputs)}\n        </camunda:inputOutput>`}
      </bpmn:extensionElements>
    </bpmn:serviceTask>`;
}

/** Text entries of a map. */
export function map(entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(
    ([key, text]) => `<camunda:entry key="${key}">${text}</camunda:entry>`,
  );
  return `<camunda:map>${lines.join('')}</camunda:map>`;
}
