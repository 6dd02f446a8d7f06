import { script } from '../parts.js';
import { config, RESULT, type Right, withForm } from './right.js';
import { single } from './scripts.js';

const reads = (...names: readonly string[]) =>
  single(
    script(
      'read',
      `const { ${names.join(', ')} } = environment.variables.submit ?? {};\nenvironment.output.output = String([${names.join(', ')}]);\nnext();`,
    ),
    'ask',
  );
const runs = { 'resources/flows/ask.bpmn': { submit: { customer: 'Ek' } } };
const HEAD =
  "extends ../views/form/default-form\n\nappend formConfig\n  +formOptions({submitButtonName: 'Send', pageTitle: 'Ask', formTitle: 'Ask'})\n\nblock formContent\n";

/** Right forms. */
export const rightForms: Readonly<Record<string, Right>> = {
  'what only shows needs no name': {
    naive: 'five elements have no name',
    files: withForm(
      `${HEAD}  +formElement({name: 'customer', label: 'Customer', required: true})
  +formElement({type: 'simpleText', value: 'Mind the **limit**.', helpText: '<b>10</b> a day'})
  +formElement({type: 'simpleText', value: ''})
  +formElement({type: 'link', url: 'https://example.com/help', value: 'Help', target: '_blank', button: true, class: 'small'})
  +formElement({type: 'processState'})
  +formElement({type: 'processOutput', format: 'table', loadingText: 'Wait'})
`,
      reads('customer'),
      'ask',
    ),
    runs,
  },
  'groups, tables, items and agent tasks': {
    naive: 'formGroup, formElementsTable, item, agentTaskLog and agentTaskSubmitResult are unknown',
    files: withForm(
      `${HEAD}  +formGroup({label: 'Who'})
    +formElement({name: 'customer', label: 'Customer'})
    +formElement({type: 'item', name: 'device', label: 'Device', itemType: 'device'})
  +formElementsTable({name: 'rows', label: 'Rows'})
    +formElement({name: 'amount', type: 'number', label: 'Amount', min: 0, max: 100, step: 0.5})
  +formElement({type: 'agentTaskLog', name: 'log'})
  +formElement({type: 'agentTaskSubmitResult', name: 'result'})
`,
      reads('customer', 'device', 'rows'),
      'ask',
    ),
    runs,
  },
  'required where another field says so': {
    naive: 'required has to be a switch',
    files: withForm(
      `${HEAD}  +formElement({name: 'company', type: 'checkbox', label: 'A company?'})
  +formElement({name: 'customer', label: 'Number', required: {ifField: 'company', hasValue: true}, visible: {ifField: 'company', containsValue: true}})
`,
      reads('company', 'customer'),
      'ask',
    ),
    runs,
  },
  'names that the page fills in': {
    naive: 'there is no field searchstring',
    files: withForm(
      `${HEAD}  +formElement({name: 'customer', type: 'itemSelect', label: 'Customer', query: 'type:customer AND {searchstring}', helpText: 'Finds {searchstring} in names'})
`,
      reads('customer'),
      'ask',
    ),
    runs,
  },
  'curly brackets that are no field': {
    naive: 'there is no field 4, and none called example',
    files: withForm(
      `${HEAD}  +formElement({name: 'customer', label: 'Number', pattern: '^[0-9]{4}(-[A-Z]{2,3})?$', helpText: 'Four digits'})
  - const hint = \`Hello \${user.key}\`
  +formElement({name: 'note', type: 'textarea', label: hint, value: \`\${form.queryparam.note || ''}\`})
`,
      reads('customer', 'note'),
      'ask',
    ),
    runs,
  },
  'fields made in a loop': {
    naive: 'the flow reads fields that the form does not have; an element has no name',
    files: withForm(
      `${HEAD}  - const months = ['january', 'february']
  each month in months
    +formElement({name: month, label: t(month), type: 'number'})
  if user.roles && user.roles.includes('admin')
    +formElement({name: 'customer', label: 'Customer'})
  else
    +formElement({name: 'customer', label: 'Customer', readonly: true, value: user.key})
`,
      reads('january', 'february', 'customer'),
      'ask',
    ),
    runs,
  },
  'mixins and parts of its own': {
    naive: 'the mixin is declared nowhere; the included part is no form',
    files: {
      ...withForm(
        `extends ../views/form/default-form

include parts/fields

mixin twice(name)
  +formElement({name: name, label: name})
  +formElement({name: name + '-again', label: 'Again'})

block formContent
  +twice('customer')
  +address()
`,
        reads('customer', 'street'),
        'ask',
      ),
      'resources/forms/parts/fields.pug':
        "mixin address()\n  +formElement({name: 'street', label: 'Street'})\n",
    },
    runs,
  },
  'a form wherever it lies': {
    naive: 'the view is not where the form says',
    files: {
      'config.json': config(
        { ask: '/flows/ask.bpmn' },
        { ask: ['/forms/sales/orders/ask.pug', '/forms/sales/orders/ask-result.pug', 'ask'] },
      ),
      'resources/flows/ask.bpmn': reads('customer'),
      'resources/forms/sales/orders/ask.pug': `${HEAD}  +formElement({name: 'customer', label: 'Customer'})\n`,
      'resources/forms/sales/orders/ask-result.pug': RESULT,
      'resources/forms/sales/other.pug': `${HEAD.replace('../views', '../../views')}  +formElement({name: 'customer', label: 'Customer'})\n`,
    },
    runs,
    told: ['reference-unused'],
  },
  'templates by bare name': {
    naive: 'the template is no path and leads nowhere',
    files: {
      ...withForm(
        `${HEAD}  +formElement({name: 'customer', label: 'Customer'})\n`,
        reads('customer'),
        'ask',
      ),
      'config.json': config({ ask: '/flows/ask.bpmn' }, { ask: ['ask', 'ask-result', 'ask'] }),
    },
    runs,
  },
  'a button that runs a flow and a result that is a link': {
    naive: 'the link in helpText goes nowhere; the value is empty',
    files: withForm(
      `${HEAD}  +formElement({name: 'customer', label: 'Customer'})
  +formElement({name: 'address', type: 'runWorkflow', buttonLabel: 'Get', workflow: 'ask', timeout: 60, input: {who: '{customer}'}})
  +formElement({type: 'simpleText', value: '', helpText: '<a href="{address}" target="_blank" rel="noopener">Open</a>', visible: {ifField: 'address', containsValue: true}})
`,
      reads('customer'),
      'ask',
    ),
    runs,
    may: ['form-html'],
  },
  'code of every kind': {
    naive: 'the loops, names and brackets of the code are declared and closed elsewhere',
    files: {
      ...withForm(
        `${HEAD}  include shared
  -
    var kinds = [{key: 'a', name: 'A'}];
    function labelOf(kind) {
      return kind.name + (kind.key === chosen ? '!' : '');
    }
  - const chosen = form.queryparam && form.queryparam.kind;
  each kind, at in kinds
    if at < 10
      +formElement({name: 'customer', label: labelOf(kind), value: user.name})
    else
      p= at
  - if (kinds.length > 1) {
  p(class={many: true} title=\`\${kinds.length}\`)&attributes({id: 'many'}) #{t('Many')} #[b= kinds.length]
  - }
  case kinds.length
    when 0
      p none
    default
      +note(kinds.length, 'a')
  if settings
    p= settings.name
`,
        reads('customer'),
        'ask',
      ),
      'resources/forms/shared.pug':
        'mixin note(count, ...rest)\n  p= count + rest.length\n  if block\n    block\n',
    },
    runs,
  },
};
