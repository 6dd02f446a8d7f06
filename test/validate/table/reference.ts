import {
  FORM,
  flowOf,
  json,
  ofFlow,
  SHORT,
  scriptTask,
  VIEW,
  WORKFLOW,
  wholeForm,
} from './build.js';
import type { Input, Topic } from './rows.js';

const names = (bpmnresource: string, more: Input = {}): Input =>
  ofFlow(SHORT, {
    'config.json': json({ workflow: [{ ...WORKFLOW, bpmnresource }] }),
    ...more,
  });
const starts = (workflow: string, slug = FORM.slug): Input =>
  wholeForm(VIEW, {
    'config.json': json({
      workflow: [WORKFLOW],
      form: [{ ...FORM, slug, process: { workflow } }],
    }),
  });
const READS_FORM = flowOf(scriptTask('next(null, environment.variables.submit.floor);'), [
  'asked->work',
  'work->done',
]);
const { 'flows/order.bpmn': _, ...moved } = names('/flows/order.bpmn', {
  'resources/flows/order.bpmn': SHORT,
});

/** Rules about what config.json names, and what nothing names. */
export const reference: Topic = {
  'reference-missing': {
    finds: {
      'a flow that is not there': names('/flows/else.bpmn'),
      'a misspelled flow': names('/flows/oder.bpmn'),
      'a flow in other letters': names('/flows/Order.bpmn'),
      'a path without its slash': names('flows/order.bpmn'),
      'a path that leads out': names('/../flows/order.bpmn'),
    },
    nearMisses: {
      'a flow in the folder that is copied to the root': moved,
      'a form by its bare name': wholeForm(VIEW, {
        'config.json': json({
          workflow: [WORKFLOW],
          form: [{ ...FORM, template: { form: 'ask' } }],
        }),
      }),
    },
  },
  'reference-kind': {
    finds: {
      'a form as a workflow': names('/forms/ask.pug', { 'forms/ask.pug': VIEW }),
      'a flow as a form': wholeForm(VIEW, {
        'config.json': json({
          workflow: [WORKFLOW],
          form: [{ ...FORM, template: { form: '/flows/order.bpmn' } }],
        }),
      }),
    },
    nearMisses: {
      'a flow whose ending is in large letters': {
        'config.json': json({ workflow: [{ ...WORKFLOW, bpmnresource: '/flows/order.BPMN' }] }),
        'flows/order.BPMN': SHORT,
      },
      'a flow whose name has more dots': {
        'config.json': json({ workflow: [{ ...WORKFLOW, bpmnresource: '/flows/x.pug.bpmn' }] }),
        'flows/x.pug.bpmn': SHORT,
      },
    },
  },
  'reference-unused': {
    finds: {
      'a flow that no workflow names': ofFlow(SHORT, {
        'flows/other.bpmn': flowOf('', ['asked->done'], 'other'),
      }),
      'a form that config.json does not name': ofFlow(SHORT, { 'forms/ask.pug': VIEW }),
    },
    nearMisses: {
      'a form that another one includes': wholeForm(
        `${VIEW}block formContent\n  include part.pug\n`,
        { 'forms/part.pug': 'p x\n' },
      ),
      'a form that another one includes from the root': wholeForm(
        `${VIEW}block formContent\n  include /forms/part.pug\n`,
        { 'forms/part.pug': 'p x\n' },
      ),
      'a view': ofFlow(SHORT, { 'views/form/own.pug': 'p x\n' }),
    },
  },
  'reference-workflow': {
    finds: {
      'a workflow of nobody': starts('something-else'),
      'a misspelled workflow': starts('odrer'),
      'a workflow with a word more': starts('order-flow'),
      'another one than that which reads the form': {
        ...starts('purchase', 'order'),
        'flows/order.bpmn': READS_FORM,
      },
    },
    nearMisses: {
      'the workflow that is there': starts('order'),
      'a workflow whose flow is there under another key': {
        ...starts('order'),
        'config.json': json({ workflow: [{ ...WORKFLOW, key: 'buy' }], form: [FORM] }),
      },
    },
  },
  'process-id': {
    finds: {
      'a process of another name': ofFlow(SHORT.replaceAll('"order"', '"Process_1"')),
      'a process whose name is a letter off': ofFlow(SHORT.replaceAll('"order"', '"oder"')),
    },
    nearMisses: {
      'the right process, beside one that does not run': ofFlow(
        SHORT.replace(
          '  <bpmn:process ',
          '  <bpmn:process id="another" isExecutable="false" />\n  <bpmn:process ',
        ),
      ),
    },
  },
};
