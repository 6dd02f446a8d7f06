import type { XmlElement } from '../source/xml.js';
import type { Connector, FlowNode, Parameter } from './model.js';
import { attribute, childOf, childrenOf } from './xml-query.js';

/** @returns the connectors that the nodes of a flow call */
export function connectorsOf(nodes: readonly FlowNode[]): Connector[] {
  return nodes.flatMap((node) => {
    const extensions = childOf(node.xml, 'bpmn:extensionElements');
    return childrenOf(extensions ?? node.xml, 'camunda:connector').map((xml): Connector => {
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

/** @returns the parameters of a node itself, besides its connector's */
export function nodeParameters(
  node: FlowNode,
  kind: 'camunda:inputParameter' | 'camunda:outputParameter',
): Parameter[] {
  const extensions = childOf(node.xml, 'bpmn:extensionElements');
  return extensions ? parametersOf(childOf(extensions, 'camunda:inputOutput'), kind) : [];
}

/** @returns the entries of a parameter that holds a map, by their keys; none where it holds something else */
export function entriesOf({ xml }: Parameter): Parameter[] {
  const map = childOf(xml, 'camunda:map');
  return map ? childrenOf(map, 'camunda:entry').map((entry) => parameter(entry, 'key')) : [];
}

function parametersOf(inputOutput: XmlElement | undefined, kind: string): Parameter[] {
  return inputOutput ? childrenOf(inputOutput, kind).map((xml) => parameter(xml, 'name')) : [];
}

function parameter(xml: XmlElement, nameAttribute: string): Parameter {
  const isText = xml.children.length === 0;
  return {
    name: attribute(xml, nameAttribute) ?? '',
    xml,
    text: isText ? xml.text.trim() : undefined,
  };
}
