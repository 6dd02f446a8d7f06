import type { Mistake } from './mistake.js';
import { add, both, connect, cut, cutNode, shape, swap, swapAll } from './mistake.js';
import { REPORT } from './report.js';

const report = (row: Omit<Mistake, 'in'>): Mistake => ({ in: REPORT, ...row });
const PAUSE =
  '<bpmn:timerEventDefinition id="pause-timer"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT0.01S</bpmn:timeDuration></bpmn:timerEventDefinition>';

/** Mistakes of events, and what the engine does not load. */
export const eventMistakes: readonly Mistake[] = [
  report({
    name: 'a duration in words',
    edit: swap('>PT1M<', '>1 minute<'),
    at: ['weigh-late', 'weigh-timer'],
    want: 'error',
    finds: 'timer-value',
    engine: 'failed',
  }),
  report({
    name: 'a duration without its unit',
    edit: swap(
      '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT0.01S',
      '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT10',
    ),
    at: ['pause', 'pause-timer'],
    want: 'error',
    finds: 'timer-value',
    engine: 'failed',
  }),
  report({
    name: 'months in place of minutes',
    edit: swap('>PT1M<', '>P1M<'),
    at: ['weigh-late', 'weigh-timer'],
    want: 'warning',
    finds: 'timer-months',
  }),
  report({
    name: 'the host of a boundary event was deleted',
    edit: swap(
      'attachedToRef="weigh">\n      <bpmn:outgoing>weigh-late',
      'attachedToRef="wiegh">\n      <bpmn:outgoing>weigh-late',
    ),
    at: ['weigh-late'],
    want: 'error',
    finds: 'boundary-attached',
    engine: 'failed',
  }),
  report({
    name: 'a boundary event that leads nowhere',
    edit: cut('weigh-late-give-up'),
    at: ['weigh-late'],
    want: 'warning',
    finds: 'no-implicit-end',
  }),
  report({
    name: 'an event that waits for nothing in particular',
    edit: swap(
      '<bpmn:timerEventDefinition id="pause-timer"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT0.01S</bpmn:timeDuration></bpmn:timerEventDefinition>',
      '',
    ),
    at: ['pause'],
    want: 'error',
    finds: 'event-empty',
    engine: 'waiting',
  }),
  report({
    name: 'an event-based gateway that leads to a task',
    edit: both(
      cut('first-over'),
      cut('over-tell'),
      cutNode('intermediateCatchEvent', 'over'),
      connect('first', 'tell'),
    ),
    at: ['first', 'first-tell'],
    want: 'error',
    finds: 'event-based-gateway',
  }),
  report({
    name: 'an error that is not declared',
    edit: swap('<bpmn:error id="Error_1" name="Broken" errorCode="BROKEN" />', ''),
    at: ['breaks', 'broken', 'weigh-error', 'weigh-failed'],
    want: 'error',
    finds: 'bpmn-readable',
  }),
  report({
    name: 'a timer at the start of a flow that is run',
    edit: swap(
      '<bpmn:outgoing>asked-fork</bpmn:outgoing>',
      '<bpmn:outgoing>asked-fork</bpmn:outgoing>\n<bpmn:timerEventDefinition id="night"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">0 25 * * *</bpmn:timeCycle></bpmn:timerEventDefinition>',
    ),
    at: ['asked', 'night'],
    want: 'error',
    finds: 'timer-value',
    engine: 'failed',
  }),
  report({
    name: 'the start event was deleted',
    edit: both(cutNode('startEvent', 'asked'), cut('asked-fork')),
    at: ['report', 'fork'],
    want: 'error',
    finds: 'start-event-required',
  }),
  report({
    name: 'a second start',
    edit: both(
      add('<bpmn:startEvent id="also" name="Also"></bpmn:startEvent>'),
      shape('also'),
      connect('also', 'tell'),
    ),
    at: ['also', 'report'],
    want: 'warning',
    finds: 'single-blank-start-event',
  }),
  report({
    name: 'an error end at the top level for a failure',
    edit: both(
      cut('give-up-not-told'),
      cut('weigh-failed-give-up'),
      cut('weigh-late-give-up'),
      cutNode('scriptTask', 'give-up'),
      connect('weigh-failed', 'not-told'),
      connect('weigh-late', 'not-told'),
      swap(
        '<bpmn:endEvent id="not-told" name="Not told">',
        '<bpmn:endEvent id="not-told" name="Not told">\n<bpmn:errorEventDefinition id="fails" errorRef="Error_1" />',
      ),
    ),
    at: ['not-told'],
    want: 'error',
    finds: 'error-end',
  }),
  report({
    name: 'a message to an empty pool',
    edit: both(
      swap(
        '<bpmn:process id="report"',
        '<bpmn:collaboration id="C_1"><bpmn:participant id="We" name="We" processRef="report" /><bpmn:participant id="They" name="They" /><bpmn:messageFlow id="asks" sourceRef="tell" targetRef="They" /></bpmn:collaboration>\n<bpmn:process id="report"',
      ),
      swap('bpmnElement="report"', 'bpmnElement="C_1"'),
      shape('We'),
      shape('They', 200),
      shape('asks', 300),
      swap(
        '<bpmndi:BPMNShape id="asks_di" bpmnElement="asks"><dc:Bounds x="300" y="900" width="36" height="36" /></bpmndi:BPMNShape>',
        '<bpmndi:BPMNEdge id="asks_di" bpmnElement="asks"><di:waypoint x="1" y="900" /><di:waypoint x="9" y="900" /></bpmndi:BPMNEdge>',
      ),
    ),
    at: ['asks', 'They'],
    want: 'error',
    finds: 'flow-loadable',
    engine: 'refused',
  }),
  report({
    name: 'an empty set of lanes',
    edit: swap(
      '<bpmn:startEvent id="asked"',
      '<bpmn:laneSet id="Lanes_1" />\n<bpmn:startEvent id="asked"',
    ),
    at: ['Lanes_1'],
    want: 'error',
    finds: 'flow-loadable',
    engine: 'refused',
  }),
  report({
    name: 'a data object of a type',
    edit: both(
      swap(
        '<bpmn:process id="report"',
        '<bpmn:itemDefinition id="Item_1" />\n<bpmn:process id="report"',
      ),
      add('<bpmn:dataObject id="typed" itemSubjectRef="Item_1" />'),
    ),
    at: ['typed', 'Item_1'],
    want: 'error',
    finds: 'flow-loadable',
    engine: 'refused',
  }),
  report({
    name: 'a performer without an expression',
    edit: swap(
      '<bpmn:scriptTask id="tell" name="Tell" scriptFormat="javascript">',
      '<bpmn:scriptTask id="tell" name="Tell" scriptFormat="javascript">\n<bpmn:performer id="Performer_1" />',
    ),
    at: ['tell', 'Performer_1'],
    want: 'error',
    finds: 'flow-loadable',
    engine: 'refused',
  }),
  report({
    name: 'the process was made not executable',
    edit: swap('isExecutable="true"', 'isExecutable="false"'),
    at: ['report'],
    want: 'error',
    finds: 'process-executable',
    engine: 'refused',
  }),
  report({
    name: 'a call activity',
    edit: both(
      swap(
        '<bpmn:scriptTask id="shorten" name="Shorten" scriptFormat="javascript">',
        '<bpmn:callActivity id="shorten" name="Shorten" calledElement="other">',
      ),
      (text) =>
        text.replace(
          /(id="shorten"[\s\S]*?)<bpmn:script>[\s\S]*?<\/bpmn:script>\n *<\/bpmn:scriptTask>/,
          '$1</bpmn:callActivity>',
        ),
    ),
    at: ['shorten'],
    want: 'error',
    finds: 'element-unsupported',
  }),
  report({
    name: 'a link to nowhere',
    edit: both(
      cut('pause-first'),
      swap(PAUSE, '<bpmn:linkEventDefinition id="pause-link" name="onward" />'),
      swapAll('intermediateCatchEvent id="pause"', 'intermediateThrowEvent id="pause"'),
      (text) =>
        text.replace(
          /(intermediateThrowEvent id="pause"[\s\S]*?)<\/bpmn:intermediateCatchEvent>/,
          '$1</bpmn:intermediateThrowEvent>',
        ),
    ),
    at: ['pause', 'pause-link'],
    want: 'error',
    finds: 'link-event',
  }),
  report({
    name: 'a condition to wait for that is none',
    edit: swap(PAUSE, '<bpmn:conditionalEventDefinition id="pause-condition" />'),
    at: ['pause', 'pause-condition'],
    want: 'error',
    finds: 'conditional-event',
    engine: 'waiting',
  }),
  report({
    name: 'a sub-process that begins with a timer',
    edit: swap(
      '<bpmn:startEvent id="weigh-begun" name="Weigh begun">',
      `<bpmn:startEvent id="weigh-begun" name="Weigh begun">\n${PAUSE.replaceAll('pause', 'begun').replace('PT0.01S', 'PT1H')}`,
    ),
    at: ['weigh-begun', 'weigh', 'begun-timer'],
    want: 'error',
    finds: 'sub-process-blank-start-event',
    engine: 'waiting',
  }),
  report({
    name: 'an event sub-process that waits for nothing',
    edit: both(
      add(
        '<bpmn:subProcess id="on-error" name="On error" triggeredByEvent="true"><bpmn:startEvent id="blank" name="Blank"><bpmn:outgoing>blank-over</bpmn:outgoing></bpmn:startEvent><bpmn:endEvent id="on-error-over" name="Over"><bpmn:incoming>blank-over</bpmn:incoming></bpmn:endEvent><bpmn:sequenceFlow id="blank-over" sourceRef="blank" targetRef="on-error-over" /></bpmn:subProcess>',
      ),
      shape('on-error'),
      shape('blank', 200),
      shape('on-error-over', 300),
    ),
    at: ['on-error', 'blank'],
    want: 'error',
    finds: 'event-sub-process-typed-start-event',
  }),
];
