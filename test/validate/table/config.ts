import { element, FORM, json, ofFlow, own, SHORT, VIEW, WORKFLOW, wholeForm } from './build.js';
import type { Input, Topic } from './rows.js';

const text = (config: string): Input => ofFlow(SHORT, { 'config.json': config });
const config = (value: unknown): Input => text(json(value));
const workflow = (changes: object) => config({ workflow: [{ ...WORKFLOW, ...changes }] });
const form = (changes: object, ...more: readonly object[]): Input =>
  wholeForm('extends ../views/form/default-form\n', {
    'config.json': json({ workflow: [WORKFLOW], form: [{ ...FORM, ...changes }, ...more] }),
  });
const { 'config.json': _, ...without } = own({ 'flows/order.bpmn': SHORT });

/** Rules about config.json itself. */
export const configuration: Topic = {
  'config-template': {
    finds: {
      'a name that is not closed': wholeForm(VIEW, {
        'config.json': json({
          workflow: [WORKFLOW],
          form: [{ ...FORM, process: { workflow: 'order', description: 'By {{user.key}' } }],
        }),
      }),
      'an expression of a flow': form({
        process: { workflow: 'order', description: 'By ${user.key}' },
      }),
      'a name in single brackets': form({ process: { workflow: 'order', title: 'By {user.key}' } }),
    },
    nearMisses: {
      'a name that is closed': wholeForm(VIEW, {
        'config.json': json({
          workflow: [WORKFLOW],
          form: [{ ...FORM, process: { workflow: 'order', description: 'By {{user.key}}' } }],
        }),
      }),
    },
  },
  'config-missing': {
    finds: {
      'a flow without config.json': { 'flows/order.bpmn': SHORT },
      'config.json in another folder': { 'flows/config.json': '{}' },
      "this package's own blueprint without it": without,
    },
    nearMisses: {
      'an empty object': { 'config.json': '{}' },
      'a file for the import in another folder': {
        'config/workflow.json': json({ workflow: [WORKFLOW] }),
        'resources/flows/order.bpmn': SHORT,
      },
      'flows at the top, which the modeler deploys': { 'order.bpmn': SHORT },
      'pages alone': { 'pages/orders.vue': '<template><p>x</p></template>\n' },
    },
  },
  'config-json': {
    finds: {
      'a comma too many': text(`{\n  "workflow": [${json(WORKFLOW)}],\n}\n`),
      'a text that is cut off': text('{\n  "workflow": [\n'),
      'nothing at all': text(''),
    },
    nearMisses: {
      'a byte order mark and blank lines': text(`\ufeff\n${json({ workflow: [WORKFLOW] })}\n\n`),
    },
  },
  'config-schema': {
    finds: {
      'a list in place of the object': config([]),
      'an object in place of a list': config({ workflow: WORKFLOW }),
      'a text in place of an entry': config({ workflow: ['order'] }),
      'an entry without its key': workflow({ key: undefined }),
      'a number as a name': workflow({ name: 7 }),
      'an empty text as a key': workflow({ key: ' ' }),
      'a text as a role': workflow({ role: 'user' }),
      'a text as a switch': form({ test: 'false' }),
      'a text as a template': form({ template: '/forms/ask.pug' }),
    },
    nearMisses: {
      'an empty description': workflow({ description: '' }),
      'every field that Onify uses': workflow({ name: 'Order', tag: [], icon: null, state: {} }),
      'entries of a collection without known fields': config({
        workflow: [WORKFLOW],
        dashboard: [{ anything: 1 }],
      }),
    },
  },
  'config-unknown': {
    finds: {
      'a collection in the plural': config({ workflow: [WORKFLOW], forms: [] }),
      'a collection that is like none': config({ workflow: [WORKFLOW], elephants: [] }),
      'a misspelled field': workflow({ desciption: 'x' }),
      'a field in a template': form({ template: { ...FORM.template, page: '/forms/ask.pug' } }),
    },
    nearMisses: {
      'what an export adds': workflow({ createdate: '2026-01-05', modifiedby: 'admin' }),
      'fields that may be left out': workflow({ description: 'x', impersonate: true }),
    },
  },
  'config-setting': {
    finds: {
      'a list of settings': config({ workflow: [WORKFLOW], setting: [{ key: 'a' }] }),
      'the same in the plural': config({ workflow: [WORKFLOW], settings: {} }),
    },
    nearMisses: { 'a list of options': config({ workflow: [WORKFLOW], option: [] }) },
  },
  'config-duplicate': {
    finds: {
      'a workflow twice': config({ workflow: [WORKFLOW, WORKFLOW] }),
      'a form twice': form({}, FORM),
    },
    nearMisses: {
      'a form that is called as its workflow': form({ slug: 'order' }),
      'two forms for one workflow': form({}, { ...FORM, slug: 'ask-again' }),
    },
  },
  'config-key': {
    finds: {
      'a slug with a space': form({ slug: 'ask us' }),
      'a slug with a slash': form({ slug: 'ask/us' }),
      'a key with a question mark': workflow({ key: 'order?' }),
    },
    nearMisses: {
      'a slug with a hyphen and an underscore': form({ slug: 'ask-us_2' }),
      'a slug in Swedish': form({ slug: 'fråga-oss' }),
    },
  },
  'config-process': {
    finds: {
      'a form with a field that starts nothing': {
        ...element("name: 'amount', label: 'Amount'"),
        'config.json': json({ workflow: [WORKFLOW], form: [{ ...FORM, process: undefined }] }),
      },
      'a form that starts nothing': form({ process: undefined }),
      'a process without a workflow': form({ process: { title: 'x' } }),
    },
    nearMisses: { 'a form that starts a workflow': form({}) },
  },
  'config-role': {
    finds: {
      'a workflow without a role': workflow({ role: undefined }),
      'a form with an empty list of roles': form({ role: [] }),
    },
    nearMisses: { 'a role each': form({ role: ['admin', 'user'] }) },
  },
};
