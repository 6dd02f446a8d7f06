import { type Answer, type Call, type Route, redirect } from '../net/call.js';
import type { Company } from './company.js';
import type { Fortnox } from './fortnox.js';
import { type Consent, consentPage, messagePage } from './page.js';

/** How the authorize page answers, where a test decides in place of a person. */
export interface AuthorizeSwitch {
  /** An error that Fortnox leads back with, or `nothing`: neither code, state nor error. */
  answer?: string;
  /** The company that is picked where the form names none; default: the first. */
  company?: Company;
}

/**
 * Makes the authorize page. A plain HTTP client approves with the form's own request: POST /oauth-v1/auth with the
 * fields of the page and `decision=approve`; the answer is a redirect.
 *
 * @returns the routes of the page
 */
export function authorizeRoutes(
  fortnox: Fortnox,
  authorize: AuthorizeSwitch,
): Record<string, Route> {
  return {
    'GET /oauth-v1/auth': ({ query }) => {
      const consent: Consent = {
        clientId: query.get('client_id') ?? '',
        redirectUri: query.get('redirect_uri') ?? '',
        scope: query.get('scope') ?? '',
        state: query.get('state') ?? '',
        accountType: query.get('account_type') ?? '',
      };
      if (!fortnox.clientFor(consent.clientId, consent.redirectUri)) {
        return html(messagePage('Not possible', 'The app or its redirect URI is not known.'), 400);
      }
      if (query.get('response_type') !== 'code' || consent.state === '' || consent.scope === '') {
        const text = 'response_type, scope and state are required.';
        return html(messagePage('Not possible', text), 400);
      }
      if (authorize.answer === 'nothing') {
        return redirect(consent.redirectUri);
      }
      if (authorize.answer) {
        return redirect(back(consent, { error: authorize.answer }));
      }
      const { company } = authorize;
      const others = fortnox.companies().filter((one) => one !== company);
      return html(consentPage(consent, company ? [company, ...others] : others));
    },
    'POST /oauth-v1/auth': (call) => decided(call, fortnox, authorize),
  };
}

function decided({ body }: Call, fortnox: Fortnox, authorize: AuthorizeSwitch): Answer {
  const { decision, company, ...fields } = Object.fromEntries(new URLSearchParams(body));
  const consent = fields as unknown as Consent;
  const client = fortnox.clientFor(consent.clientId, consent.redirectUri);
  if (!client) {
    return html(messagePage('Not possible', 'The app or its redirect URI is not known.'), 400);
  }
  if (decision !== 'approve') {
    const refused = { error: 'access_denied', error_description: 'The user denied the request' };
    return redirect(back(consent, refused));
  }
  const code = fortnox.approve(
    client.id,
    consent.redirectUri,
    consent.scope,
    consent.accountType === 'service',
    company === undefined ? authorize.company : fortnox.company(Number(company)),
  );
  return redirect(back(consent, { code }));
}

function html(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body };
}

function back(consent: Consent, answer: Record<string, string>): string {
  const address = new URL(consent.redirectUri);
  for (const [name, value] of Object.entries(answer)) {
    address.searchParams.set(name, value);
  }
  address.searchParams.set('state', consent.state);
  return address.href;
}
