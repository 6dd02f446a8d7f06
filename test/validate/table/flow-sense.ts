import { callTask, flowOf, ofFlow, scriptTask, working } from './build.js';
import type { Input, Topic } from './rows.js';

const looping = (loop: string): Input =>
  working(`    <bpmn:scriptTask id="work" scriptFormat="js">
      <bpmn:script>next();</bpmn:script>
      <bpmn:multiInstanceLoopCharacteristics isSequential="true" ${loop}
    </bpmn:scriptTask>`);
const counting = (name: string, text: string): Input =>
  looping(
    `><bpmn:${name} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${name}></bpmn:multiInstanceLoopCharacteristics>`,
  );
const again = (target: string): Input =>
  ofFlow(
    flowOf(
      `    <bpmn:exclusiveGateway id="try" />
    <bpmn:task id="work" />
    <bpmn:exclusiveGateway id="again" default="again-to-done" />`,
      ['asked->try', 'try->work', 'work->again', 'again->done'].concat(
        `again->${target}:\${environment.variables.more}`,
      ),
    ),
  );
const attached = (goesOn: string, definition: string): Input =>
  working(
    `    <bpmn:subProcess id="work">
      <bpmn:startEvent id="s" /><bpmn:endEvent id="e" />
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="e" />
    </bpmn:subProcess>
    <bpmn:boundaryEvent id="late" attachedToRef="work" cancelActivity="${goesOn}">${definition}</bpmn:boundaryEvent>`,
    'late->done',
  );
const ERROR = '<bpmn:errorEventDefinition id="failed" />';
const TIMER =
  '<bpmn:timerEventDefinition id="timer"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>';

/** Rules about events and loops that can't do what is drawn. */
export const flowSense: Topic = {
  'event-direction': {
    finds: {
      'a loop that leads back to the start event': again('asked'),
      'a path into a boundary event': ofFlow(
        flowOf(`${callTask({ url: 'https://example.com' })}\n${scriptTask('next();', 'first')}`, [
          'asked->first',
          'first->work',
          'first->work-failed',
          'work->done',
          'work-failed->done',
        ]),
      ),
      'a path out of an end event': ofFlow(
        flowOf(`    <bpmn:endEvent id="over" />\n${scriptTask('next();')}`, [
          'asked->over',
          'over->work',
          'work->done',
        ]),
      ),
    },
    nearMisses: { 'a loop that leads back to the node behind it': again('try') },
  },
  'event-interrupts': {
    finds: { 'an error that is not to interrupt': attached('false', ERROR) },
    nearMisses: {
      'an error that interrupts': attached('true', ERROR),
      'a timer that does not': attached('false', TIMER),
    },
  },
  'loop-value': {
    finds: {
      'a list that is a text': looping('camunda:collection="environment.output.ids" />'),
      'a loop without a list or a number': looping('/>'),
      'a number that is a path': counting('loopCardinality', 'environment.output.count'),
      'a condition that is a text': looping(
        'camunda:collection="${environment.variables.ids}"><bpmn:completionCondition xsi:type="bpmn:tFormalExpression">environment.output.found</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>',
      ),
    },
    nearMisses: {
      'a list that is an expression': looping(
        'camunda:collection="${environment.variables.ids}" />',
      ),
      'a number': counting('loopCardinality', '3'),
      'a number that is an expression': counting(
        'loopCardinality',
        '${environment.variables.count}',
      ),
    },
  },
};
