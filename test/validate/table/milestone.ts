import {
  callTask,
  changed,
  flowOf,
  map,
  ofFlow,
  parameters,
  put,
  SHORT,
  scriptTask,
  take,
  working,
} from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const begin = take('state', map({ id: 'ask', name: 'Ask' }));
const end = put('state', map({ id: 'ask', result: 'done' }));
const extended = (...parts: readonly string[]) =>
  `<bpmn:extensionElements>${parameters(...parts)}</bpmn:extensionElements>`;

const scripted = (value: string) =>
  `<camunda:script scriptFormat="js">next(null, ${value});</camunda:script>`;
const ENDED_LATER = flowOf(
  `${callTask({ url }, { task: parameters(begin) })}\n    <bpmn:scriptTask id="finish" scriptFormat="js">${extended(end)}<bpmn:script>next();</bpmn:script></bpmn:scriptTask>`,
  ['asked->work', 'work->finish', 'work-failed->finish', 'finish->done'],
);

/** A call with a milestone, and what its error boundary does with it. */
const asking = (task: string, boundary: string, more = '', ...ways: readonly string[]): Input =>
  working(
    `${callTask({ url }, { task }).replace('<bpmn:errorEventDefinition', `${boundary}$&`)}\n${more}`,
    'work-failed->done',
    ...ways,
  );
const REMINDER =
  '    <bpmn:boundaryEvent id="late" attachedToRef="work" cancelActivity="false"><bpmn:timerEventDefinition id="limit"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>';

/** A blueprint whose flow runs a script task of this text. */
const writing = (text: string): Input => working(scriptTask(`${text}\nnext();`));

/** Rules about milestones: what a person sees of a flow that runs. */
export const milestone: Topic = {
  'milestone-member': {
    finds: {
      'a result that is a letter off': asking(
        parameters(begin, put('state', map({ id: 'ask', result: map({ don: '${true}' }) }))),
        extended(end),
      ),
      'a key in another case': asking(
        parameters(put('status', map({ statusKey: 'complete', statusmessage: 'Done' }))),
        '',
      ),
      'a status of a script in another case': writing(
        "environment.output.status = { statuskey: 'complete', statusMessage: 'Done' };",
      ),
      'a status of a script in other words': writing(
        "environment.output.status = { statuskey: 'complete', message: 'Done', code: 200 };",
      ),
      'a status in other words': asking(
        parameters(put('status', map({ statuskey: 'complete', message: 'Done' }))),
        '',
      ),
      'a status that a parameter gives in other words': asking(
        parameters(put('status', scripted("{ statuscode: 200, key: 'complete' }"))),
        '',
      ),
      'a result in other words': asking(
        parameters(begin, put('state', map({ id: 'ask', result: map({ success: '${true}' }) }))),
        extended(end),
      ),
      'a result of a script in other words': asking(
        parameters(begin, put('state', scripted("{ id: 'ask', result: { completed: true } }"))),
        extended(put('state', scripted("[{ id: 'ask', result: { failed: true } }]"))),
      ),
      'a result that a script task writes': writing(
        "environment.output.state = { id: 'ask', result: { ok: true } };",
      ),
      'an id that is a letter off': asking(parameters(take('state', map({ idd: 'a' }))), ''),
    },
    nearMisses: {
      'what the Hub reads': asking(
        parameters(
          begin,
          put('state', map({ id: 'ask', result: map({ done: '${true}', statusmessage: 'x' }) })),
          put('status', map({ statuskey: 'complete', statuscode: '200' })),
        ),
        extended(end),
      ),
      'what the Hub reads, of scripts': asking(
        parameters(
          begin,
          put('state', scripted("{ id: 'ask', result: { done: true, success: true } }")),
          put('status', scripted("{ statuskey: 'complete', statusmessage: 'x', message: 'y' }")),
        ),
        extended(end),
      ),
      'a status of its own': writing("environment.output.status = { code: 200, message: 'Done' };"),
      'a result of something else': writing(
        "environment.output.answer = { id: 'ask', result: { success: true } };",
      ),
      'members that are worked out': writing(
        "environment.output.status = { statuskey: 'complete', ...environment.output.more };",
      ),
      'the same keys elsewhere': asking(parameters(take('x', map({ statusKey: 'a' }))), ''),
    },
  },
  'milestone-open': {
    finds: {
      'one that never ends': asking(parameters(begin), ''),
      'one that does not end when the call fails': asking(parameters(begin, end), ''),
      'one that ends under another id': asking(
        parameters(begin, put('state', map({ id: 'asked', result: 'done' }))),
        extended(end),
      ),
    },
    nearMisses: {
      'one that ends in a later task': ofFlow(ENDED_LATER),
      'one that a script ends under an id of its own': asking(
        parameters(begin, put('state', scripted('{ id: which, result: { done: true } }'))),
        extended(put('state', scripted("{ id: 'ask', result: { error: true } }"))),
      ),
      'several in a list': asking(
        parameters(
          take('state', scripted("[{ id: 'a', name: 'A' }, { id: 'b', name: 'B' }]")),
          put('state', scripted("[{ id: 'a', result: 1 }, { id: 'b', result: 1 }]")),
        ),
        extended(put('state', scripted("[{ id: 'a', result: 2 }, { id: 'b', result: 2 }]"))),
      ),
      'one that begins with its result': asking(
        parameters(take('state', map({ id: 'ask', name: 'Ask', result: 'done' }))),
        '',
      ),
      'one that ends either way': asking(parameters(begin, end), extended(end)),
      'a reminder that does not end the call': asking(
        parameters(begin, end),
        extended(end),
        REMINDER,
        'late->done',
      ),
    },
  },
  'milestone-begin': {
    finds: {
      'one that never begins': asking(parameters(end), extended(end)),
      'one that begins under another id': asking(
        parameters(begin, put('state', map({ id: 'asks', result: 'done' }))),
        extended(end),
      ),
    },
    nearMisses: {
      'one that begins': asking(parameters(begin, end), extended(end)),
      'one that an end event ends': changed(
        SHORT,
        '<bpmn:endEvent id="done" />',
        `<bpmn:endEvent id="done">${extended(end)}</bpmn:endEvent>`,
      ),
      'one that a script task ends': working(
        `    <bpmn:scriptTask id="work" scriptFormat="js">${extended(end)}<bpmn:script>next();</bpmn:script></bpmn:scriptTask>`,
      ),
    },
  },
  'milestone-name': {
    finds: {
      'one without an id': asking(
        parameters(take('state', map({ result: 'x' })), end),
        extended(end),
      ),
    },
    nearMisses: {
      'one without a name': asking(
        parameters(take('state', map({ id: 'ask' })), end),
        extended(end),
      ),
      'one with both': asking(parameters(begin, end), extended(end)),
      'one that a script names': asking(
        parameters(
          take(
            'state',
            '<camunda:script scriptFormat="js">next(null, content.x);</camunda:script>',
          ),
          end,
        ),
        extended(end),
      ),
    },
  },
};
