import type { XmlElement } from '../source/xml.js';
import { words } from '../text.js';
import type { Connector, FlowNode, Parameter } from './model.js';
import { attribute, childOf, childrenOf } from './xml-query.js';

/** The connector that calls other systems. */
export const HTTP = 'httpRequest';

/** The connectors that call the Hub. */
export const HUB: readonly string[] = ['onifyApiRequest', 'onifyElevatedApiRequest'];

/** What a call can carry its body in. */
export const BODIES: readonly string[] = words('body json form payload');

/** Members of a Hub's bodies (onify/functions), which people look for in the answer itself. */
const OF_BODY = words('output records value access_token');

const MAX_CONNECTORS = 10;

/** @returns the connectors that the nodes of a flow call */
export function connectorsOf(nodes: readonly FlowNode[]): Connector[] {
  return nodes.flatMap((node) => {
    const extensions = childOf(node.xml, 'bpmn:extensionElements');
    // The engine takes one; of more than a person would leave behind the last ones are looked at.
    const all = childrenOf(extensions ?? node.xml, 'camunda:connector').slice(-MAX_CONNECTORS);
    return all.map((xml): Connector => {
      const inputOutput = childOf(xml, 'camunda:inputOutput');
      return {
        id: childOf(xml, 'camunda:connectorId')?.text.trim() ?? '',
        node,
        xml,
        inputs: parametersOf(inputOutput, 'camunda:inputParameter'),
        outputs: parametersOf(inputOutput, 'camunda:outputParameter'),
      };
    });
  });
}

/** @returns whether a member is one of a Hub's bodies, and not of its answer, which has statusCode, headers and body */
export function isOfBody(connector: string, member: string): boolean {
  return HUB.includes(connector) && isOfBodies(member);
}

/** @returns whether a member is known to be one of a Hub's bodies */
export function isOfBodies(member: string): boolean {
  return OF_BODY.includes(member);
}

/** @returns an input of a call by its name */
export function inputOf({ inputs }: Connector, name: string): Parameter | undefined {
  return inputs.find((parameter) => parameter.name === name);
}

/** @returns the text of an input; empty where there is none, or none that is fixed */
export function inputText(connector: Connector, name: string): string {
  return inputOf(connector, name)?.text ?? '';
}

/** @returns the input parameters of a node itself, besides its connector's */
export function nodeInputs(node: FlowNode): Parameter[] {
  return parametersOf(inputOutputOf(node), 'camunda:inputParameter');
}

/** @returns the output parameters of a node itself, besides its connector's */
export function nodeOutputs(node: FlowNode): Parameter[] {
  return parametersOf(inputOutputOf(node), 'camunda:outputParameter');
}

/** @returns the entries of a parameter that holds a map, by their keys; none where it holds something else */
export function entriesOf({ xml }: Parameter): Parameter[] {
  const map = childOf(xml, 'camunda:map');
  return map ? childrenOf(map, 'camunda:entry').map((entry) => parameter(entry, 'key')) : [];
}

function inputOutputOf({ xml }: FlowNode): XmlElement | undefined {
  return childOf(childOf(xml, 'bpmn:extensionElements'), 'camunda:inputOutput');
}

function parametersOf(inputOutput: XmlElement | undefined, kind: string): Parameter[] {
  const all = inputOutput ? childrenOf(inputOutput, kind) : [];
  const found = all.map((xml) => parameter(xml, 'name'));
  // Of two with one name the engine uses the last.
  const last = new Map(found.map((one) => [one.name, one]));
  return found.filter((one) => one.name === '' || last.get(one.name) === one);
}

function parameter(xml: XmlElement, nameAttribute: string): Parameter {
  const text = xml.children.length === 0 ? xml.text.trim() : undefined;
  return { name: attribute(xml, nameAttribute) ?? '', xml, text };
}
