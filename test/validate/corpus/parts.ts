import { escaped, type Node } from './draw.js';

/** Values of parameters by their names; one that begins with `<` is XML, the rest is text. */
export type Parameters = Readonly<Record<string, string>>;

export const start = (id = 'started'): Node => ({ type: 'startEvent', id });
export const end = (id = 'done'): Node => ({ type: 'endEvent', id });

/** A gateway. @param fallback the target of its default */
export function gateway(id: string, fallback?: string, type = 'exclusiveGateway'): Node {
  return { type, id, ...(fallback && { attributes: `default="${id}-${fallback}"` }) };
}

/** A script task with its text. */
export function script(id: string, body: string, extension?: string): Node {
  return {
    type: 'scriptTask',
    id,
    attributes: 'scriptFormat="javascript"',
    inner: `<bpmn:script>${escaped(body)}</bpmn:script>`,
    ...(extension !== undefined && { extension }),
  };
}

/** A script task that names a file. */
export function scriptFile(id: string, resource: string): Node {
  return {
    type: 'scriptTask',
    id,
    attributes: `scriptFormat="js" camunda:resource="${resource}"`,
  };
}

/** What a call holds besides its connector. */
export interface CallParts {
  readonly connector?: string;
  /** Parameters of the connector. */
  readonly inputs: Parameters;
  readonly outputs?: Parameters;
  /** Parameters of the task. */
  readonly taskInputs?: Parameters;
  readonly taskOutputs?: Parameters;
  readonly extension?: string;
  readonly inner?: string;
}

/** A service task that calls a connector. */
export function call(id: string, parts: CallParts): Node {
  const { connector = 'httpRequest', inputs, outputs, taskInputs, taskOutputs } = parts;
  const own = taskInputs || taskOutputs ? inputOutput(taskInputs, taskOutputs) : '';
  return {
    type: 'serviceTask',
    id,
    extension: `${parts.extension ?? ''}${own}<camunda:connector>
${inputOutput(inputs, outputs)}  <camunda:connectorId>${connector}</camunda:connectorId>
</camunda:connector>`,
    ...(parts.inner !== undefined && { inner: parts.inner }),
  };
}

/** The error boundary event of a task. */
export function failed(of: string, extension?: string): Node {
  return {
    type: 'boundaryEvent',
    id: `${of}-failed`,
    attributes: `attachedToRef="${of}"`,
    inner: `<bpmn:errorEventDefinition id="${of}-error" />`,
    ...(extension !== undefined && { extension }),
  };
}

/** A boundary timer. */
export function late(of: string, duration: string, attributes = ''): Node {
  return {
    type: 'boundaryEvent',
    id: `${of}-late`,
    attributes: `attachedToRef="${of}" ${attributes}`.trim(),
    inner: timer(`${of}-timer`, duration),
  };
}

/** An event in the middle that waits. */
export function wait(id: string, duration: string): Node {
  return { type: 'intermediateCatchEvent', id, inner: timer(`${id}-timer`, duration) };
}

export function timer(id: string, duration: string): string {
  return `<bpmn:timerEventDefinition id="${id}"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`;
}

/** An `inputOutput` with its parameters. */
export function inputOutput(inputs: Parameters = {}, outputs: Parameters = {}): string {
  const write = (all: Parameters, type: string) =>
    Object.entries(all).map(([name, text]) => {
      const value = text.startsWith('<') ? text : escaped(text);
      return `  <camunda:${type}Parameter name="${name}">${value}</camunda:${type}Parameter>\n`;
    });
  return `<camunda:inputOutput>
${[...write(inputs, 'input'), ...write(outputs, 'output')].join('')}</camunda:inputOutput>
`;
}

/** A script as the value of a parameter. */
export const js = (body: string): string =>
  `<camunda:script scriptFormat="javascript">${escaped(body)}</camunda:script>`;

/** A script file as the value of a parameter. */
export const jsFile = (path: string): string =>
  `<camunda:script scriptFormat="javascript" resource="${path}" />`;

/** A map as the value of a parameter. */
export function map(entries: Parameters): string {
  const inner = Object.entries(entries).map(
    ([key, text]) =>
      `<camunda:entry key="${key}">${text.startsWith('<') ? text : escaped(text)}</camunda:entry>`,
  );
  return `<camunda:map>${inner.join('')}</camunda:map>`;
}

/** A listener. */
export const listener = (body: string, event = 'end'): string =>
  `<camunda:executionListener event="${event}">${js(body)}</camunda:executionListener>\n`;
