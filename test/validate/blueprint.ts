import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Finding,
  type ValidationOptions,
  validateBlueprint,
} from '../../src/validate/index.js';
import { folder } from '../support/folder.js';

/** Files by their paths below the folder. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** A folder with files in it, removed when the test ends. */
export function blueprintFolder(files: Files): string {
  const root = folder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** Validates files as a blueprint. */
export async function findings(
  files: Files,
  options: ValidationOptions = {},
): Promise<readonly Finding[]> {
  return (await validateBlueprint(blueprintFolder(files), options)).findings;
}

/** @returns the ids of the rules that something was found by, each once */
export async function rulesBroken(files: Files): Promise<string[]> {
  return [...new Set((await findings(files)).map(({ rule }) => rule))].sort();
}

/** What a flow of a test is made of; everything is drawn, so that only what a test breaks is found. */
export interface FlowParts {
  /** Elements of the process besides the sequence flows. */
  readonly body: string;
  /** Sequence flows, each `source->target`, or `source->target:condition`. */
  readonly ways: readonly string[];
  readonly id?: string;
}

const NAMESPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
  'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
  'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
].join(' ');

/** Writes a flow with a diagram. */
export function flow({ body, ways, id = 'test-flow' }: FlowParts): string {
  const edges = ways.map((way) => {
    const [, source = '', target = '', condition] =
      /^([\w-]+)->([\w-]+)(?::(.*))?$/.exec(way) ?? [];
    const name = `${source}-to-${target}`;
    const inner =
      condition === undefined
        ? '/>'
        : `><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression></bpmn:sequenceFlow>`;
    return {
      name,
      xml: `    <bpmn:sequenceFlow id="${name}" sourceRef="${source}" targetRef="${target}" ${inner}`,
    };
  });
  const nodes = [
    ...body.matchAll(
      /<bpmn:(?:\w*[tT]ask|callActivity|subProcess|\w+Event|\w+Gateway) id="([^"]+)"/g,
    ),
  ];
  const inner = [...body.matchAll(/<bpmn:sequenceFlow id="([^"]+)"/g)];
  const shapes = nodes.map(
    ([, of]) =>
      `      <bpmndi:BPMNShape id="${of}-shape" bpmnElement="${of}"><dc:Bounds x="1" y="1" width="9" height="9" /></bpmndi:BPMNShape>`,
  );
  const lines = [...edges.map(({ name }) => name), ...inner.map(([, name = '']) => name)].map(
    (of) =>
      `      <bpmndi:BPMNEdge id="${of}-edge" bpmnElement="${of}"><di:waypoint x="1" y="1" /><di:waypoint x="9" y="1" /></bpmndi:BPMNEdge>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${NAMESPACES} id="definitions" targetNamespace="https://example.com">
  <bpmn:process id="${id}" isExecutable="true">
${body}
${edges.map(({ xml }) => xml).join('\n')}
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="${id}">
${[...shapes, ...lines].join('\n')}
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

/** A service task with its error boundary; both lead on to `done`. */
export function call(inputs: string, outputs = '', id = 'call'): string {
  return `    <bpmn:serviceTask id="${id}">
      <bpmn:extensionElements><camunda:connector>
        <camunda:connectorId>httpRequest</camunda:connectorId>
        <camunda:inputOutput>
${inputs}
${outputs}
        </camunda:inputOutput>
      </camunda:connector></bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:boundaryEvent id="${id}-failed" attachedToRef="${id}"><bpmn:errorEventDefinition id="${id}-error" /></bpmn:boundaryEvent>`;
}

/** A connector's input. */
export function input(name: string, text: string): string {
  return `          <camunda:inputParameter name="${name}">${text}</camunda:inputParameter>`;
}

/** A flow that makes one call. */
export function callingFlow(inputs: string, outputs = ''): string {
  return flow({
    body: `    <bpmn:startEvent id="asked" />\n${call(inputs, outputs)}\n    <bpmn:endEvent id="done" />`,
    ways: ['asked->call', 'call->done', 'call-failed->done'],
  });
}
