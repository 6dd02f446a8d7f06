import {
  asking,
  callTask,
  element,
  FORM,
  flowOf,
  giving,
  json,
  map,
  ofFlow,
  SHORT,
  VIEW,
  WORKFLOW,
  wholeForm,
} from './build.js';
import type { Input, Topic } from './rows.js';

const PATH = '/admin/items/1?refresh=true';
const call = (changes: object = {}, connector = 'onifyApiRequest'): Input => ({
  ...asking({ url: PATH, method: 'PUT', payload: map({ a: '1' }) }, { connector }),
  'config.json': json({ workflow: [{ ...WORKFLOW, ...changes }] }),
});
const roles = (form: object, workflow: object): Input =>
  wholeForm(VIEW, {
    'config.json': json({ workflow: [{ ...WORKFLOW, ...workflow }], form: [{ ...FORM, ...form }] }),
  });
const runs = (connector: string, role: readonly string[]): Input => {
  const task = callTask({ url: '/my/workflows/run/sum', method: 'POST' }, { connector });
  return ofFlow(flowOf(task, ['asked->work', 'work->done', 'work-failed->done']), {
    'config.json': json({
      workflow: [WORKFLOW, { key: 'sum', bpmnresource: '/flows/sum.bpmn', role }],
    }),
    'flows/sum.bpmn': SHORT.replaceAll('"order"', '"sum"'),
  });
};

/** Rules about who may start what, and with whose rights it runs. */
export const rights: Topic = {
  'admin-call': {
    finds: {
      'an address of the administration': call(),
      'an address that a script puts together': asking({
        url: giving("next(null, '/admin/items/' + encodeURIComponent(environment.variables.a));"),
      }),
    },
    nearMisses: {
      'with admin rights': call({}, 'onifyElevatedApiRequest'),
      'a workflow of admins': call({ role: ['admin'] }),
      'a workflow that runs as somebody': call({ impersonate: 'admin' }),
      'an address of its own': asking({ url: '/my/items/1' }),
    },
  },
  'role-wider': {
    finds: {
      'a form for more than its workflow': roles({}, { role: ['admin'] }),
      'a form for another role as well': roles({ role: ['user', 'guest'] }, { role: ['user'] }),
      'a button for more than its workflow': {
        ...element("type: 'runWorkflow', name: 'a', buttonLabel: 'A', workflow: 'sum'"),
        'config.json': json({
          workflow: [WORKFLOW, { key: 'sum', bpmnresource: '/flows/sum.bpmn', role: ['admin'] }],
          form: [FORM],
        }),
        'flows/sum.bpmn': SHORT.replaceAll('"order"', '"sum"'),
      },
      'a flow that runs another one': runs('onifyApiRequest', ['admin']),
    },
    nearMisses: {
      'a form for the same': roles({}, { role: ['user', 'guest'] }),
      'a form for admins': roles({ role: ['admin'] }, { role: ['user'] }),
      'a workflow for everyone': roles({}, { role: [] }),
      'a flow that runs another one with admin rights': runs('onifyElevatedApiRequest', ['admin']),
    },
  },
};
