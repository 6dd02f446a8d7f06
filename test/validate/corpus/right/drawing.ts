import { flowFile } from '../draw.js';
import { call, end, failed, inputOutput, js, map, script, start } from '../parts.js';
import { alone, config, type Right } from './right.js';
import { single } from './scripts.js';

const run = { 'flow.bpmn': { input: {} } };
const step = script('step', 'next(null, 1);');
const plain = single(step);
const shape = (id: string, x: number, width: number, height: number) =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="700" width="${width}" height="${height}" /></bpmndi:BPMNShape>`;
const edge = (id: string) =>
  `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="100" y="700" /><di:waypoint x="200" y="180" /></bpmndi:BPMNEdge>`;

/** Right drawings and XML. */
export const rightDrawings: Readonly<Record<string, Right>> = {
  'data objects, stores, groups and notes': {
    naive: 'data associations have no sourceRef; what they lead to is drawn but not connected',
    files: alone(
      flowFile({
        id: 'with-data',
        before:
          '<bpmn:category id="Category_1"><bpmn:categoryValue id="CategoryValue_1" value="Night work" /></bpmn:category>',
        beside: `<bpmn:dataObject id="DataObject_1" />
<bpmn:dataObjectReference id="order-data" name="Order" dataObjectRef="DataObject_1" />
<bpmn:dataStoreReference id="warehouse" name="Warehouse" />
<bpmn:group id="Group_1" categoryValueRef="CategoryValue_1" />
<bpmn:textAnnotation id="note"><bpmn:text>Mind the limit</bpmn:text></bpmn:textAnnotation>
<bpmn:association id="noted" associationDirection="None" sourceRef="step" targetRef="note" />`,
        nodes: [
          start(),
          {
            ...step,
            inner: `<bpmn:property id="Property_1" name="__targetRef_placeholder" />
<bpmn:dataInputAssociation id="reads"><bpmn:sourceRef>order-data</bpmn:sourceRef><bpmn:targetRef>Property_1</bpmn:targetRef></bpmn:dataInputAssociation>
<bpmn:dataOutputAssociation id="writes"><bpmn:targetRef>warehouse</bpmn:targetRef></bpmn:dataOutputAssociation>
<bpmn:script>next(null, 1);</bpmn:script>`,
          },
          end(),
        ],
        ways: ['started -> step', 'step -> done'],
        shapes: [
          shape('order-data', 100, 36, 50),
          shape('warehouse', 200, 50, 50),
          shape('Group_1', 300, 300, 300),
          shape('note', 700, 100, 30),
          edge('reads'),
          edge('writes'),
          edge('noted'),
        ].join('\n'),
      }),
    ),
    runs: run,
  },
  'attributes of XML itself': {
    naive: 'the prefix xml is not declared',
    files: alone(
      plain
        .replace('<bpmn:process id="one-step"', '<bpmn:process xml:lang="sv" id="one-step"')
        .replace(
          '<bpmn:startEvent id="started" name="Started">',
          '<bpmn:startEvent id="started" name="Started">\n      <bpmn:documentation xml:space="preserve">Börjar  här</bpmn:documentation>',
        ),
    ),
    runs: run,
  },
  'ids of what is no BPMN element': {
    naive: 'two elements have the same id',
    files: alone(
      flowFile({
        id: 'two-forms',
        nodes: [
          {
            ...start(),
            extension:
              '<camunda:properties><camunda:property id="email" name="email" value="1" /></camunda:properties>',
          },
          {
            ...step,
            extension:
              '<camunda:properties><camunda:property id="email" name="email" value="1" /></camunda:properties>',
          },
          end(),
        ],
        ways: ['started -> step', 'step -> done'],
      }),
    ),
    runs: run,
  },
  'a pool of another party and lanes within lanes': {
    naive: 'the other pool has no process; a lane holds no node itself',
    files: alone(
      flowFile({
        id: 'pooled',
        before: `<bpmn:collaboration id="Collaboration_1">
  <bpmn:participant id="We" name="We" processRef="pooled" />
  <bpmn:participant id="They" name="They" />
</bpmn:collaboration>`,
        beside: `<bpmn:laneSet id="LaneSet_1">
  <bpmn:lane id="outer" name="Outer">
    <bpmn:childLaneSet id="LaneSet_2">
      <bpmn:lane id="upper" name="Upper"><bpmn:flowNodeRef>started</bpmn:flowNodeRef><bpmn:flowNodeRef>step</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="lower" name="Lower"><bpmn:flowNodeRef>done</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:childLaneSet>
  </bpmn:lane>
</bpmn:laneSet>`,
        nodes: [start(), step, end()],
        ways: ['started -> step', 'step -> done'],
        shapes: [
          shape('We', 0, 900, 500),
          shape('They', 0, 900, 100),
          shape('outer', 30, 870, 500),
          shape('upper', 60, 840, 250),
          shape('lower', 60, 840, 250),
        ].join('\n'),
      }),
    ),
    runs: run,
  },
  'a process beside it that is drawn only': {
    naive: 'there are two processes, and one has neither start nor end nor working tasks',
    files: alone(
      flowFile({
        id: 'ours',
        before: `<bpmn:collaboration id="Collaboration_1">
  <bpmn:participant id="We" name="We" processRef="ours" />
  <bpmn:participant id="They" name="They" processRef="theirs" />
</bpmn:collaboration>
<bpmn:process id="theirs" isExecutable="false">
  <bpmn:serviceTask id="pack" name="Pack"><bpmn:outgoing>pack-which</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:callActivity id="send" name="Send" />
  <bpmn:exclusiveGateway id="which" name="Which?"><bpmn:incoming>pack-which</bpmn:incoming></bpmn:exclusiveGateway>
  <bpmn:sequenceFlow id="pack-which" sourceRef="pack" targetRef="which" />
</bpmn:process>`,
        nodes: [start(), step, end()],
        ways: ['started -> step', 'step -> done'],
        shapes: [
          shape('We', 0, 900, 200),
          shape('They', 0, 900, 200),
          shape('pack', 100, 100, 80),
          shape('send', 300, 100, 80),
          shape('which', 500, 50, 50),
          edge('pack-which'),
        ].join('\n'),
      }),
    ),
    runs: run,
  },
  'a drawing of how people work': {
    naive: 'its tasks call nothing, its gateway has no conditions',
    files: {
      ...alone(plain),
      'how-we-work.bpmn': flowFile({
        id: 'how-we-work',
        attributes: 'isExecutable="false"',
        nodes: [
          start(),
          { type: 'serviceTask', id: 'call-them' },
          { type: 'exclusiveGateway', id: 'which' },
          end('a'),
          end('b'),
        ],
        ways: ['started -> call-them', 'call-them -> which', 'which -> a', 'which -> b'],
      }),
    },
    runs: run,
    told: ['process-executable'],
  },
  'another modeler': {
    naive: 'foreign namespaces, another prefix, no exporter',
    files: alone(
      plain
        .replaceAll('bpmn:', 'semantic:')
        .replace(
          'xmlns:bpmn=',
          'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.17.0" xmlns:semantic=',
        )
        .replace(
          'bpmnElement="step">',
          'bpmnElement="step" bioc:stroke="#205022" color:border-color="#205022">',
        ),
    ),
    runs: run,
  },
  'a byte order mark and Windows lines': {
    naive: 'something stands before the declaration',
    files: alone(`\uFEFF${plain.replaceAll('\n', '\r\n')}`),
    runs: run,
  },
  'pictures and tables beside the flows': {
    naive: 'they are text in a wrong encoding',
    files: {
      'config.json': config({ 'one-step': '/flows/one-step.bpmn' }),
      'resources/flows/one-step.bpmn': plain,
      'resources/images/logo.png': Buffer.from(
        '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489',
        'hex',
      ),
      'resources/templates/prices.xlsx': Buffer.from('504b0304140008080800fffe00c3280000', 'hex'),
      'resources/fonts/a.woff2': Buffer.from('774f463200010000000004d80000ff', 'hex'),
    },
    runs: { 'resources/flows/one-step.bpmn': {} },
  },
  'milestones over the whole flow': {
    naive: 'a milestone begins without an end, ends without a begin, has no name, or is a list',
    files: alone(
      flowFile({
        id: 'milestones',
        nodes: [
          start(),
          script('begin', 'next();', inputOutput({ state: map({ id: 'fetch', name: 'Fetch' }) })),
          call('fetch', {
            inputs: { url: 'https://example.com/orders' },
            taskInputs: {
              state: js(
                "next(null, [{ id: 'fetch', name: 'Fetch' }, { id: 'late', name: 'Late' }]);",
              ),
            },
            taskOutputs: { orders: '${content.output.body}' },
          }),
          failed(
            'fetch',
            inputOutput({}, { state: map({ id: 'fetch', 'result.error': '${true}' }) }),
          ),
          script(
            'finish',
            'next();',
            inputOutput(
              {},
              {
                state: js(
                  "next(null, [{ id: 'fetch', result: { done: true } }, { id: 'late', name: 'Late', result: { done: true } }]);",
                ),
              },
            ),
          ),
          script(
            'named',
            'next();',
            inputOutput({
              state: js(
                'next(null, { id: `order-${environment.variables.id}`, result: { done: true } });',
              ),
            }),
          ),
          script(
            'known',
            'next();',
            inputOutput(
              { state: map({ id: 'fetch' }) },
              {
                state: js(
                  "next(null, { id: 'fetch', result: { done: true, statusmessage: 'Fetched' } });",
                ),
              },
            ),
          ),
          end(),
        ],
        ways: [
          'started -> begin',
          'begin -> fetch',
          'fetch -> finish',
          'fetch-failed -> finish',
          'finish -> named',
          'named -> known',
          'known -> done',
        ],
      }),
    ),
    runs: run,
  },
};
