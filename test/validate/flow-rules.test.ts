import { describe, expect, test } from 'vitest';
import { flow, rulesBroken } from './blueprint.js';

const body = `    <bpmn:startEvent id="asked" />
    <bpmn:exclusiveGateway id="which" default="which-to-other" />
    <bpmn:task id="one" />
    <bpmn:task id="other" />
    <bpmn:endEvent id="done" />`;
const ways = [
  'asked->which',
  'which->one:${environment.variables.input.one}',
  'which->other',
  'one->done',
  'other->done',
];
const sound = flow({ body, ways });

/** The rules that a flow breaks, where it stands alone. */
const broken = (bpmn: string) =>
  rulesBroken({ 'flows/test.bpmn': bpmn }).then((all) =>
    all.filter((rule) => rule !== 'config-missing'),
  );

test('a sound flow breaks no rule', async () => {
  expect(await broken(sound)).toEqual([]);
});

describe('a flow as a file', () => {
  test.each<[string, string, (text: string) => string]>([
    ['xml-readable', 'a tag that is not closed', (text) => text.replace('</bpmn:process>', '')],
    [
      'xml-readable',
      'a document type',
      (text) => text.replace('?>', '?>\n<!DOCTYPE x [<!ENTITY a "b">]>'),
    ],
    [
      'bpmn-readable',
      'an element that BPMN does not know',
      (text) => text.replace('bpmn:task ', 'bpmn:tusk '),
    ],
    ['bpmn-readable', 'XML that is no BPMN', () => '<html><body /></html>'],
    [
      'process-executable',
      'no executable process',
      (text) => text.replace('isExecutable="true"', ''),
    ],
    [
      'process-executable',
      'a second executable process',
      (text) =>
        text.replace(
          '  <bpmndi:BPMNDiagram',
          '<bpmn:process id="second" isExecutable="true"><bpmn:startEvent id="a" /></bpmn:process>\n  <bpmndi:BPMNDiagram',
        ),
    ],
    [
      'element-id',
      'a task without an id',
      (text) => text.replace('<bpmn:task id="one" />', '<bpmn:task />'),
    ],
    [
      'element-id',
      'an id that is there twice',
      (text) =>
        text.replace('<bpmn:task id="one" />', '<bpmn:task id="one" /><bpmn:task id="one" />'),
    ],
    [
      'element-unsupported',
      'a call activity',
      (text) => text.replaceAll('bpmn:task id="one"', 'bpmn:callActivity id="one"'),
    ],
    [
      'no-complex-gateway',
      'a complex gateway',
      (text) => text.replaceAll('exclusiveGateway', 'complexGateway'),
    ],
    [
      'element-unsupported',
      'an asynchronous continuation',
      (text) => text.replace('id="one"', 'id="one" camunda:asyncBefore="true"'),
    ],
    [
      'element-unsupported',
      'an external task',
      (text) =>
        text.replace(
          'bpmn:task id="one"',
          'bpmn:serviceTask id="one" camunda:type="external" camunda:topic="x"',
        ),
    ],
  ])('%s: %s', async (rule, _case, change) => {
    expect(await broken(change(sound))).toContain(rule);
  });
});

describe('the ways of a flow', () => {
  const without = (way: string) => flow({ body, ways: ways.filter((other) => other !== way) });
  test.each<[string, string, string]>([
    [
      'start-event-required',
      'no start event',
      sound.replace('<bpmn:startEvent id="asked" />', '<bpmn:task id="asked" />'),
    ],
    [
      'end-event-required',
      'no end event',
      sound.replace('<bpmn:endEvent id="done" />', '<bpmn:task id="done" />'),
    ],
    ['no-implicit-start', 'a task that nothing leads to', without('which->other')],
    [
      'no-unreachable',
      'a task behind one that nothing leads to',
      flow({
        body: `${body}\n    <bpmn:task id="last" />`,
        ways: [...ways.filter((way) => !/other/.test(way)), 'other->last', 'last->done'],
      }),
    ],
    [
      'no-disconnected',
      'a task that is connected to nothing',
      flow({ body: `${body}\n    <bpmn:task id="alone" />`, ways }),
    ],
    ['no-implicit-end', 'a task that leads nowhere', without('one->done')],
    [
      'no-endless-loop',
      'a circle without a way out',
      flow({ body, ways: [...ways.slice(0, 3), 'one->other', 'other->one'] }),
    ],
    [
      'sequence-flow-ends',
      'a source that is not there',
      sound.replace('sourceRef="one"', 'sourceRef="two"'),
    ],
    ['sequence-flow-ends', 'no target', sound.replace(' targetRef="one"', '')],
    [
      'sequence-flow-listed',
      'a list that differs',
      sound.replace(
        '<bpmn:task id="one" />',
        '<bpmn:task id="one"><bpmn:incoming>which-to-other</bpmn:incoming></bpmn:task>',
      ),
    ],
    [
      'boundary-attached',
      'a boundary event on nothing',
      sound.replace(
        '<bpmn:task id="one" />',
        '<bpmn:task id="one" /><bpmn:boundaryEvent id="b"><bpmn:errorEventDefinition id="e" /></bpmn:boundaryEvent>',
      ),
    ],
    [
      'boundary-attached',
      'a boundary event that catches nothing',
      sound.replace(
        '<bpmn:task id="one" />',
        '<bpmn:task id="one" /><bpmn:boundaryEvent id="b" attachedToRef="one" />',
      ),
    ],
  ])('%s: %s', async (rule, _case, text) => {
    expect(await broken(text)).toContain(rule);
  });
});

describe('ways that are sound', () => {
  test.each<[string, string]>([
    [
      'a sub-process that is triggered by an event',
      flow({
        body: `${body}\n<bpmn:subProcess id="caught" triggeredByEvent="true"><bpmn:startEvent id="s"><bpmn:errorEventDefinition id="e" /></bpmn:startEvent><bpmn:endEvent id="t" /><bpmn:sequenceFlow id="st" sourceRef="s" targetRef="t" /></bpmn:subProcess>`,
        ways,
      }),
    ],
    [
      'a circle that one way leaves',
      flow({ body, ways: [...ways.slice(0, 3), 'one->which', 'other->done'] }),
    ],
    [
      'a link event',
      flow({
        body: `${body}<bpmn:intermediateThrowEvent id="away"><bpmn:linkEventDefinition id="l1" name="x" /></bpmn:intermediateThrowEvent><bpmn:intermediateCatchEvent id="here"><bpmn:linkEventDefinition id="l2" name="x" /></bpmn:intermediateCatchEvent>`,
        ways: [...ways.slice(0, 3), 'one->away', 'here->done', 'other->done'],
      }),
    ],
  ])('%s', async (_case, text) => {
    expect(await broken(text)).toEqual([]);
  });
});

describe('gateways and conditions', () => {
  const gate = (change: (text: string) => string) => change(sound);
  test.each<[string, string, string]>([
    [
      'gateway-default',
      'only conditions',
      flow({
        body: body.replace(' default="which-to-other"', ''),
        ways: [
          ...ways.slice(0, 2),
          'which->other:${environment.variables.input.other}',
          ...ways.slice(3),
        ],
      }),
    ],
    [
      'conditional-flows',
      'a way without one in front',
      flow({
        body: body.replace(' default="which-to-other"', ''),
        ways: ['which->other', ...ways.filter((way) => way !== 'which->other')],
      }),
    ],
    [
      'condition-misplaced',
      'a default way with one',
      flow({
        body,
        ways: ways.map((way) => (way === 'which->other' ? `${way}:\${content.x}` : way)),
      }),
    ],
    [
      'default-flow',
      'a default that leads from elsewhere',
      gate((text) => text.replace('default="which-to-other"', 'default="one-to-done"')),
    ],
    [
      'condition-misplaced',
      'behind a parallel gateway',
      gate((text) => text.replace('exclusiveGateway', 'parallelGateway')),
    ],
    [
      'condition-empty',
      'a fixed text',
      gate((text) => text.replace('${environment.variables.input.one}', 'true')),
    ],
    [
      'condition-empty',
      'a script that is empty',
      gate((text) =>
        text.replace(
          '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${environment.variables.input.one}',
          '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="js">',
        ),
      ),
    ],
  ])('%s: %s', async (rule, _case, text) => {
    expect(await broken(text)).toContain(rule);
  });
});

describe('the diagram', () => {
  test.each<[string, string, (text: string) => string]>([
    [
      'no-bpmndi',
      'a task without a shape',
      (text) => text.replace(/ +<bpmndi:BPMNShape id="one-shape".*\n/, ''),
    ],
    [
      'no-bpmndi',
      'a sequence flow without an edge',
      (text) => text.replace(/ +<bpmndi:BPMNEdge id="one-to-done-edge".*\n/, ''),
    ],
    [
      'diagram-broken',
      'a shape of nothing',
      (text) => text.replace('bpmnElement="one"', 'bpmnElement="two"'),
    ],
    ['diagram-broken', 'a shape without bounds', (text) => text.replace(/<dc:Bounds [^>]*>/, '')],
    [
      'diagram-broken',
      'an edge with one waypoint',
      (text) => text.replace('<di:waypoint x="9" y="1" />', ''),
    ],
    [
      'diagram-broken',
      'a task that is drawn twice',
      (text) => text.replace('bpmnElement="other"', 'bpmnElement="one"'),
    ],
    [
      'lane-missing',
      'a task in no lane',
      (text) =>
        text.replace(
          '<bpmn:startEvent id="asked" />',
          '<bpmn:laneSet id="lanes"><bpmn:lane id="lane"><bpmn:flowNodeRef>asked</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:startEvent id="asked" />',
        ),
    ],
  ])('%s: %s', async (rule, _case, change) => {
    expect(await broken(change(sound))).toContain(rule);
  });
});

describe('timers', () => {
  const timed = (kind: string, text: string) =>
    flow({
      body: `    <bpmn:startEvent id="asked" />\n    <bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition id="t"><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${kind}></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>\n    <bpmn:endEvent id="done" />`,
      ways: ['asked->wait', 'wait->done'],
    });
  test.each([
    ['timeDuration', '10 seconds'],
    ['timeDuration', 'PT'],
    ['timeDuration', ''],
    ['timeDate', 'tomorrow'],
    ['timeCycle', 'every day'],
    ['timeCycle', '* * * *'],
  ])('timer-value: %s "%s"', async (kind, text) => {
    expect(await broken(timed(kind, text))).toContain('timer-value');
  });
  test.each([
    ['timeDuration', 'PT10S'],
    ['timeDuration', 'P1DT2H'],
    ['timeDuration', 'PT0.5S'],
    ['timeDuration', '${environment.variables.input.wait}'],
    ['timeDate', '2030-01-31T08:00:00Z'],
    ['timeCycle', 'R3/PT1H'],
    ['timeCycle', '15 4 * * *'],
    ['timeCycle', '0 15 4 * * MON-FRI'],
  ])('%s "%s" is read by the engine', async (kind, text) => {
    expect(await broken(timed(kind, text))).toEqual([]);
  });
});
