import { element, FORM, flowOf, form, json, scriptTask, VIEW, WORKFLOW } from './build.js';
import type { Input, Topic } from './rows.js';

const NAME = "+formElement({ name: 'item' })";
const button = (members: string) =>
  form(NAME, `+formElement({ type: 'runWorkflow', name: 'run', ${members} })`);
const shown = (visible: string): Input =>
  form(NAME, `+formElement({ name: 'b', visible: ${visible} })`);
const submitting = (...fields: readonly string[]): Input => ({
  ...form(...fields),
  'flows/order.bpmn': flowOf(scriptTask('next(null, environment.variables.submit.item);'), [
    'asked->work',
    'work->done',
  ]),
});

/** Rules about the fields of a form, and what refers to them. */
export const formField: Topic = {
  'form-name': {
    finds: {
      'a field without a name': element("type: 'textField'"),
      'a field with an empty one': element("name: ''"),
      'a name that is there twice': form(NAME, NAME),
    },
    nearMisses: {
      'a text to read without a name': element("type: 'simpleText', value: 'x'"),
      'one name in two branches': form('if user.isAdmin', `  ${NAME}`, 'else', `  ${NAME}`),
      'two names': form(NAME, "+formElement({ name: 'items' })"),
      'members that come from elsewhere': form('+formElement(field)'),
      'a name that is worked out': element('name: key'),
    },
  },
  'form-field': {
    finds: {
      'a condition with a misspelled field': shown("{ ifField: 'itme', hasValue: 'x' }"),
      'an input with a field that is not there': button(
        "workflow: 'order', input: { a: '{count}' }",
      ),
      'a text with a misspelled field': form(
        NAME,
        "+formElement({ name: 'b', label: 'Of {itme}' })",
      ),
      'a text with brackets around something': element("name: 'a', helpText: 'Such as {year}'"),
      'a text that is there to show a field': form(
        NAME,
        "+formElement({ type: 'simpleText', helpText: '{amount}', visible: { ifField: 'item', containsValue: true } })",
      ),
      'a misspelled field beside those of a loop': form(
        "each name in ['city', 'street']",
        '  +formElement({ name: name })',
        "+formElement({ name: 'b', visible: { ifField: 'town', hasValue: 'x' } })",
      ),
      'an input that hands over a word': form(
        NAME,
        "+formElement({ type: 'runWorkflow', name: 'run', workflow: 'order', input: { a: 'item' } })",
      ),
      'an input as a flow would write it': form(
        NAME,
        "+formElement({ type: 'runWorkflow', name: 'run', workflow: 'order', input: { a: '${item}' } })",
      ),
      'a text with two brackets': form(NAME, "+formElement({ name: 'b', label: 'Of {{item}}' })"),
      'a text with a path to a field': form(
        NAME,
        "+formElement({ name: 'b', label: 'Of {submit.item}' })",
      ),
      'a value of the user within quotes': element("name: 'a', label: 'Hello #{user.key}'"),
    },
    nearMisses: {
      'a name that the page fills in': element(
        "type: 'itemSelect', name: 'a', query: 'name:{searchstring}'",
      ),
      'a field of the form': shown("{ ifField: 'item', hasValue: 'x' }"),
      'a field of a loop': form(
        "- const parts = [{ key: 'city', label: 'City' }, { key: 'street', label: 'Street' }]",
        'each part in parts',
        '  +formElement({ name: part.key, label: part.label })',
        "+formElement({ name: 'b', visible: { ifField: 'street', hasValue: 'x' } })",
      ),
      'a field of a loop over what is not known': form(
        'each part in form.items',
        '  +formElement({ name: part.key })',
        "+formElement({ name: 'b', visible: { ifField: 'street', hasValue: 'x' } })",
      ),
      'a field of a loop over a list that grows': form(
        "- const parts = ['city']",
        "- parts.push('street')",
        'each part in parts',
        '  +formElement({ name: part })',
        "+formElement({ name: 'b', visible: { ifField: 'street', hasValue: 'x' } })",
      ),
      'a value of the user in a template': element("name: 'a', label: `Hello ${user.key}`"),
      'a pattern with a class of letters': element("name: 'a', pattern: '\\\\p{Lu}+'"),
      'a form with an included part': {
        ...form('include part.pug', "+formElement({ name: 'b', visible: { ifField: 'c' } })"),
        'forms/part.pug': "+formElement({ name: 'c' })\n",
      },
    },
  },
  'form-workflow': {
    finds: {
      'a button without a workflow': button("buttonLabel: 'Go'"),
      'a misspelled workflow': button("workflow: 'odrer'"),
      'a workflow of someone else': button("workflow: 'something-else'"),
    },
    nearMisses: {
      'a workflow that is there': button("workflow: 'order'"),
      'a workflow that a field names': button("workflow: '{item}'"),
      'a workflow that is worked out': button('workflow: key'),
    },
  },
  'form-input': {
    finds: {
      'a field that the form lacks': submitting("+formElement({ name: 'count' })"),
      'a misspelled field': submitting("+formElement({ name: 'itme' })"),
    },
    nearMisses: {
      'a field that it has': submitting(NAME),
      'a field that another form of the flow has': {
        ...submitting("+formElement({ name: 'count' })"),
        'config.json': json({
          workflow: [WORKFLOW],
          form: [FORM, { ...FORM, slug: 'more', template: { form: '/forms/more.pug' } }],
        }),
        'forms/more.pug': `${VIEW}block formContent\n  ${NAME}\n`,
      },
      'a form whose fields are worked out': submitting('+formElement(field)'),
    },
  },
};
