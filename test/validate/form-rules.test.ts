import { describe, expect, test } from 'vitest';
import { findings } from './blueprint.js';

const config = JSON.stringify({
  form: [
    {
      slug: 'order',
      template: { form: '/forms/order.pug', result: '/forms/order-result.pug' },
      role: ['user'],
      process: { workflow: 'order-it' },
    },
  ],
  workflow: [{ key: 'order-it', bpmnresource: '/flows/order-it.bpmn', role: ['user'] }],
});
const RESULT = 'extends ../views/form/default-confirmation-form\nblock formContent\n  p Thanks\n';
const form = (...lines: string[]) =>
  [
    'extends ../views/form/default-form',
    'block formContent',
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n');
const element = (members: string) => `+formElement({ ${members} })`;

/** The rules that a form breaks. */
async function broken(pug: string): Promise<string[]> {
  const all = await findings({
    'config.json': config,
    'forms/order.pug': pug,
    'forms/order-result.pug': RESULT,
  });
  return [...new Set(all.filter(({ file }) => file === 'forms/order.pug').map(({ rule }) => rule))];
}

describe('a form is broken', () => {
  test.each<[string, string, string]>([
    ['pug-syntax', 'by a bracket that is not closed', form("+formElement({ name: 'a' )")],
    ['pug-syntax', 'by an expression that is none', form('p(class=1 +)')],
    ['form-view', 'without a view', 'p Hello\n'],
    ['form-view', 'with a misspelled view', form().replace('default-form', 'defualt-form')],
    [
      'form-result',
      'with the view of a result',
      form().replace('default-form', 'default-confirmation-form'),
    ],
    ['form-include', 'by a part that is not there', form('include part')],
    ['form-block', 'by a misspelled block', form('p x').replace('formContent', 'formContents')],
    ['form-outside', 'by content outside of a block', `${form('p x')}p outside\n`],
    ['form-outside', 'by code outside of a block', `${form('p x')}- var a = 1\n`],
    ['form-outside', 'by a comment that is shown', `${form('p x')}// a\n`],
    [
      'form-block',
      "by a configuration in place of the view's",
      `${form('p x')}block formConfig\n  +formOptions({ pageTitle: 'x' })\n`,
    ],
    ['form-mixin', 'by a misspelled mixin', form("+formElment({ name: 'a' })")],
    ['form-type', 'by a misspelled type', form(element("type: 'textfield2', name: 'a'"))],
    ['form-attribute', 'by a misspelled member', form(element("name: 'a', lable: 'A'"))],
    ['form-attribute', 'by a misspelled option', form("+formOptions({ pageTitel: 'x' })")],
    ['form-value', 'by a switch in quotes', form(element("name: 'a', required: 'true'"))],
    [
      'form-value',
      'by a number in quotes',
      form(element("type: 'runWorkflow', name: 'a', workflow: 'order-it', timeout: '60'")),
    ],
    ['form-value', 'by a pattern that is none', form(element("name: 'a', pattern: '[a-'"))],
    [
      'form-value',
      'by an unknown format',
      form(element("type: 'processOutput', name: 'a', format: 'markdown'")),
    ],
    ['form-name', 'by a field without a name', form(element("label: 'A'"))],
    ['form-name', 'by two fields with a name', form(element("name: 'a'"), element("name: 'a'"))],
    [
      'form-field',
      'by a condition on no field',
      form(element("name: 'a', visible: { ifField: 'b', hasValue: 1 }")),
    ],
    [
      'form-field',
      'by a value of no field',
      form(element("name: 'a'"), element("type: 'link', name: 'b', value: 'https://x.test/{aa}'")),
    ],
    [
      'form-visible',
      'by a misspelled condition',
      form(element("name: 'a', visible: { iffield: 'a' }")),
    ],
    [
      'form-workflow',
      'by a misspelled workflow',
      form(element("type: 'runWorkflow', name: 'a', workflow: 'order-itt'")),
    ],
    [
      'form-workflow',
      'by a button without a workflow',
      form(element("type: 'runWorkflow', name: 'a'")),
    ],
    ['form-link', 'by a link to a new window', form("a(href='https://x.test' target='_blank') x")],
    [
      'form-link',
      'by one in a help text',
      form(element('name: \'a\', helpText: \'<a href="https://x.test" target="_blank">x</a>\'')),
    ],
    ['form-html', 'by foreign HTML', form('p!= foreign')],
    [
      'form-html',
      'by a field in a tag',
      form(element("name: 'a', helpText: '<b title=\"{a}\">x</b>'")),
    ],
    [
      'form-html',
      'by an output as HTML',
      form(element("type: 'processOutput', name: 'a', format: 'html'")),
    ],
    ['form-http', 'by a plain address', form("a(href='http://x.test') x")],
  ])('%s: %s', async (rule, _case, pug) => {
    expect(await broken(pug)).toContain(rule);
  });
});

describe('a form is sound', () => {
  test.each<[string, string]>([
    [
      'with a pattern that only newer browsers read',
      form(element("name: 'a', pattern: '[\\\\p{L}--[a-z]]'")),
    ],
    ['with a mixin of its own', `${form('+mine()')}mixin mine\n  p x\n`],
    ['with a workflow of the Hub, which may be there', form(element("name: 'b'"))],
    ['with members that are worked out', form("- var all = { name: 'a' }", '+formElement(all)')],
    [
      'with a name that is worked out, and a field that refers to one',
      form("+formElement({ name: 'a' + 1 })", element("name: 'b', value: '{a1}'")),
    ],
    ['with double brackets of another kind', form(element("name: 'a', value: '{{user.key}}'"))],
    ['with HTML that is fixed', form("p!= '<b>x</b>'")],
    ['with a link without a window', form("a(href='https://x.test') x")],
    ['with an address of this machine', form("a(href='http://localhost:3000') x")],
    ['with a field in the text beside a tag', form(element("name: 'a', helpText: '<b>x</b> {a}'"))],
  ])('%s', async (_case, pug) => {
    expect(await broken(pug)).toEqual([]);
  });
});

test('a finding names the line and the column', async () => {
  const pug = form('+formElement({', "  name: 'a',", "  lable: 'A'", '})');
  const all = await findings({
    'config.json': config,
    'forms/order.pug': pug,
    'forms/order-result.pug': RESULT,
  });
  expect(all.find(({ rule }) => rule === 'form-attribute')).toMatchObject({ line: 5, column: 5 });
});
