import { attributeOf } from '../form/facts.js';
import { WORKED_OUT } from '../form/markup.js';
import { type Found, rulesOf } from '../rule.js';
import { isPlainHttp, PLAIN_HTTP, problem } from '../text.js';

/** Rules about links and HTML in forms. */
export const formTextRules = rulesOf({
  'form-link': {
    warning:
      'A page that opens in a new window without noopener can send the form elsewhere unseen.',
    form: ({ links, texts, code }) => {
      const markup = code.markup.filter(({ value }) => value.includes(WORKED_OUT));
      const fixed = new Set(texts.map(({ line }) => line));
      const inCode = code.markup.filter(
        ({ value, line }) => !value.includes(WORKED_OUT) && !fixed.has(line),
      );
      const isUnsafe = (rel: string) => !/\bno(opener|referrer)\b/.test(rel);
      const open = [
        ...links.filter(({ target, rel }) => target === '_blank' && isUnsafe(rel)),
        ...[...texts, ...markup, ...inCode].filter(({ value }) =>
          tagsIn(value).some(
            (tag) => /\btarget\s*=\s*["']?_blank/i.test(tag) && isUnsafe(tag) && !mayHoldRel(tag),
          ),
        ),
      ];
      return open.map((link) => problem(link, 'A link to a new window needs rel="noopener".'));
    },
  },
  'form-html': {
    warning: 'Foreign text that is shown as HTML can run scripts as whoever looks at it.',
    form: ({ unescaped, texts, calls, code }) => [
      ...code.foreign.map(({ name, ...at }) =>
        problem(
          at,
          name === 'url'
            ? 'This link leads wherever the address of the page says. Check it first.'
            : 'What stands in the address of the page is shown here as HTML. Check it first.',
        ),
      ),
      ...unescaped.map((at) =>
        problem(at, 'This is shown as HTML. Use = or #{…}, which escape it.'),
      ),
      ...texts.map((text): Found => {
        const message = 'A field stands inside an HTML tag, where it may end the tag.';
        return tagsIn(text.value).some((tag) => /\{\w+\}/.test(tag)) && problem(text, message);
      }),
      ...calls.map((call): Found => {
        const format = attributeOf(call, 'format');
        const message =
          'What the flow answers is shown as HTML. Use text or table, or escape it in the flow.';
        return format?.value === 'html' && problem(format, message);
      }),
    ],
  },
  'form-http': {
    warning: 'Over plain http anyone in between can read the traffic and answer it.',
    form: ({ texts }) =>
      texts.map((text): Found => isPlainHttp(text.value) && problem(text, PLAIN_HTTP)),
  },
});

/** Whether a part of a tag that is worked out may hold its rel: one outside of quotes. */
function mayHoldRel(tag: string): boolean {
  return tag.replace(/"[^"]*"|'[^']*'/g, '').includes(WORKED_OUT);
}

function tagsIn(text: string): string[] {
  return text.match(/<[a-z][^<>]*>/gi) ?? [];
}
