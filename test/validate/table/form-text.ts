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
      'a link that is put together': element(
        `type: 'simpleText', helpText: '<a href="' + form.slug + '" target="_blank">x</a>'`,
      ),
      'a link in a name': form(
        `- const more = '<a href="https://x.test" target="_blank">x</a>'`,
        "+formElement({ type: 'simpleText', helpText: t(more) })",
      ),
    },
    nearMisses: {
      'a link that is put together with noopener': element(
        `type: 'simpleText', helpText: '<a href="' + form.slug + '" target="_blank" rel="noopener">x</a>'`,
      ),
      'a link whose attributes are worked out': element(
        `type: 'simpleText', helpText: '<a ' + form.slug + ' target="_blank">x</a>'`,
      ),
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
      'the address in a text': element("name: 'a', helpText: form.queryparam.hint"),
      'the address under other names': form(
        '- const { hint } = form.queryparam',
        "- const said = hint ? 'Note: ' + hint : ''",
        "+formElement({ name: 'a', helpText: `${said}!` })",
      ),
      'a link to where the address says': element(
        "type: 'link', value: 'x', url: form.queryparam.next",
      ),
      'an answer that is shown as HTML': element(
        "type: 'processOutput', name: 'a', format: 'html'",
      ),
    },
    nearMisses: {
      'a value that is escaped': form('p= answer', 'p of #{answer}'),
      'the address as a value': element("name: 'a', value: form.queryparam.hint"),
      'the address where it was checked': form(
        "- const hint = /^[a-z]+$/.test(form.queryparam.hint) ? form.queryparam.hint : ''",
        "+formElement({ name: 'a', helpText: hint })",
      ),
      'the address where it is encoded': element(
        "type: 'link', value: 'x', url: '/form/x?a=' + encodeURIComponent(form.queryparam.a)",
      ),
      'a text that the address chooses': form(
        "- const texts = { sv: 'Hej', en: 'Hello' }",
        "+formElement({ name: 'a', helpText: texts[form.queryparam.lang] })",
      ),
      'what was submitted': element("name: 'a', helpText: 'Of ' + submit.name"),
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
