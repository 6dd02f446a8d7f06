import { FORM, form, json, ofFlow, SHORT, VIEW, WORKFLOW, wholeForm } from './build.js';
import type { Input, Topic } from './rows.js';

const RESULT_VIEW = VIEW.replace('default-form', 'default-confirmation-form');
const withResult = (result: string, own = VIEW): Input =>
  wholeForm(own, {
    'config.json': json({
      workflow: [WORKFLOW],
      form: [{ ...FORM, template: { ...FORM.template, result: '/forms/result.pug' } }],
    }),
    'forms/result.pug': result,
  });

/** Rules about what a form is made of. */
export const forms: Topic = {
  'pug-syntax': {
    finds: {
      'an empty form': wholeForm(''),
      'a bracket that is not closed': form('p(class="a"'),
      'spaces and tabs': form('div', '\tp x'),
      'an attribute that is no JavaScript': form('p(class=a b=)'),
      'a line of code without its comma': form('- const all = [{ a: 1 } { a: 2 }];'),
      'a block of code without its bracket': form('-', '  var all = [', "    'a'", '  ;', 'p x'),
      'a name that is declared twice': form('- const a = 1;', 'p x', '- const a = 2;'),
      'a brace that no line opens': form('- }'),
    },
    nearMisses: {
      'attributes over several lines': form('p(', '  class="a"', ')'),
      'code with a block below it': form('- for (const a of [1, 2])', '  p= a'),
      'a brace that another line closes': form('- if (user) {', 'p x', '- }'),
      'every kind of code': form(
        '- const all = [1, 2];',
        'each one, at in all',
        '  p(class={ first: at === 0 } data-at=at)&attributes({ id: one })= one',
        '  - if (at > 1) break;',
        'else',
        '  p #{all.length} #[b= all[0]]',
        'each [key, value] of Object.entries(form)',
        '  p= key + value',
        'case all.length',
        '  when 0',
        '    p none',
        '  default',
        '    p some',
        'while all.length > 2',
        '  - all.pop();',
        'unless all.length',
        '  p x',
        'else if all[0]',
        '  p y',
        "#{all[0] ? 'b' : 'i'} x",
        'mixin row(name, ...rest)',
        '  p(class=attributes.class)= name + rest.length',
        '  if block',
        '    block',
        "+row('a', 1, 2)(class='b')",
        '  - const all = 1;',
        '  p= all',
      ),
    },
  },
  'form-view': {
    finds: {
      'a form that extends nothing': wholeForm('p x\n'),
      'a misspelled view': wholeForm('extends ../views/form/default-forms\n'),
      'a view of the Hub that is not known': wholeForm('extends ../views/form/special\n'),
      'a view in another folder': wholeForm('extends ./default-form\n'),
    },
    nearMisses: {
      'the view, from a form that lies deeper': {
        ...wholeForm(VIEW),
        'config.json': json({
          workflow: [WORKFLOW],
          form: [{ ...FORM, template: { form: '/forms/sales/ask.pug' } }],
        }),
        'forms/sales/ask.pug': VIEW,
      },
      'the view from the root': wholeForm('extends /views/form/default-form\n'),
      'a view of its own': wholeForm('extends ../views/own\n', {
        'views/own.pug': 'block formContent\n',
      }),
      'a part that no entry names': ofFlow(SHORT, { 'views/part.pug': 'p x\n' }),
    },
  },
  'form-result': {
    finds: {
      'a result with the view of a form': withResult(VIEW),
      'a form with the view of a result': withResult(RESULT_VIEW, RESULT_VIEW),
    },
    nearMisses: { 'each with its own': withResult(RESULT_VIEW) },
  },
  'form-include': {
    finds: { 'a file that is not there': form('include part.pug') },
    nearMisses: {
      'a file beside it': { ...form('include part.pug'), 'forms/part.pug': 'p x\n' },
      'a file without its ending': { ...form('include part'), 'forms/part.pug': 'p x\n' },
      'a view of the Hub': form('include ../views/form/part'),
    },
  },
  'form-outside': {
    finds: {
      'a tag before the block': wholeForm(`${VIEW}p x\nblock formContent\n  p x\n`),
      'a call of a mixin': wholeForm(`${VIEW}+formElement({ name: 'a' })\n`),
      'a comment that is shown': wholeForm(`${VIEW}// x\nblock formContent\n  p x\n`),
    },
    nearMisses: {
      'a mixin that is declared': wholeForm(
        `${VIEW}mixin note\n  p x\nblock formContent\n  +note\n`,
      ),
      'a comment that is not shown': wholeForm(`${VIEW}//- x\nblock formContent\n  p x\n`),
      'a tag in a form that extends nothing': wholeForm('p x\n'),
    },
  },
  'form-block': {
    finds: {
      'a misspelled block': wholeForm(`${VIEW}block formContents\n  p x\n`),
      'a block that is like none': wholeForm(`${VIEW}block sidebar\n  p x\n`),
      'the settings of the view replaced': wholeForm(`${VIEW}block formConfig\n  p x\n`),
    },
    nearMisses: {
      'settings that are appended': wholeForm(`${VIEW}append formConfig\n  p x\n`),
      'a block of a view of its own': wholeForm('extends ../views/own\nblock sidebar\n  p x\n', {
        'views/own.pug': 'block sidebar\n',
      }),
    },
  },
  'form-mixin': {
    finds: {
      'a misspelled mixin': form("+formElemnt({ name: 'a' })"),
      'a mixin that nobody declares': form('+note'),
      'attributes in place of an object': form("+formElement(type='textField', name='site')"),
      'attributes in place of options': wholeForm(
        `${VIEW}append formConfig\n  +formOptions(pageTitle='Ask')\nblock formContent\n  p x\n`,
      ),
      'attributes in place of a group': form("+formGroup(label='Who')", '  p x'),
      'an element of nothing': form('+formElement'),
      'a text in place of an object': form("+formElement('site')"),
      'a misspelled mixin of an included file': {
        ...form('include a-part.pug', '+Note'),
        'forms/a-part.pug': 'mixin note\n  p x\n',
      },
    },
    nearMisses: {
      'groups and tables': form(
        "+formGroup({ label: 'Who' })",
        "  +formElement({ name: 'a' })",
        "+formElementsTable({ name: 'rows' })",
        "  +formElement({ name: 'b' })",
      ),
      'an object that is worked out': form('+formElement(fields.site)'),
      'attributes beside an object': form("+formElement({ name: 'a' })(class='wide')"),
      'attributes of a mixin of its own': wholeForm(
        `${VIEW}mixin note\n  p&attributes(attributes)\nblock formContent\n  +note(class='wide')\n`,
      ),
      'a mixin of its own': wholeForm(`${VIEW}mixin note\n  p x\nblock formContent\n  +note\n`),
      'a mixin that an included file may declare': {
        ...form('include part.pug', '+note'),
        'forms/part.pug': 'mixin note\n  p x\n',
      },
    },
  },
  'form-variable': {
    finds: {
      'a misspelled name that the Hub gives': form('p= usr.name'),
      'a misspelled name of its own': form(
        '- const cities = [];',
        'each city in citis',
        '  p= city',
      ),
      'a misspelled parameter of a mixin': form('mixin note(text)', '  p= txt', "+note('a')"),
      'a name that only a function has': form(
        "- const floors = ['1'].map((floor) => ({ key: floor }));",
        "+formElement({ name: 'a', options: floor })",
      ),
      'a name that nobody declares': form("+formElement({ name: 'a', options: departments })"),
      'a name that says what the Hub gives otherwise': form('p= currentUser.key'),
      'a name that only flows have': form('p= environment.variables.submit.a'),
      'such a list': form('each one in formItems', '  p= one'),
      'such a name alone, which is empty': form('p= currentUser'),
      'a name of which a Hub may know more': form('p= moment().year'),
      'a misspelled name in a text': form('p Hello #{usr.name}'),
      'a misspelled name in a function': form('-', '  function one() {', '    return usr;', '  }'),
    },
    nearMisses: {
      'what the Hub gives': form("p= user.name + form.slug + submit.a + helper + t('a')"),
      'what the process gives': form(
        'p= new Date().getTime() + encodeURIComponent(new URL(form.a))',
      ),
      'a name that it asks for': form('if settings', '  p= settings.a', 'p= limits && limits.a'),
      'a name that a block below declares': form('if user', '  - var a = 1;', 'p= a'),
      'a name that an included file may declare': {
        ...form('include part.pug', 'p= departments'),
        'forms/part.pug': '- const departments = 1;\n',
      },
    },
  },
};
