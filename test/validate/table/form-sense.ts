import { element, form } from './build.js';
import type { Topic } from './rows.js';

const BOX = "+formElement({name: 'box', type: 'checkbox', label: 'Box'})";
const shownIf = (value: string) =>
  form(BOX, `+formElement({name: 'a', label: 'A', visible: {ifField: 'box', hasValue: ${value}}})`);

/** Rules about elements that no one can fill in, or that lead nowhere. */
export const formSense: Topic = {
  'form-pattern': {
    finds: { 'slashes around it': element("name: 'a', label: 'A', pattern: '/^[0-9]+$/'") },
    nearMisses: { 'slashes in it': element("name: 'a', label: 'A', pattern: '[0-9]+/[0-9]+'") },
  },
  'form-escape': {
    finds: {
      'a class of characters': element(String.raw`name: 'a', pattern: '\d{4}'`),
      'a class in a template': element(String.raw`name: 'a', pattern: ${'`'}\w+${'`'}`),
      'a class in a constant': form(
        String.raw`- const day = '\d{4}-\d{2}'`,
        "+formElement({ name: 'a', pattern: day })",
      ),
      'a dot': element(String.raw`name: 'a', pattern: '[a-z]+\.se'`),
      'an edge of a word': element(String.raw`name: 'a', pattern: '\bx'`),
      'a path': element(String.raw`name: 'a', helpText: 'In C:\groups'`),
    },
    nearMisses: {
      'two backslashes': element(String.raw`name: 'a', pattern: '\\d{4}[.]\\d'`),
      'a new line': element(String.raw`name: 'a', helpText: 'one\ntwo \u2013 \'three\''`),
      'a regular expression': form(String.raw`- const isDay = /^\d+\.\d$/.test(user.key)`),
      'a raw text': element(String.raw`name: 'a', pattern: String.raw${'`'}\d{4}${'`'}`),
    },
  },
  'form-range': {
    finds: {
      'min above max': element("name: 'a', label: 'A', type: 'number', min: 10, max: 1"),
      'a value above max': element("name: 'a', type: 'number', value: 5, min: 1, max: 3"),
      'a value below min': element("name: 'a', type: 'number', value: 0, min: 1"),
      'a value between two steps': element("name: 'a', type: 'number', value: 3, min: 0, step: 2"),
      'a value that is a word': element("name: 'a', type: 'number', value: 'three'"),
      'steps of nothing': element("name: 'a', type: 'number', step: 0"),
    },
    nearMisses: {
      'a value at max': element("name: 'a', type: 'number', value: 3, min: 1, max: 3"),
      'a value on a step': element(
        "name: 'a', type: 'number', value: 0.3, min: 0, max: 1, step: 0.1",
      ),
      'an empty value': element("name: 'a', type: 'number', value: '', min: 1"),
      'a value that is worked out': element("name: 'a', type: 'number', value: user.age, min: 1"),
      'min below max': element("name: 'a', label: 'A', type: 'number', min: 1, max: 10"),
      'min alone': element("name: 'a', label: 'A', type: 'number', min: 10"),
    },
  },
  'form-checkbox': {
    finds: {
      'a text': shownIf("'true'"),
      'a text where it is required': form(
        "+formElement({ type: 'checkbox', name: 'a', label: 'A' })",
        "+formElement({ name: 'b', label: 'B', required: { ifField: 'a', hasValue: 'true' } })",
      ),
    },
    nearMisses: { 'a switch': shownIf('true') },
  },
  'form-link-url': {
    finds: {
      'an address called href': element(
        "type: 'link', name: 'a', href: 'https://x.test', value: 'x'",
      ),
      'no address': element("type: 'link', name: 'a', value: 'x'"),
    },
    nearMisses: {
      'an address': element("type: 'link', name: 'a', url: 'https://x.test', value: 'x'"),
      'an address as its value': element("type: 'link', name: 'a', value: 'https://x.test'"),
      'an address that is worked out': element("type: 'link', name: 'a', url: address, value: 'x'"),
    },
  },
};
