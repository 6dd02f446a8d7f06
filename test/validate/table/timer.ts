import {
  callTask,
  changed,
  FORM,
  flowOf,
  json,
  map,
  ofFlow,
  put,
  SHORT,
  VIEW,
  WORKFLOW,
  wholeForm,
  working,
} from './build.js';
import type { Input, Topic } from './rows.js';

const waiting = (inner: string): Input =>
  working(
    `    <bpmn:intermediateCatchEvent id="work">\n      <bpmn:timerEventDefinition id="wait">${inner}</bpmn:timerEventDefinition>\n    </bpmn:intermediateCatchEvent>`,
  );
const timer = (kind: 'Duration' | 'Date' | 'Cycle', text: string): Input =>
  waiting(`<bpmn:time${kind}>${text}</bpmn:time${kind}>`);
const history = (value: string): Input =>
  changed(SHORT, 'isExecutable', `camunda:historyTimeToLive="${value}" isExecutable`);

const DAILY = changed(
  SHORT,
  '<bpmn:startEvent id="asked" />',
  '<bpmn:startEvent id="asked"><bpmn:timerEventDefinition id="daily"><bpmn:timeCycle>0 4 * * *</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>',
);
const asForm = (files: Input): Input => ({
  ...files,
  'config.json': json({ workflow: [WORKFLOW], form: [FORM] }),
  'forms/ask.pug': VIEW,
});
const STARTED = '/my/processes/start/order';
const asOther = (
  files: Input,
  url = '/my/workflows/run/order',
  inputs: Readonly<Record<string, string>> = {},
  outputs = '',
): Input => ({
  ...files,
  'config.json': json({
    workflow: [WORKFLOW, { ...WORKFLOW, key: 'other', bpmnresource: '/flows/other.bpmn' }],
  }),
  'flows/other.bpmn': flowOf(
    callTask({ url, method: 'POST', ...inputs }, { connector: 'onifyApiRequest', outputs }),
    ['asked->work', 'work->done', 'work-failed->done'],
    'other',
  ),
});
const asButton: Input = {
  ...DAILY,
  'config.json': json({
    workflow: [WORKFLOW, { ...WORKFLOW, key: 'other', bpmnresource: '/flows/other.bpmn' }],
    form: [{ ...FORM, process: { workflow: 'other' } }],
  }),
  'flows/other.bpmn': SHORT.replaceAll('"order"', '"other"'),
  'forms/ask.pug': `${VIEW}block formContent\n  +formElement({ type: 'runWorkflow', name: 'run', workflow: 'order' })\n`,
};

/** Rules about timers. */
export const timers: Topic = {
  'timer-value': {
    finds: {
      'a timer without a value': waiting(''),
      'an empty timer': timer('Duration', ''),
      'a duration in words': timer('Duration', '10 minutes'),
      'a duration without its T': timer('Duration', 'P10S'),
      'a date in words': timer('Date', 'tomorrow'),
      'a cycle that is neither pattern nor interval': timer('Cycle', 'every day'),
      'an hour that no day has': timer('Cycle', '0 25 * * *'),
      'a day that its month never has': timer('Cycle', '0 8 31 2 *'),
    },
    nearMisses: {
      'a duration': timer('Duration', 'PT10M'),
      'a duration with weeks': timer('Duration', 'P2W'),
      'a date': timer('Date', '2030-01-31T08:00:00Z'),
      'a cron pattern': timer('Cycle', '15 4 * * 1-5'),
      'a day that comes every four years': timer('Cycle', '0 8 29 2 *'),
      'an interval': timer('Cycle', 'R3/PT1H'),
      'an expression': timer('Duration', '${environment.variables.wait}'),
    },
  },
  'timer-start-run': {
    finds: {
      'a form that starts it': asForm(DAILY),
      'a flow that runs it': asOther(DAILY),
      'a button that runs it': asButton,
      'a flow that starts it with an input': asOther(DAILY, STARTED, {
        payload: map({ title: 'Order', input: '${environment.variables.input}' }),
      }),
      'a flow that starts it and asks how it gets on': asOther(
        DAILY,
        STARTED,
        {},
        put('answer', '/my/processes/${content.output.body.id}/status'),
      ),
    },
    nearMisses: {
      'a schedule that nothing runs': DAILY,
      'a form that starts a flow without a timer': wholeForm(VIEW),
      'a flow that runs one without a timer': asOther(ofFlow(SHORT)),
      'a flow that only sets it going': asOther(DAILY, STARTED, {
        payload: map({ title: 'Order' }),
      }),
    },
  },
  'timer-months': {
    finds: {
      'months that look like minutes': timer('Duration', 'P10M'),
      'months beside a call': working(
        `${callTask({ url: 'https://example.com' })}
    <bpmn:boundaryEvent id="slow" attachedToRef="work"><bpmn:timerEventDefinition id="wait"><bpmn:timeDuration>P2M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`,
        'work-failed->done',
        'slow->done',
      ),
    },
    nearMisses: {
      'a quarter': timer('Duration', 'P3M'),
      minutes: timer('Duration', 'PT10M'),
    },
  },
  'timer-history': {
    finds: {
      'a word': history('long'),
      'a number with its unit': history('30 days'),
    },
    nearMisses: {
      'nothing, which the engine takes for none': history(''),
      'a number of days': history('30'),
      'a duration': history('P30D'),
      'an expression': history('${environment.variables.days}'),
    },
  },
};
