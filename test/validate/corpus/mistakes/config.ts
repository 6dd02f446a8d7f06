import type { Mistake } from './mistake.js';
import { both, swap } from './mistake.js';
import { CONFIG, CREATE, FORM, orders, STATUS } from './orders.js';

const config = (
  name: string,
  from: string,
  to: string,
  finds: string,
  want: Mistake['want'] = 'error',
): Mistake => ({
  name,
  in: CONFIG,
  edit: swap(from, to),
  want,
  finds,
});
const ROLE = '      "role": [\n        "user"\n      ]';
const moved = (
  path: string,
  text: (config: string) => string,
): Pick<Mistake, 'in' | 'edit' | 'with' | 'told'> => ({
  in: CONFIG,
  edit: () => undefined,
  with: { [path]: text(String(orders[CONFIG])) },
  told: path,
});

/** Mistakes in config.json, and in what it names. */
export const configMistakes: readonly Mistake[] = [
  config(
    'a comma too many',
    '"workflow": "order-create",\n        "title": "order-create"\n',
    '"workflow": "order-create",\n        "title": "order-create",\n',
    'config-json',
  ),
  config('a comment', '{\n  "form"', '{\n  // forms\n  "form"', 'config-json'),
  config(
    'a merge that is not done',
    '  "workflow": [',
    '<<<<<<< HEAD\n  "workflow": [',
    'config-json',
  ),
  config(
    'a path without its slash',
    '"/flows/order-create.bpmn"',
    '"flows/order-create.bpmn"',
    'reference-missing',
  ),
  config(
    'a path in another case',
    '"/flows/order-create.bpmn"',
    '"/flows/Order-create.bpmn"',
    'reference-missing',
  ),
  config(
    'a path with the folder that is copied',
    '"/flows/order-create.bpmn"',
    '"/resources/flows/order-create.bpmn"',
    'reference-missing',
  ),
  config(
    'a form that is misspelt',
    '"/forms/order-create.pug"',
    '"/forms/order-crate.pug"',
    'reference-missing',
  ),
  config(
    'a flow as a form',
    '"/forms/order-create.pug"',
    '"/flows/order-create.bpmn"',
    'reference-kind',
  ),
  config(
    'the workflow of a form is misspelt',
    '"workflow": "order-create"',
    '"workflow": "order-crate"',
    'reference-workflow',
  ),
  config('workflows in place of workflow', '"workflow": [', '"workflows": [', 'config-unknown'),
  config(
    'a field in another case',
    '"bpmnresource": "/flows/order-create.bpmn"',
    '"bpmnResource": "/flows/order-create.bpmn"',
    'config-schema',
  ),
  config(
    'an expression of a flow in a title',
    '"title": "order-create"\n      }',
    '"title": "Order of ${user.key}"\n      }',
    'config-template',
    'warning',
  ),
  config(
    'a slug with a space',
    '"slug": "order-create"',
    '"slug": "order create"',
    'config-key',
    'warning',
  ),
  config(
    'a tag that deletes nothing',
    ROLE,
    `${ROLE},\n      "tag": ["purge:24h:data"]`,
    'purge-tag',
    'warning',
  ),
  {
    name: 'a form for more people than its workflow',
    in: CONFIG,
    edit: (text) => text.replace(/("workflow": \[[\s\S]*?"role": \[\s*)"user"/, '$1"admin"'),
    want: 'warning',
    finds: 'role-wider',
  },
  {
    name: 'a secret of the type string in the README',
    in: 'README.md',
    edit: swap('Client secret | password', 'Client secret | string'),
    want: 'warning',
    finds: 'setting-secret',
  },
  config('a role that is no list', ROLE, '      "role": "user"', 'config-schema'),
  config('no role', `,\n${ROLE}`, '', 'config-role', 'warning'),
  config('a form that starts nothing', '"process": {', '"proces": {', 'config-process'),
  config(
    'settings',
    '{\n  "form"',
    '{\n  "setting": [{ "key": "orders_client_id" }],\n  "form"',
    'config-setting',
  ),
  config('a form without a slug', '"slug": "order-create",', '', 'config-schema'),
  config('one key twice', '"key": "order-status"', '"key": "order-create"', 'config-duplicate'),
  config(
    'a template as text',
    '"template": {\n        "form": "/forms/order-create.pug",\n        "result": "/forms/order-create-result.pug"\n      }',
    '"template": "/forms/order-create.pug"',
    'config-schema',
  ),
  {
    name: "a key that is not the process's",
    in: CONFIG,
    edit: swap('"key": "order-create"', '"key": "create-order"'),
    told: CREATE,
    want: 'error',
    finds: 'process-id',
  },
  {
    name: 'a flow that was deleted',
    in: STATUS,
    edit: () => undefined,
    told: CONFIG,
    want: 'error',
    finds: 'reference-missing',
  },
  {
    name: 'a flow that nobody registered',
    in: CONFIG,
    edit: (text) => {
      const document = JSON.parse(text) as { workflow: unknown[] };
      return JSON.stringify({ ...document, workflow: document.workflow.slice(0, 1) }, undefined, 2);
    },
    told: STATUS,
    want: 'error',
    finds: 'reference-unused',
  },
  {
    name: 'a copy with the same process id',
    in: CONFIG,
    edit: swap(
      '"workflow": [',
      '"workflow": [\n    {"key": "order-status-2", "bpmnresource": "/flows/order-status-2.bpmn", "role": ["user"]},',
    ),
    with: { 'resources/flows/order-status-2.bpmn': String(orders[STATUS]) },
    told: 'resources/flows/order-status-2.bpmn',
    want: 'error',
    finds: 'process-id',
  },
  {
    name: 'the same process id in two files that nobody registered',
    in: 'README.md',
    edit: (text) => text,
    with: { 'resources/flows/old/order-status.bpmn': String(orders[STATUS]) },
    told: 'resources/flows/old/order-status.bpmn',
    want: 'error',
    finds: 'process-twice',
    not: ['reference-unused'],
  },
  {
    name: "an id unlike the file's name",
    in: CONFIG,
    edit: swap('/flows/order-status.bpmn', '/flows/status-of-order.bpmn'),
    with: { 'resources/flows/status-of-order.bpmn': String(orders[STATUS]) },
    without: [STATUS],
    told: 'resources/flows/status-of-order.bpmn',
    want: 'warning',
    finds: 'process-file-name',
  },
  {
    name: 'a password in the README',
    in: 'README.md',
    edit: swap('# Orders', '# Orders\n\nclient_secret: "9f8A7c6D5e4B3a2F1"'),
    want: 'error',
    finds: 'secret-literal',
  },
  {
    name: 'a token in a flow',
    in: CREATE,
    edit: both(swap('Bearer ${environment.output.token}', 'Bearer 4f9aB2c7D1e8F0a3B6c9')),
    want: 'error',
    finds: 'secret-literal',
  },
  {
    name: 'config/*.json names a flow that is not there',
    ...moved('config/orders.json', swap('/flows/order-create.bpmn', '/flows/order-crate.bpmn')),
    want: 'error',
    finds: 'reference-missing',
  },
  {
    name: 'config/*.json is not valid JSON',
    ...moved('config/orders.json', swap('"form": [', '"form": [,')),
    want: 'error',
    finds: 'config-json',
  },
  {
    name: 'hub/import/*.json names a form that is not there',
    in: CONFIG,
    edit: () => undefined,
    with: {
      'hub/import/orders.json': String(orders[CONFIG]).replace(
        '/forms/order-create.pug',
        '/forms/order-crate.pug',
      ),
      'hub/resources/forms/order-create.pug': String(orders[FORM]),
    },
    told: 'hub/import/orders.json',
    want: 'error',
    finds: 'reference-missing',
  },
  {
    name: 'a name in curly brackets is not closed',
    in: CONFIG,
    edit: swap('"title": "order-create"', '"title": "Order of {{user.key}"'),
    want: 'error',
    finds: 'config-template',
  },
];
