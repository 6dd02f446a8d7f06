import { element, form } from './build.js';
import type { Topic } from './rows.js';

/** Rules about the elements of a form and their members. */
export const formElement: Topic = {
  'form-type': {
    finds: {
      'a misspelled type': element("type: 'textfield', name: 'a'"),
      'a type that is like none': element("type: 'slider', name: 'a'"),
      'a type that is cut short': element("type: 'check', name: 'a'"),
      'a type of HTML': element("type: 'select', name: 'a'"),
    },
    nearMisses: {
      'an item': element("type: 'item', name: 'a', itemType: 'device'"),
      'what an agent task tells': element("type: 'agentTaskLog'"),
      'a known type': element("type: 'textarea', name: 'a'"),
      'no type': element("name: 'a'"),
      'a type that is worked out': element("type: kind, name: 'a'"),
    },
  },
  'form-attribute': {
    finds: {
      'a misspelled member': element("name: 'a', lable: 'A'"),
      'a misspelled option of the form': form("+formOptions({ pageTitel: 'A' })"),
      'an option that is cut short': form("+formOptions({ submitButton: 'A' })"),
      'an option of other forms': form('+formOptions({ width: 300 })'),
      'a misspelled member of a group': form("+formGroup({ lable: 'A' })"),
      'a member that has another name in other forms': element("name: 'a', defaultValue: 'x'"),
      'a workflow in an element of another type': element("name: 'a', workflow: 'order'"),
      'a format in an element of another type': element("type: 'simpleText', format: 'text'"),
    },
    nearMisses: {
      'a member that is like none': element("name: 'a', colour: 'red'"),
      'an option of the form': form("+formOptions({ pageTitle: 'A' })"),
      'a member of other forms beside that of this one': element("name: 'a', id: 'b'"),
      'a range of a type that is not public': element("type: 'slider', name: 'a', min: 1"),
      'a range of a type that is worked out': element("type: kind, name: 'a', min: 1"),
      'any member of a mixin of its own': form(
        'mixin note(options)',
        '  p x',
        "+note({ lable: 'A' })",
      ),
    },
  },
  'form-value': {
    finds: {
      'a switch in quotes': element("name: 'a', required: 'true'"),
      'a number in quotes': element(
        "type: 'runWorkflow', name: 'a', workflow: 'order', timeout: '10'",
      ),
      'a number as a text': element("name: 'a', label: 7"),
      'an option that is a switch in quotes': form("+formOptions({ hideBackButton: 'false' })"),
      'an option that is a switch and no text': form('+formOptions({ submitButtonName: true })'),
      'a time in milliseconds': element(
        "type: 'runWorkflow', name: 'a', workflow: 'order', timeout: 60000",
      ),
      'a window without its underscore': element(
        "type: 'link', url: 'https://x.test', value: 'x', target: 'blank'",
      ),
      'a pattern in a constant': form(
        "- const plate = '[a-z{2}'",
        "+formElement({ name: 'a', pattern: plate })",
      ),
      'a text as a condition': element("name: 'a', visible: 'b'"),
      'a format that is not known': element("type: 'processOutput', name: 'a', format: 'pdf'"),
      'a number as a pattern': element("name: 'a', pattern: 7"),
      'a pattern that no browser reads': element("name: 'a', pattern: '[a-'"),
      'a pattern that only older browsers read': element("name: 'a', pattern: '[a-z&&]'"),
    },
    nearMisses: {
      'any step': element("type: 'number', name: 'a', step: 'any'"),
      'a window with a name': element(
        "type: 'link', url: 'https://x.test', value: 'x', target: 'help'",
      ),
      'options of their types': form("+formOptions({ pageTitle: 'A', hideBackButton: true })"),
      'a name that is set twice': form(
        "- var plate = '[a-z{2}'",
        "- plate = '[a-z]{2}'",
        "+formElement({ name: 'a', pattern: plate })",
      ),
      'a switch': element("name: 'a', required: true"),
      'a condition as a switch': form(
        "+formElement({ name: 'b' })",
        "+formElement({ name: 'a', required: { ifField: 'b', hasValue: 'x' } })",
      ),
      'no label': element("name: 'a', label: null"),
      'a pattern': element("name: 'a', pattern: '[a-z]{2,4}'"),
      'a switch as a condition': element("name: 'a', visible: false"),
      'a value that is worked out': element("name: 'a', required: isAsked"),
    },
  },
};
