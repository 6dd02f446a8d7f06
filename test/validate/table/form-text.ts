import { element, form } from './build.js';
import type { Topic } from './rows.js';

/** Rules about links and HTML in forms. */
export const formText: Topic = {
  'form-link': {
    finds: {
      'a link to a new window': form('a(href="https://x.test" target="_blank") x'),
      'a link in a text': element(
        `type: 'simpleText', name: 'a', value: '<a href="https://x.test" target="_blank">x</a>'`,
      ),
    },
    nearMisses: {
      'a link with noopener': form('a(href="https://x.test" target="_blank" rel="noopener") x'),
      'a link in a text with noreferrer': element(
        `type: 'simpleText', name: 'a', value: '<a href="https://x.test" target="_blank" rel="noreferrer">x</a>'`,
      ),
      'a link to the same window': form('a(href="https://x.test" target="_self") x'),
    },
  },
  'form-html': {
    finds: {
      'a value that is shown as it is': form('p!= answer'),
      'a value in the middle of a line': form('p of !{answer}'),
      'an attribute that is not escaped': form('p(title!=answer) x'),
      'a field in a tag': form(
        "+formElement({ name: 'b' })",
        `+formElement({ type: 'simpleText', name: 'a', value: '<a href="{b}">x</a>' })`,
      ),
      'an answer that is shown as HTML': element(
        "type: 'processOutput', name: 'a', format: 'html'",
      ),
    },
    nearMisses: {
      'a value that is escaped': form('p= answer', 'p of #{answer}'),
      'HTML that is fixed': form("p!= '<b>x</b>'"),
      'a field beside a tag': form(
        "+formElement({ name: 'b' })",
        "+formElement({ type: 'simpleText', name: 'a', value: '<b>x</b> of {b}' })",
      ),
      'an answer that is shown as a table': element(
        "type: 'processOutput', name: 'a', format: 'table'",
      ),
    },
  },
  'form-http': {
    finds: {
      'a link': form('a(href="http://x.test") x'),
      'a text': form('p See http://x.test for more.'),
      'a member': element("type: 'link', name: 'a', value: 'http://x.test'"),
    },
    nearMisses: {
      'an encrypted address': form('a(href="https://x.test") x'),
      'an address of this machine': form('a(href="http://localhost:8181") x'),
      'the protocol alone': form('p It begins with http:// and not with ftp://.'),
    },
  },
};
