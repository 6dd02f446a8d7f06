import type { Company } from './company.js';

/** What the authorize page was asked for. */
export interface Consent {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string;
  readonly accountType: string;
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

/**
 * Makes the page on which a system administrator picks the company, and approves or refuses; each button posts to
 * `/oauth-v1/auth`.
 *
 * @param companies the first is the one that is picked
 */
export function consentPage(consent: Consent, companies: readonly Company[]): string {
  const fields = Object.entries(consent)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('\n');
  const scopes = consent.scope
    .split(' ')
    .map((scope) => `<li>${escapeHtml(scope)}</li>`)
    .join('');
  const choice = companies.map(
    ({ tenantId, name }) => `<option value="${tenantId}">${escapeHtml(name)}</option>`,
  );
  return page(
    'Approve the integration',
    `<p>The app <b>${escapeHtml(consent.clientId)}</b> asks for:</p><ul>${scopes}</ul>
<form method="post" action="/oauth-v1/auth">
${fields}
<p><label>Company <select name="company">${choice.join('')}</select></label></p>
<button name="decision" value="approve">Approve</button>
<button name="decision" value="refuse">Refuse</button>
</form>`,
  );
}

/** @returns a page that says one thing */
export function messagePage(title: string, text: string): string {
  return page(title, `<p>${escapeHtml(text)}</p>`);
}

// It looks like a page of its own, so that nobody takes it for Fortnox or for the Hub.
const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1d241f,#e9eeea);--quiet:light-dark(#55605a,#a8b3ac);
--main:light-dark(#1b6340,#7fd3a6);--on-main:light-dark(#fff,#0e1511);--hair:light-dark(#dce3de,#343c37)}
*{box-sizing:border-box}
body{margin:0;background:light-dark(#f1f5f2,#141815);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
header,main{max-width:34rem;margin:0 auto;padding:1rem 1.5rem}
header{color:var(--quiet);font-size:.875rem}
main{background:light-dark(#fff,#1c211e);border:1px solid var(--hair);border-radius:.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
ul{columns:2 11rem;padding-left:1.25rem}
select{font:inherit;max-width:100%;padding:.4rem;color:inherit;background:transparent;border:1px solid var(--quiet);border-radius:.25rem}
option{color:#1d241f;background:#fff}
button{margin:.75rem .5rem .5rem 0;padding:.5rem 1rem;font:inherit;font-weight:600;color:var(--main);background:transparent;border:1px solid var(--main);border-radius:.25rem;cursor:pointer}
button[value=approve]{color:var(--on-main);background:var(--main)}
:focus-visible{outline:3px solid var(--main);outline-offset:2px}`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head><body><header>Stand-in for Fortnox</header>
<main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`;
}
