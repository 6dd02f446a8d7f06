import { BRANCHED, changed, flowOf, ofFlow, scriptTask, working } from './build.js';
import type { Input, Topic } from './rows.js';

const flow = (from: string | RegExp, to: string): Input => changed(BRANCHED, from, to);
const one = (xml: string): Input => flow('<bpmn:task id="one" />', xml);
const way = (source: string, target: string) =>
  `<bpmn:sequenceFlow id="${source}-to-${target}" sourceRef="${source}" targetRef="${target}" />`;
const subProcess = (...parts: readonly string[]): Input =>
  working(`    <bpmn:subProcess id="work">\n${parts.join('\n')}\n    </bpmn:subProcess>`);
const branched = (...ways: readonly string[]): Input =>
  ofFlow(
    flowOf(
      `    <bpmn:exclusiveGateway id="which" default="which-to-other" />
    <bpmn:task id="one" />
    <bpmn:task id="other" />`,
      ['asked->which', 'which->one:${environment.variables.one}', ...ways],
    ),
  );
const S = '<bpmn:startEvent id="s" />';
const T = '<bpmn:task id="t" />';
const E = '<bpmn:endEvent id="e" />';
const LATE = `    <bpmn:boundaryEvent id="late" attachedToRef="work"><bpmn:timerEventDefinition id="limit"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;
const caught = `    <bpmn:subProcess id="caught" triggeredByEvent="true"><bpmn:startEvent id="s"><bpmn:errorEventDefinition id="any" /></bpmn:startEvent>${E}${way('s', 'e')}</bpmn:subProcess>`;

/** Rules about how the nodes of a flow hang together. */
export const flowStructure: Topic = {
  'start-event-required': {
    finds: {
      'a flow without a start event': flow(
        '<bpmn:startEvent id="asked" />',
        '<bpmn:task id="asked" />',
      ),
    },
    nearMisses: {
      'a sub-process without one': subProcess(T, E, way('t', 'e')),
      'a sub-process with one': subProcess(S, E, way('s', 'e')),
      'a second process that does not run': flow(
        '  <bpmn:process ',
        '  <bpmn:process id="world" isExecutable="false" />\n$&',
      ),
    },
  },
  'end-event-required': {
    finds: {
      'a flow without an end event': flow(
        '<bpmn:endEvent id="done" />',
        scriptTask('next();', 'done'),
      ),
      'a sub-process without one': subProcess(S, T, way('s', 't')),
    },
    nearMisses: {
      'a sub-process without events': subProcess(T),
      'an end event with an error': flow(
        '<bpmn:endEvent id="done" />',
        '<bpmn:endEvent id="done"><bpmn:errorEventDefinition id="failed" /></bpmn:endEvent>',
      ),
    },
  },
  'sub-process-empty': {
    finds: { 'one with nothing in it': subProcess() },
    nearMisses: { 'one with a task alone': subProcess(T) },
  },
  'no-disconnected': {
    finds: {
      'a task that nothing is connected to': working(
        '    <bpmn:task id="work" />\n    <bpmn:task id="other" />',
      ),
    },
    nearMisses: {
      'a sub-process that an event begins': working(`    <bpmn:task id="work" />\n${caught}`),
    },
  },
  'no-implicit-start': {
    finds: {
      'a task that nothing leads to': working(
        '    <bpmn:task id="work" />\n    <bpmn:task id="other" />',
        'other->done',
      ),
    },
    nearMisses: {
      'what the engine begins at in a sub-process without a start': subProcess(T, E, way('t', 'e')),
      'what a reference that is broken leads to': flow('targetRef="one"', 'targetRef="two"'),
      'what a boundary event leads to': working(
        `    <bpmn:task id="work" />\n    <bpmn:task id="other" />\n${LATE}`,
        'late->other',
        'other->done',
      ),
    },
  },
  'no-unreachable': {
    finds: {
      'a circle that nothing leads into': working(
        '    <bpmn:task id="work" />\n    <bpmn:task id="one" />\n    <bpmn:task id="other" />',
        'one->other',
        'other->one',
        'other->done',
      ),
    },
    nearMisses: {
      'a sub-process that an event begins': working(`    <bpmn:task id="work" />\n${caught}`),
      'what a boundary event leads to': working(
        `    <bpmn:task id="work" />\n    <bpmn:task id="other" />\n${LATE}`,
        'late->other',
        'other->done',
      ),
    },
  },
  'no-implicit-end': {
    finds: {
      'a task that leads nowhere': branched('which->other', 'other->done'),
      'a gateway that leads nowhere': working(
        '    <bpmn:parallelGateway id="split" />\n    <bpmn:task id="work" />',
        'work->split',
      ),
    },
    nearMisses: {
      'a task in an ad-hoc sub-process': working(
        `    <bpmn:adHocSubProcess id="work">${T}</bpmn:adHocSubProcess>`,
      ),
      'a script that fails the flow': working(
        `    <bpmn:task id="work" />\n${LATE}\n${scriptTask("next(new Error('late'));", 'fail')}`,
        'late->fail',
      ),
      'a sub-process that an event begins': working(`    <bpmn:task id="work" />\n${caught}`),
    },
  },
  'no-endless-loop': {
    finds: {
      'a circle without a way out': branched('which->other', 'one->other', 'other->one'),
    },
    nearMisses: {
      'a circle that a way leaves': branched('which->other', 'one->which', 'other->done'),
      'a circle that a boundary event leaves': working(
        `    <bpmn:task id="work" />\n    <bpmn:task id="other" />\n${LATE}`,
        'work->other',
        'other->work',
        'late->done',
      ),
    },
  },
  'sequence-flow-ends': {
    finds: {
      'a source that is not there': flow('sourceRef="one"', 'sourceRef="two"'),
      'no target': flow(' targetRef="one"', ''),
      'a way out of a sub-process': subProcess(S, E, way('s', 'e'), way('s', 'done')),
    },
    nearMisses: { 'a way inside of a sub-process': subProcess(S, E, way('s', 'e')) },
  },
  'sequence-flow-listed': {
    finds: {
      'a list of other sequence flows': one(
        '<bpmn:task id="one"><bpmn:incoming>which-to-other</bpmn:incoming><bpmn:outgoing>one-to-done</bpmn:outgoing></bpmn:task>',
      ),
    },
    nearMisses: {
      'lists that are right': ofFlow(
        flowOf('', ['asked->done'])
          .replace(
            '<bpmn:startEvent id="asked" />',
            '<bpmn:startEvent id="asked"><bpmn:outgoing>asked-to-done</bpmn:outgoing></bpmn:startEvent>',
          )
          .replace(
            '<bpmn:endEvent id="done" />',
            '<bpmn:endEvent id="done"><bpmn:incoming>asked-to-done</bpmn:incoming></bpmn:endEvent>',
          ),
      ),
      'no lists at all': ofFlow(BRANCHED),
    },
  },
  'boundary-attached': {
    finds: {
      'one that sits on nothing': working(
        `    <bpmn:task id="work" />\n${LATE.replace(' attachedToRef="work"', '')}`,
        'late->done',
      ),
      'one that catches nothing': working(
        '    <bpmn:task id="work" />\n    <bpmn:boundaryEvent id="late" attachedToRef="work" />',
        'late->done',
      ),
      'one outside of the sub-process of its task': working(
        `    <bpmn:subProcess id="work">${S}${T}${E}${way('s', 't')}${way('t', 'e')}</bpmn:subProcess>\n${LATE.replace('"work"', '"t"')}`,
        'late->done',
      ),
    },
    nearMisses: {
      'one on a sub-process': working(
        `    <bpmn:subProcess id="work">${S}${E}${way('s', 'e')}</bpmn:subProcess>\n${LATE}`,
        'late->done',
      ),
    },
  },
};
