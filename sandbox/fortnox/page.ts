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

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.4rem 1rem}</style>
</head><body><p>Stand-in for Fortnox</p><h1>${escapeHtml(title)}</h1>${content}</body></html>`;
}
