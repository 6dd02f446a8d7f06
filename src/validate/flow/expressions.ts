import type { XmlElement } from '../source/xml.js';
import { words } from '../text.js';
import type { Flow } from './model.js';
import { attribute } from './xml-query.js';

/** A text that holds expressions, or may be meant to. */
export interface Expression {
  readonly text: string;
  readonly xml: XmlElement;
}

const HOLDERS = new Set([
  ...words('inputParameter outputParameter entry value property expression string field').map(
    (name) => `camunda:${name}`,
  ),
  ...words(
    'conditionExpression loopCardinality completionCondition timeDuration timeDate timeCycle',
  ).map((name) => `bpmn:${name}`),
]);
const ATTRIBUTES = words(`
  camunda:collection camunda:elementVariable camunda:resource resource camunda:expression
  camunda:assignee camunda:candidateUsers camunda:candidateGroups expression value collection`);

const found = new WeakMap<Flow, readonly Expression[]>();

/** @returns the texts of a flow in which expressions such as `${environment.output.x}` may stand; looked for once */
export function expressionsOf(flow: Flow): readonly Expression[] {
  const expressions = found.get(flow) ?? flow.elements.flatMap(expressionsAt);
  found.set(flow, expressions);
  return expressions;
}

/** @returns what stands in each `${…}` of a text */
export function bodiesOf(text: string): string[] {
  return [...text.matchAll(/\$\{([^{}]+)\}/g)].map(([, body = '']) => body);
}

function expressionsAt(xml: XmlElement): Expression[] {
  const isText =
    HOLDERS.has(xml.name) && xml.children.length === 0 && attribute(xml, 'language') === undefined;
  const own = isText ? xml.text.trim() : '';
  const texts: string[] = [];
  for (const name of ATTRIBUTES) {
    const text = attribute(xml, name);
    if (text?.includes('$')) {
      texts.push(text);
    }
  }
  return [...(/[{}]/.test(own) ? [own] : []), ...texts].map((text) => ({ text, xml }));
}
