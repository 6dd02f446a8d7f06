import type { XmlElement } from '../source/xml.js';
import type { Flow, FlowNode } from './model.js';
import { attribute, childOf, closest } from './xml-query.js';

const LOOP = ['bpmn:multiInstanceLoopCharacteristics', 'bpmn:standardLoopCharacteristics'];

/** @returns whether a node runs once for each of several values */
export function isLoop({ xml }: FlowNode): boolean {
  return LOOP.some((name) => childOf(xml, name) !== undefined);
}

/** @returns the names under which the elements of loops get what they loop over, by their XML */
export function loopVariables({
  elements,
}: Flow): ReadonlyMap<XmlElement | undefined, readonly string[]> {
  return new Map(
    elements.flatMap((xml) => {
      const name = attribute(xml, 'camunda:elementVariable');
      const isLoop = LOOP.includes(xml.name) && name !== undefined;
      return isLoop ? [[xml.parent, [name, 'index', 'loopCardinality']] as const] : [];
    }),
  );
}

/** @returns the task or event that something stands in, in one of its parameters or listeners */
export function ownElement(xml: XmlElement): XmlElement | undefined {
  return closest(xml, ({ name }) => name === 'bpmn:extensionElements')?.parent;
}
