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
  'form-range': {
    finds: { 'min above max': element("name: 'a', label: 'A', type: 'number', min: 10, max: 1") },
    nearMisses: {
      'min below max': element("name: 'a', label: 'A', type: 'number', min: 1, max: 10"),
      'min alone': element("name: 'a', label: 'A', type: 'number', min: 10"),
    },
  },
  'form-checkbox': {
    finds: { 'a text': shownIf("'true'") },
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
