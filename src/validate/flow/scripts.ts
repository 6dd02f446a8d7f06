import type { XmlElement } from '../source/xml.js';
import type { FlowScript } from './model.js';
import { attribute, childOf, closest } from './xml-query.js';

/** @returns the scripts of a flow: of script tasks, conditions, parameters and listeners */
export function scriptsOf(elements: readonly XmlElement[]): FlowScript[] {
  return elements.flatMap((xml) => {
    const script = scriptAt(xml);
    if (!script) {
      return [];
    }
    const owner = closest(xml, (candidate) => 'id' in candidate.attributes);
    const isConnectorOutput =
      closest(xml, ({ name }) => name === 'camunda:outputParameter') !== undefined &&
      closest(xml, ({ name }) => name === 'camunda:connector') !== undefined;
    const element = (owner && attribute(owner, 'id')) ?? '';
    const file = script.body === undefined ? script.resource : undefined;
    return [{ ...script, element, file, isConnectorOutput }];
  });
}

/** @returns whether a script is JavaScript, or says nothing of what it is; the Hub runs no other */
export function isJavaScript({ format }: Pick<FlowScript, 'format'>): boolean {
  return format === undefined || format === 'js' || format === 'javascript';
}

function scriptAt(
  xml: XmlElement,
): Pick<FlowScript, 'xml' | 'format' | 'body' | 'resource'> | undefined {
  const isTask = xml.name === 'bpmn:scriptTask';
  const isCondition =
    xml.name === 'bpmn:conditionExpression' && attribute(xml, 'language') !== undefined;
  if (!isTask && !isCondition && xml.name !== 'camunda:script') {
    return undefined;
  }
  const holder = isTask ? childOf(xml, 'bpmn:script') : xml;
  return {
    xml: holder ?? xml,
    format: attribute(xml, isCondition ? 'language' : 'scriptFormat')?.toLowerCase(),
    body: holder?.text.trim() ? holder.text : undefined,
    resource: attribute(xml, 'camunda:resource') ?? attribute(xml, 'resource'),
  };
}
