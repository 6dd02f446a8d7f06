import {
  callTask,
  element,
  flowOf,
  giving,
  json,
  ofFlow,
  put,
  scriptTask,
  WORKFLOW,
} from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const parameters = (inner: string) => `<camunda:inputOutput>${inner}</camunda:inputOutput>`;

/** A call that gives the flow's output, and what its failure puts out and goes on to. */
const failing = (outputs: string, to = 'work-failed->done', more = ''): Input => {
  const task = callTask(
    { url, responseType: 'json' },
    {
      outputs: put('a', giving('next(null, body);')),
      task: parameters(put('output', '${content.output.a}')),
    },
  ).replace(
    /(<bpmn:boundaryEvent [^>]*>)/,
    `$1<bpmn:extensionElements>${parameters(outputs)}</bpmn:extensionElements>`,
  );
  return ofFlow(flowOf(task + more, ['asked->work', 'work->done', ...to.split(' ')]));
};

/** A flow that a button of a form runs. */
const pressed = (text: string, submitted = 'order'): Input => ({
  ...element(
    "type: 'runWorkflow', name: 'a', buttonLabel: 'A', workflow: 'sum', input: { no: '{b}' } })\n  +formElement({ name: 'b'",
  ),
  'config.json': json({
    workflow: [WORKFLOW, { key: 'sum', bpmnresource: '/flows/sum.bpmn', role: ['user'] }],
    form: [
      {
        slug: 'ask',
        template: { form: '/forms/ask.pug' },
        role: ['user'],
        process: { workflow: submitted },
      },
    ],
  }),
  'flows/sum.bpmn': flowOf(scriptTask(text), ['asked->work', 'work->done'], 'sum'),
});

/** Rules about answers that a flow owes, and what it has to make them of. */
export const failures: Topic = {
  'failure-silent': {
    finds: {
      'a failure that goes to the end of the good path': failing(
        put('why', '${content.output.message}'),
      ),
    },
    nearMisses: {
      'a failure with an output of its own': failing(put('output', '${content.output.message}')),
      'a failure that its milestone tells of': failing(
        put('state', giving("next(null, { id: 'a', result: { error: true } });")),
      ),
      'a failure with a status': failing(
        put('status', giving("next(null, { statuskey: 'error' });")),
      ),
      'a failure that a script tells of': failing(
        put('why', '${content.output.message}'),
        'work-failed->tell tell->done',
        scriptTask('next(new Error(environment.output.why));', 'tell'),
      ),
    },
  },
  'run-submit': {
    finds: {
      'a field of a form in a flow that is run': pressed(
        'next(null, environment.variables.submit.no);',
      ),
    },
    nearMisses: {
      'what the run hands over': pressed('next(null, environment.variables.input.no);'),
      'a flow that is made for both': pressed(
        'const { no } = environment.variables.submit ?? environment.variables.input;\nnext(null, no);',
      ),
      'a flow that the form starts as well': pressed(
        'next(null, environment.variables.submit.b);',
        'sum',
      ),
    },
  },
};
