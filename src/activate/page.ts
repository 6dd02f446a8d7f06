import { createHash } from 'node:crypto';

/** What the browser shows after Fortnox's redirect. */
export interface Page {
  readonly status: number;
  readonly title: string;
  /** Paragraphs of plain text: what happened, and what to do next. */
  readonly text: readonly string[];
  /** Besides those of every page. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How it ends is added later: the last paragraph, which says so, is then not shown any more. */
  readonly isOpen?: boolean;
}

/** How it ended, below a page that was left open: plain text. */
export type Ending = Pick<Page, 'title' | 'text'>;

const STYLE =
  ':root{color-scheme:light dark}' +
  'body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif;background:light-dark(#f6f7f8,#16181b);color:light-dark(#1c2024,#eceef0)}' +
  'main{max-width:32rem;margin:10vh auto;padding:1.5rem 2rem;background:light-dark(#fff,#1f2226);border:1px solid light-dark(#e0e3e6,#33383d);border-radius:.5rem;overflow-wrap:anywhere}' +
  'h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25}' +
  'h2{margin:1rem 0 .75rem;font-size:1.25rem;line-height:1.25}' +
  'p{margin:.75rem 0}' +
  // What says that the end is awaited, once it is there.
  'p:has(+h2){display:none}' +
  '@media(max-width:34rem){main{margin:1rem}}';

const STYLE_HASH = createHash('sha256').update(STYLE, 'utf8').digest('base64');

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Renders a page that works without scripts, images or anything from elsewhere.
 *
 * @param page its text; escaped here
 * @returns an HTML document; its beginning, where the page is left open
 */
export function renderPage(page: Page): string {
  const start = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} - Fortnox for Onify</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(page.title)}</h1>
${paragraphs(page.text)}
`;
  return page.isOpen ? start : start + END;
}

/**
 * Renders what is added to a page that was left open.
 *
 * @param ending its text; escaped here
 * @returns the rest of the HTML document
 */
export function renderEnding({ title, text }: Ending): string {
  return `<h2>${escapeHtml(title)}</h2>
${paragraphs(text)}
${END}`;
}

const END = `</main>
</body>
</html>
`;

/**
 * The headers of every answer: only the page's own style may apply, nothing is kept, and the address, which holds
 * the code, is passed on to nobody.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  connection: 'close',
};

function paragraphs(text: readonly string[]): string {
  return text.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
