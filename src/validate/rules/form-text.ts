import { attributeOf } from '../form/facts.js';
import { type Found, rulesOf } from '../rule.js';
import { isPlainHttp, PLAIN_HTTP, problem } from '../text.js';

/** Rules about links and HTML in forms. */
export const formTextRules = rulesOf({
  'form-link': {
    warning:
      'A page that opens in a new window without noopener can send the form elsewhere unseen.',
    form: ({ links, texts }) => {
      const isUnsafe = (rel: string) => !/\bno(opener|referrer)\b/.test(rel);
      const open = [
        ...links.filter(({ target, rel }) => target === '_blank' && isUnsafe(rel)),
        ...texts.filter(({ value }) =>
          tagsIn(value).some((tag) => /\btarget\s*=\s*["']?_blank/i.test(tag) && isUnsafe(tag)),
        ),
      ];
      return open.map((link) => problem(link, 'A link to a new window needs rel="noopener".'));
    },
  },
  'form-html': {
    warning: 'Foreign text that is shown as HTML can run scripts as whoever looks at it.',
    form: ({ unescaped, texts, calls }) => [
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

function tagsIn(text: string): string[] {
  return text.match(/<[a-z][^<>]*>/gi) ?? [];
}
