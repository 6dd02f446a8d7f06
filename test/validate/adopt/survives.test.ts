import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, test } from 'vitest';
import { call, findings, flow, input } from '../blueprint.js';

// What Camunda Modeler reads and writes with: bpmn-moddle and the descriptors of Camunda's extensions.
const camunda: unknown = createRequire(import.meta.url)(
  'camunda-bpmn-moddle/resources/camunda.json',
);
const SAID = 'connector-url: the neighbour has no name';

async function saved(text: string): Promise<string> {
  const moddle = new BpmnModdle({ camunda });
  const { rootElement } = await moddle.fromXML(text);
  return (await moddle.toXML(rootElement, { format: true })).xml;
}

const plain = flow({
  id: 'order',
  body: [
    '    <bpmn:startEvent id="asked" />',
    call(input('url', 'ftp://files.example.com')),
    '    <bpmn:endEvent id="done" />',
  ].join('\n'),
  ways: ['asked->call', 'call->done', 'call-failed->done'],
});

/** By what it is called: where it is put into the task. */
const forms: Readonly<Record<string, (text: string) => string>> = {
  comment: (text) => text.replace('<bpmn:extensionElements>', `<!-- onify-ignore ${SAID} -->$&`),
  documentation: (text) =>
    text.replace(
      '<bpmn:extensionElements>',
      `<bpmn:documentation>onify-ignore ${SAID}</bpmn:documentation>$&`,
    ),
  'documentation with other lines': (text) =>
    text.replace(
      '<bpmn:extensionElements>',
      `<bpmn:documentation>Fetches the list.\nonify-ignore ${SAID}</bpmn:documentation>$&`,
    ),
  'extension property': (text) =>
    text.replace(
      '<bpmn:extensionElements>',
      `$&<camunda:properties><camunda:property name="onify-ignore" value="${SAID}" /></camunda:properties>`,
    ),
};

async function rulesFound(text: string): Promise<string[]> {
  const files = {
    'config.json':
      '{ "workflow": [{ "key": "order", "bpmnresource": "/flows/order.bpmn", "role": ["user"] }] }',
    'flows/order.bpmn': text,
  };
  return (await findings(files)).map(({ rule }) => rule);
}

test('the flow has the one finding', async () => {
  expect(await rulesFound(plain)).toEqual(['connector-url']);
});

describe.each(Object.keys(forms))('a %s', (name) => {
  const text = forms[name]?.(plain) ?? '';

  test('silences the finding of its task', async () => {
    expect(text).not.toBe(plain);
    expect(await rulesFound(text)).toEqual([]);
  });

  test(`${name === 'comment' ? 'does not survive' : 'survives'} a save in a modeler`, async () => {
    const left = name === 'comment' ? ['connector-url'] : [];
    expect(await rulesFound(await saved(text))).toEqual(left);
  });
});

test('a comment in a script of a flow survives a save', async () => {
  const scripted = (body: string) =>
    flow({
      id: 'order',
      body: `    <bpmn:startEvent id="asked" />
    <bpmn:scriptTask id="call" scriptFormat="js"><bpmn:script>${body}</bpmn:script></bpmn:scriptTask>
    <bpmn:endEvent id="done" />`,
      ways: ['asked->call', 'call->done'],
    });
  const line = 'console.log(1);\nnext();\n';
  expect(await rulesFound(scripted(line))).toEqual(['script-console']);
  const text = scripted(`\n// onify-ignore script-console: read by the operators\n${line}`);
  expect(await rulesFound(text)).toEqual([]);
  expect(await rulesFound(await saved(text))).toEqual([]);
});
