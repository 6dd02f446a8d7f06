import type { Found, Rule } from '../finding.js';
import { isPlainHttp } from './script.js';

/** Rules about links and HTML in forms. */
export const formTextRules: readonly Rule[] = [
  {
    id: 'form-link',
    severity: 'warning',
    why: 'A page that opens in a new window without noopener can send the form elsewhere behind the back.',
    form: ({ links, texts }) => {
      const message = 'A link to a new window needs rel="noopener".';
      const isOpen = (target: string, rel: string) =>
        target === '_blank' && !/\bno(opener|referrer)\b/.test(rel);
      return [
        ...links
          .filter(({ target, rel }) => isOpen(target, rel))
          .map(({ line, column }) => ({ line, column, message })),
        ...texts.flatMap(({ value, line, column }): Found[] =>
          tagsIn(value).some(
            (tag) => /\btarget\s*=\s*["']?_blank/i.test(tag) && isOpen('_blank', tag),
          )
            ? [{ line, column, message }]
            : [],
        ),
      ];
    },
  },
  {
    id: 'form-html',
    severity: 'warning',
    why: 'Foreign text that is shown as HTML can run scripts as whoever looks at it.',
    form: ({ unescaped, texts, calls }) => [
      ...unescaped.map((at) => ({
        ...at,
        message: 'This is shown as HTML. Use = or #{…}, which escape it.',
      })),
      ...texts.flatMap(({ value, line, column }): Found[] =>
        tagsIn(value).some((tag) => /\{\w+\}/.test(tag))
          ? [
              {
                line,
                column,
                message: 'A field stands inside of an HTML tag, where it may end the tag.',
              },
            ]
          : [],
      ),
      ...calls.flatMap(({ attributes }) =>
        attributes.flatMap(({ name, value, line, column }): Found[] =>
          name === 'format' && value === 'html'
            ? [
                {
                  line,
                  column,
                  message:
                    'What the flow answers is shown as HTML. Use text or table, or escape it in the flow.',
                },
              ]
            : [],
        ),
      ),
    ],
  },
  {
    id: 'form-http',
    severity: 'warning',
    why: 'Over plain http everybody on the way reads along and may answer.',
    form: ({ texts }) =>
      texts.flatMap(({ value, line, column }): Found[] =>
        isPlainHttp(value)
          ? [{ line, column, message: 'This address is plain http. Use https.' }]
          : [],
      ),
  },
];

function tagsIn(text: string): string[] {
  return text.match(/<[a-z][^<>]*>/gi) ?? [];
}
