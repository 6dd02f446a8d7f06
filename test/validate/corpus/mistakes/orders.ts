import type { Files } from '../../blueprint.js';
import { flowFile } from '../draw.js';
import {
  call,
  end,
  failed,
  gateway,
  inputOutput,
  js,
  jsFile,
  map,
  script,
  scriptFile,
  start,
} from '../parts.js';
import { config, RESULT } from '../right/right.js';

/** Where the mistakes of calls, scripts, forms and names are made. */
export const CREATE = 'resources/flows/order-create.bpmn';
export const STATUS = 'resources/flows/order-status.bpmn';
export const BUILD = 'resources/scripts/orders/build-order.js';
export const RECEIPT = 'resources/scripts/orders/receipt.js';
export const FORM = 'resources/forms/order-create.pug';
export const PAGE = 'resources/forms/order-create-result.pug';
export const CONFIG = 'config.json';

const problem = inputOutput(
  {},
  {
    problem: js(
      'next(null, { message: content.output?.inner?.message ?? content.output?.message });',
    ),
  },
);
const create = flowFile({
  id: 'order-create',
  nodes: [
    start('requested'),
    call('read-settings', {
      connector: 'onifyElevatedApiRequest',
      inputs: { url: '/my/config/settings?tag=orders', method: 'GET' },
      taskOutputs: { settings: '${content.output.body}' },
    }),
    failed('read-settings', problem),
    call('get-token', {
      inputs: {
        url: 'https://login.example.com/oauth/token',
        method: 'POST',
        responseType: 'json',
        timeout: map({ request: '${15000}' }),
        form: map({
          grant_type: 'client_credentials',
          client_id: '${environment.output.settings._orders_client_id}',
          client_secret: '${environment.output.settings._orders_client_secret}',
        }),
      },
      taskOutputs: { token: '${content.output.body.access_token}' },
    }),
    failed('get-token', problem),
    scriptFile('build-order', '/scripts/orders/build-order.js'),
    call('send-order', {
      taskInputs: { state: map({ id: 'send', name: 'Send the order' }) },
      inputs: {
        url: 'https://api.example.com/orders',
        method: 'POST',
        responseType: 'json',
        throwHttpErrors: '${false}',
        headers: map({
          Authorization: 'Bearer ${environment.output.token}',
          Accept: 'application/json',
        }),
        json: '${environment.output.order}',
      },
      outputs: { receipt: jsFile('/scripts/orders/receipt.js') },
      taskOutputs: {
        receipt: '${content.output.receipt}',
        state: js("next(null, { id: 'send', result: { done: true, statusmessage: 'Sent' } });"),
      },
    }),
    failed(
      'send-order',
      problem.replace(
        '</camunda:inputOutput>',
        `  <camunda:outputParameter name="state">${map({ id: 'send', result: '${environment.variables.none}' })}</camunda:outputParameter>\n</camunda:inputOutput>`,
      ),
    ),
    gateway('accepted', 'fail'),
    call('save-receipt', {
      connector: 'onifyElevatedApiRequest',
      inputs: {
        url: '/admin/config/settings/_orders_last_receipt?refresh=true',
        method: 'PUT',
        payload: map({
          name: 'Last receipt',
          value: '${environment.output.receipt.id}',
          type: 'string',
        }),
      },
    }),
    failed('save-receipt', problem),
    call('check-status', {
      connector: 'onifyApiRequest',
      inputs: {
        url: '/my/workflows/run/order-status',
        method: 'POST',
        payload: map({ id: '${environment.output.receipt.id}' }),
      },
      taskOutputs: { output: '${content.output.body.output}' },
    }),
    failed('check-status', problem),
    script(
      'clear',
      'delete environment.output.settings;\ndelete environment.output.token;\nnext();',
    ),
    end('created'),
    script(
      'fail',
      "const { problem } = environment.output;\nconst message = problem?.message ?? 'The order was refused.';\nenvironment.output = { status: { statuskey: 'error', statusmessage: message } };\nnext(new Error(message));",
    ),
    end('not-created'),
  ],
  ways: [
    'requested -> read-settings',
    'read-settings -> get-token',
    'get-token -> build-order',
    'build-order -> send-order',
    'send-order -> accepted',
    'accepted -> save-receipt ? js: next(null, environment.output.receipt.statusCode === 201);',
    'accepted -> fail',
    'save-receipt -> check-status',
    'check-status -> clear',
    'clear -> created',
    'read-settings-failed -> fail',
    'get-token-failed -> fail',
    'send-order-failed -> fail',
    'save-receipt-failed -> fail',
    'check-status-failed -> fail',
    'fail -> not-created',
  ],
}).replace(
  map({ id: 'send', result: '${environment.variables.none}' }),
  js("next(null, { id: 'send', result: { error: true } });"),
);

const status = flowFile({
  id: 'order-status',
  nodes: [
    start('asked'),
    script(
      'address',
      'const { id } = environment.variables.input ?? {};\nenvironment.output.address = `https://api.example.com/orders/${encodeURIComponent(id)}`;\nnext();',
    ),
    call('find', {
      inputs: { url: '${environment.output.address}', method: 'GET', responseType: 'json' },
      taskOutputs: { output: js('next(null, { status: content.output.body.status });') },
    }),
    failed('find', inputOutput({}, { output: map({ status: 'unknown' }) })),
    end('told'),
  ],
  ways: ['asked -> address', 'address -> find', 'find -> told', 'find-failed -> told'],
});

/** Orders that a form sends to another system: right as it stands. */
export const orders: Files = {
  'README.md': `# Orders

| key | name | type |
|---|---|---|
| orders_client_id | Client id | string |
| orders_client_secret | Client secret | password |
| orders_last_receipt | Last receipt | string |

All settings have the tag \`orders\`.
`,
  [CONFIG]: config(
    { 'order-create': '/flows/order-create.bpmn', 'order-status': '/flows/order-status.bpmn' },
    {
      'order-create': ['/forms/order-create.pug', '/forms/order-create-result.pug', 'order-create'],
    },
  ),
  [CREATE]: create,
  [STATUS]: status,
  [BUILD]: `// Reads the submitted form, answers the order.
const { customer, amount, express } = environment.variables.submit;
let lines = [];
for (const part of amount.split(',')) {
  const count = Number(part);
  if (count > 0) {
    lines.push({ count });
  }
}
if (lines.length === 0) {
  delete environment.output.settings;
  delete environment.output.token;
  next(new Error('The amount is missing.'));
} else {
  environment.output.order = { customer, lines, express: express === true };
  next();
}
`,
  [RECEIPT]: `// Answers what is kept of the answer.
next(null, { statusCode, id: body && body.id });
`,
  [FORM]: `extends ../views/form/default-form

append formConfig
  +formOptions({submitButtonName: 'Order', pageTitle: 'Order', formTitle: 'Order'})

block formContent
  +formElement({name: 'customer', label: 'Customer number', required: true, pattern: '^[0-9]{4,8}$'})
  +formElement({name: 'amount', label: 'Amount', value: '1', helpText: 'One or more numbers'})
  +formElement({name: 'express', type: 'checkbox', label: 'Express?'})
  +formElement({name: 'reason', type: 'textarea', label: 'Why?', visible: {ifField: 'express', hasValue: true}})
  +formElement({name: 'known', type: 'runWorkflow', buttonLabel: 'Look up', workflow: 'order-status', timeout: 60, input: {id: '{customer}'}})
  +formElement({type: 'link', name: 'help', url: 'https://example.com/help', value: 'Help', target: '_blank'})
`,
  [PAGE]: RESULT,
};
