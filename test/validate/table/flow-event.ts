import { flow } from '../blueprint.js';
import { changed, flowOf, ofFlow, SHORT, scriptTask, working } from './build.js';
import type { Input, Topic } from './rows.js';

const FAILS = scriptTask('next(new Error("No."));', 'fail');
const errorEnd = (task: string): Input =>
  ofFlow(
    flow({
      id: 'order',
      body: `    <bpmn:startEvent id="asked" />
    ${task}
    <bpmn:endEvent id="broken"><bpmn:errorEventDefinition id="breaks" /></bpmn:endEvent>`,
      ways: ['asked->fail', 'fail->broken'],
    }),
  );
const CHECKS = scriptTask(
  'if (environment.variables.a) { next(); } else { next(new Error("No.")); }',
  'check',
);
const decided = (task: string): Input =>
  ofFlow(
    flowOf(
      `${CHECKS}
    <bpmn:exclusiveGateway id="which" default="which-to-done" />
    ${task}
    <bpmn:endEvent id="broken"><bpmn:errorEventDefinition id="breaks" /></bpmn:endEvent>`,
      ['asked->check', 'check->which', 'which->done', 'fail->broken'].concat(
        'which->fail:${environment.variables.bad}',
      ),
    ),
  );
const inSub = (start: string, attributes = ''): Input =>
  working(`    <bpmn:subProcess id="work"${attributes}>
      <bpmn:startEvent id="s">${start}</bpmn:startEvent>
      <bpmn:endEvent id="e" />
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="e" />
    </bpmn:subProcess>`);
const EVENT_SUB = ' triggeredByEvent="true"';
const WAITS =
  '<bpmn:timerEventDefinition id="t"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>';
const catching = (definition: string): Input =>
  working(`    <bpmn:intermediateCatchEvent id="work">${definition}</bpmn:intermediateCatchEvent>`);
const linked = (caught: string): Input =>
  ofFlow(
    flowOf(
      `    <bpmn:intermediateThrowEvent id="away"><bpmn:linkEventDefinition id="l1" name="on" /></bpmn:intermediateThrowEvent>
    <bpmn:intermediateCatchEvent id="back"><bpmn:linkEventDefinition id="l2" name="${caught}" /></bpmn:intermediateCatchEvent>`,
      ['asked->away', 'back->done'],
    ),
  );
const branched = (condition: string): Input =>
  ofFlow(
    flowOf(
      `    <bpmn:exclusiveGateway id="which" default="which-to-done" />
    <bpmn:task id="one" />`,
      ['asked->which', `which->one:${condition}`, 'which->done', 'one->done'],
    ),
  );
const eventBased = (body: string): Input =>
  ofFlow(
    flowOf(
      `    <bpmn:eventBasedGateway id="first" />
    <bpmn:intermediateCatchEvent id="late">${WAITS}</bpmn:intermediateCatchEvent>
    ${body}`,
      ['asked->first', 'first->late', 'late->done', 'first->other', 'other->done'],
    ),
  );
const twoStarts = (events: string): Input =>
  changed(
    flowOf('    <bpmn:task id="work" />', ['asked->work', 'also->work', 'work->done']),
    '    <bpmn:task id="work" />',
    `    <bpmn:startEvent id="also">${events}</bpmn:startEvent>\n    <bpmn:task id="work" />`,
  );

/** Rules about events, and about what the engine makes of them. */
export const flowEvents: Topic = {
  'flow-loadable': {
    finds: {
      'an empty lane set': changed(
        SHORT,
        '<bpmn:startEvent',
        '<bpmn:laneSet id="lanes" /><bpmn:startEvent',
      ),
      'an item definition': changed(
        SHORT,
        '<bpmn:process',
        '<bpmn:itemDefinition id="item" /><bpmn:process',
      ),
      'a performer without an expression': working(
        '    <bpmn:task id="work"><bpmn:performer id="who" /></bpmn:task>',
      ),
      'a message to an empty pool': changed(
        SHORT,
        '<bpmn:process',
        '<bpmn:collaboration id="both"><bpmn:participant id="we" processRef="order" /><bpmn:participant id="they" /><bpmn:messageFlow id="asks" sourceRef="asked" targetRef="they" /></bpmn:collaboration><bpmn:process',
      ),
    },
    nearMisses: {
      'a lane': changed(
        SHORT,
        '<bpmn:startEvent',
        '<bpmn:laneSet id="lanes"><bpmn:lane id="lane"><bpmn:flowNodeRef>asked</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:startEvent',
      ),
      'an empty pool without messages': changed(
        SHORT,
        '<bpmn:process',
        '<bpmn:collaboration id="both"><bpmn:participant id="we" processRef="order" /><bpmn:participant id="they" /></bpmn:collaboration><bpmn:process',
      ),
      'an error, a signal and a message': changed(
        SHORT,
        '<bpmn:process',
        '<bpmn:error id="er" /><bpmn:signal id="si" /><bpmn:message id="me" /><bpmn:process',
      ),
    },
  },
  'single-blank-start-event': {
    finds: { 'two that wait for nothing': twoStarts('') },
    nearMisses: {
      'one that waits for a timer': twoStarts(
        '<bpmn:timerEventDefinition id="t"><bpmn:timeCycle>0 4 * * *</bpmn:timeCycle></bpmn:timerEventDefinition>',
      ),
    },
  },
  'sub-process-blank-start-event': {
    finds: { 'a start that waits': inSub(WAITS) },
    nearMisses: { 'a blank start': inSub('') },
  },
  'event-sub-process-typed-start-event': {
    finds: { 'a blank start': inSub('', EVENT_SUB) },
    nearMisses: {
      'a start that waits': inSub(WAITS, EVENT_SUB),
      'an ordinary sub-process': inSub(''),
    },
  },
  'link-event': {
    finds: { 'a link that nothing catches': linked('of') },
    nearMisses: { 'a link that is caught': linked('on') },
  },
  'conditional-event': {
    finds: {
      'a condition without anything': catching('<bpmn:conditionalEventDefinition id="c" />'),
    },
    nearMisses: {
      'a condition': catching(
        '<bpmn:conditionalEventDefinition id="c"><bpmn:condition>${environment.variables.a}</bpmn:condition></bpmn:conditionalEventDefinition>',
      ),
    },
  },
  'event-based-gateway': {
    finds: { 'a path to a task': eventBased('<bpmn:task id="other" />') },
    nearMisses: {
      'a path to an event': eventBased(
        '<bpmn:intermediateCatchEvent id="other"><bpmn:signalEventDefinition id="s" /></bpmn:intermediateCatchEvent>',
      ),
      'a path to a task that receives': eventBased('<bpmn:receiveTask id="other" />'),
    },
  },
  'no-implicit-split': {
    finds: {
      'two paths out of a task': ofFlow(
        flowOf('    <bpmn:task id="one" /><bpmn:task id="two" />', [
          'asked->one',
          'one->two',
          'one->done',
          'two->done',
        ]),
      ),
    },
    nearMisses: {
      'a condition and a default': ofFlow(
        flowOf('    <bpmn:task id="one" default="one-to-done" /><bpmn:task id="two" />', [
          'asked->one',
          'one->two:${environment.variables.a}',
          'one->done',
          'two->done',
        ]),
      ),
    },
  },
  'no-duplicate-sequence-flows': {
    finds: {
      'two from one to the other': changed(
        flowOf('    <bpmn:task id="one" />', ['asked->one', 'one->done']),
        '    <bpmn:sequenceFlow',
        '    <bpmn:sequenceFlow id="again" sourceRef="one" targetRef="done" />\n    <bpmn:sequenceFlow',
      ),
    },
    nearMisses: { 'two that come from different nodes': branched('${environment.variables.a}') },
  },
  'error-end': {
    finds: {
      'an error end at the top': errorEnd('<bpmn:task id="fail" />'),
      'a script in front of it that goes on': errorEnd(scriptTask('next();', 'fail')),
      'one behind a decision that a script lets through': decided('<bpmn:task id="fail" />'),
    },
    nearMisses: {
      'a script in front of it that fails': errorEnd(FAILS),
      'a script in front of it that fails by what it finds': errorEnd(
        CHECKS.replace('check', 'fail'),
      ),
      'one behind a decision with a script that fails': decided(FAILS),
      'a script in front of it that sets a status': errorEnd(
        scriptTask('environment.output.status = { statuskey: "error" }; next();', 'fail'),
      ),
      'an error end in a sub-process': working(`    <bpmn:subProcess id="work">
      <bpmn:startEvent id="s" />
      <bpmn:endEvent id="e"><bpmn:errorEventDefinition id="breaks" /></bpmn:endEvent>
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="e" />
    </bpmn:subProcess>`),
    },
  },
  'condition-constant': {
    finds: { 'a condition that never holds': branched('${false}') },
    nearMisses: { 'a condition that asks': branched('${environment.variables.false}') },
  },
};
