import { element, form, VIEW, wholeForm } from './build.js';
import type { Input, Topic } from './rows.js';

const NAME = "+formElement({ name: 'item' })";
const shown = (visible: string): Input =>
  form(NAME, `+formElement({ name: 'b', visible: ${visible} })`);
const configured = (line: string): Input =>
  wholeForm(`${VIEW}append formConfig\n  ${line}\nblock formContent\n  ${NAME}\n`);

/** Rules about when and where an element is shown. */
export const formCondition: Topic = {
  'form-visible': {
    finds: {
      'a condition without a field': shown("{ hasValue: 'x' }"),
      'a condition with a misspelled field': shown("{ iffield: 'item' }"),
      'a misspelled comparison': shown("{ ifField: 'item', hasValu: 'x' }"),
      'a comparison that nothing is known of': shown("{ ifField: 'item', containsValue: 'x' }"),
      'a field that is compared with nothing': shown("{ ifField: 'item' }"),
      'a comparison that is called otherwise': shown("{ ifField: 'item', equals: 'x' }"),
      'a required field with such a comparison': form(
        NAME,
        "+formElement({ name: 'b', required: { ifField: 'item', value: 'x' } })",
      ),
      'a field that depends on itself': element(
        "name: 'b', visible: { ifField: 'b', hasValue: 'x' }",
      ),
    },
    nearMisses: {
      'a comparison': shown("{ ifField: 'item', hasValue: 'x' }"),
      'whether there is a value': shown("{ ifField: 'item', containsValue: true }"),
      'a comparison beside what is spread': shown("{ ...shared, ifField: 'item', equals: 'x' }"),
      'a required field with a comparison': form(
        NAME,
        "+formElement({ name: 'b', required: { ifField: 'item', hasValue: 'x' } })",
      ),
      'a switch': shown('true'),
      'a condition that is worked out': shown('conditionOf(item)'),
    },
  },
  'form-place': {
    finds: {
      'options among the fields': form("+formOptions({ pageTitle: 'A' })", NAME),
      'a field among the options': configured("+formElement({ name: 'other' })"),
    },
    nearMisses: { 'options in their own block': configured("+formOptions({ pageTitle: 'A' })") },
  },
};
