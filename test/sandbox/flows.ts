import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/sandbox.js';

/** A workflow of a test: its key, the roles that may start it, and what its flow does. */
interface SmallWorkflow {
  readonly key: string;
  readonly role?: readonly string[];
  readonly tag?: readonly string[];
  /** Inside of the process, from the flow `f` that leaves the start. */
  readonly body?: string;
  /** Cron of its timer start. */
  readonly cron?: string;
}

const END = '<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"/><bpmn:endEvent id="e"/>';

/** A task that calls a URL of the Hub, whose failure nothing catches, and answers what came back. */
export function callTo(url: string, connector = 'onifyApiRequest', method = 'GET'): string {
  return `<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t"/>
<bpmn:serviceTask id="t"><bpmn:extensionElements>
<camunda:inputOutput><camunda:outputParameter name="output">\${content.output.body}</camunda:outputParameter></camunda:inputOutput>
<camunda:connector><camunda:connectorId>${connector}</camunda:connectorId><camunda:inputOutput>
<camunda:inputParameter name="url">${url}</camunda:inputParameter>
<camunda:inputParameter name="method">${method}</camunda:inputParameter>
<camunda:inputParameter name="payload">\${environment.variables.input}</camunda:inputParameter>
</camunda:inputOutput></camunda:connector></bpmn:extensionElements></bpmn:serviceTask>
<bpmn:sequenceFlow id="g" sourceRef="t" targetRef="e"/><bpmn:endEvent id="e"/>`;
}

/** A script task, inside of which a test's line of JavaScript runs. */
export function scripted(line: string): string {
  return `<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t"/>
<bpmn:scriptTask id="t" scriptFormat="js"><bpmn:script><![CDATA[${line}]]></bpmn:script></bpmn:scriptTask>
<bpmn:sequenceFlow id="g" sourceRef="t" targetRef="e"/><bpmn:endEvent id="e"/>`;
}

/** Puts a workflow into the resources directory. @returns it, as config.json has it */
export function writeWorkflow(sandbox: Sandbox, workflow: SmallWorkflow): Record<string, unknown> {
  const { key, role = [], tag = [], body = END, cron } = workflow;
  const timer = cron
    ? `<bpmn:timerEventDefinition id="d"><bpmn:timeCycle>${cron}</bpmn:timeCycle></bpmn:timerEventDefinition>`
    : '';
  mkdirSync(join(sandbox.resourcesDir, 'flows'), { recursive: true });
  writeFileSync(
    join(sandbox.resourcesDir, 'flows', `${key}.bpmn`),
    `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="defs" targetNamespace="t">
<bpmn:process id="${key}" isExecutable="true"><bpmn:startEvent id="s">${timer}</bpmn:startEvent>${body}</bpmn:process>
</bpmn:definitions>`,
  );
  return { key, name: `The ${key}`, bpmnresource: `/flows/${key}.bpmn`, role, tag };
}

/** Puts a workflow into the Hub. */
export function importWorkflow(sandbox: Sandbox, workflow: SmallWorkflow): void {
  sandbox.config().import({ workflow: [writeWorkflow(sandbox, workflow)] });
}
