import type { Mistake } from './mistake.js';
import { both, swap } from './mistake.js';
import { CREATE, STATUS } from './orders.js';

const URL = 'name="url">${environment.output.address}<';
const script = (text: string) =>
  `name="url"><camunda:script scriptFormat="js">${text}</camunda:script><`;
const HEADERS = '<camunda:inputParameter name="method">GET</camunda:inputParameter>';
const ANSWER = '${content.output.body.output}';

/** Mistakes in what calls name, hand over and take out of an answer. */
export const callMistakes: readonly Mistake[] = [
  {
    name: 'a script puts an address together without its protocol',
    in: STATUS,
    edit: swap(
      URL,
      script("next(null, 'api.example.com/orders/' + environment.variables.input.id);"),
    ),
    at: ['find'],
    want: 'error',
    finds: 'connector-url',
    not: ['address-encoding'],
    engine: 'differs',
    runs: STATUS,
  },
  {
    name: 'a space in a host',
    in: CREATE,
    edit: swap('https://login.example.com', 'https://login. example.com'),
    at: ['get-token'],
    want: 'error',
    finds: 'connector-url',
    engine: 'failed',
  },
  {
    name: 'headers as a text of JSON',
    in: STATUS,
    edit: swap(
      HEADERS,
      `${HEADERS}\n<camunda:inputParameter name="headers">{"accept": "application/json"}</camunda:inputParameter>`,
    ),
    at: ['find'],
    want: 'error',
    finds: 'connector-type',
    engine: 'differs',
    runs: STATUS,
  },
  {
    name: 'the data of another library',
    in: CREATE,
    edit: swap(
      'name="json">${environment.output.order}',
      'name="data">${environment.output.order}',
    ),
    at: ['send-order'],
    want: 'error',
    finds: 'connector-option',
    engine: 'failed',
  },
  {
    name: 'the output without the environment in the input of a call',
    in: STATUS,
    edit: swap(URL, 'name="url">https://api.example.com/orders/${output.address}<'),
    at: ['find'],
    want: 'error',
    finds: 'expression-root',
    runs: STATUS,
  },
  {
    name: 'a result of a run that no run answers',
    in: CREATE,
    edit: swap(ANSWER, '${content.output.body.result}'),
    at: ['check-status'],
    want: 'warning',
    finds: 'run-output',
  },
  {
    name: 'a token of a run is read beside its output',
    in: CREATE,
    edit: swap(ANSWER, '${content.output.body.access_token}'),
    at: ['check-status'],
    want: 'error',
    finds: 'run-output',
  },
  {
    name: 'a setting of the type text',
    in: CREATE,
    edit: swap('key="type">string<', 'key="type">text<'),
    at: ['save-receipt'],
    want: 'warning',
    finds: 'setting-type',
  },
  {
    name: 'an address of the administration as who started the flow',
    in: CREATE,
    edit: (text) =>
      text.replace(
        /(name="url">\/admin[\s\S]*?<camunda:connectorId>)onifyElevatedApiRequest/,
        '$1onifyApiRequest',
      ),
    at: ['save-receipt'],
    want: 'warning',
    finds: 'admin-call',
  },
  {
    name: 'a mail with a body in place of its text',
    in: CREATE,
    edit: both(
      swap('/my/workflows/run/order-status', '/tools/sendmail'),
      swap(
        '<camunda:entry key="id">${environment.output.receipt.id}</camunda:entry>',
        '<camunda:entry key="to">a@example.com</camunda:entry><camunda:entry key="body">Sent</camunda:entry>',
      ),
    ),
    at: ['check-status'],
    want: 'error',
    finds: 'mail-field',
  },
  {
    name: 'a token is copied under another name',
    in: CREATE,
    edit: swap(
      'delete environment.output.token;',
      'environment.output.last = environment.output.token;\ndelete environment.output.token;',
    ),
    at: ['clear', 'created'],
    want: 'error',
    finds: 'token-left',
  },
  {
    name: 'all settings are printed',
    in: CREATE,
    edit: swap(
      '<bpmn:script>delete environment.output.settings;',
      '<bpmn:script>logger.info(environment.output);\ndelete environment.output.settings;',
    ),
    at: ['clear'],
    want: 'warning',
    finds: 'script-log-secret',
  },
];
