import { Hono } from 'hono';
import type { FaultDesk } from '../faults.js';
import { type Bindings, faulty } from '../server.js';
import { type Authority, AuthorityError } from './authority.js';
import { type Consent, consentPage, messagePage } from './page.js';

/** How the authorize page answers, where it shall not ask. */
export interface AuthorizeSwitch {
  /** An error that Fortnox leads back with, or `nothing`: neither code, state nor error. */
  answer?: string;
}

/**
 * Makes the stand-in's pages and endpoints. A plain HTTP client approves with the form's own request:
 * POST /oauth-v1/auth with the fields of the page and `decision=approve`; the answer is a redirect.
 *
 * @returns the app, to be served
 */
export function fortnoxApp(
  authority: Authority,
  faults: FaultDesk,
  authorize: AuthorizeSwitch,
): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use(faulty('fortnox', faults));

  app.get('/oauth-v1/auth', (context) => {
    const asked = context.req.query();
    const consent: Consent = {
      clientId: asked.client_id ?? '',
      redirectUri: asked.redirect_uri ?? '',
      scope: asked.scope ?? '',
      state: asked.state ?? '',
      accountType: asked.account_type ?? '',
    };
    const client = authority.clientFor(consent.clientId, consent.redirectUri);
    if (!client) {
      return context.html(
        messagePage('Not possible', 'The app or its redirect URI is not known.'),
        400,
      );
    }
    if (asked.response_type !== 'code' || consent.state === '' || consent.scope === '') {
      return context.html(
        messagePage('Not possible', 'response_type, scope and state are required.'),
        400,
      );
    }
    if (authorize.answer === 'nothing') {
      return context.redirect(consent.redirectUri);
    }
    if (authorize.answer) {
      return context.redirect(back(consent, { error: authorize.answer }));
    }
    return context.html(consentPage(consent));
  });

  app.post('/oauth-v1/auth', async (context) => {
    const { decision, ...fields } = (await context.req.parseBody()) as Record<string, string>;
    const consent = fields as unknown as Consent;
    const client = authority.clientFor(consent.clientId, consent.redirectUri);
    if (!client) {
      return context.html(
        messagePage('Not possible', 'The app or its redirect URI is not known.'),
        400,
      );
    }
    if (decision !== 'approve') {
      const refused = { error: 'access_denied', error_description: 'The user denied the request' };
      return context.redirect(back(consent, refused));
    }
    const isService = consent.accountType === 'service';
    const code = authority.approve(client.id, consent.redirectUri, consent.scope, isService);
    return context.redirect(back(consent, { code }));
  });

  app.post('/oauth-v1/token', async (context) => {
    const form = Object.fromEntries(new URLSearchParams(await context.req.text()));
    try {
      const tenant = context.req.header('TenantId');
      return context.json(authority.token(context.req.header('authorization'), form, tenant));
    } catch (error) {
      if (!(error instanceof AuthorityError)) {
        throw error;
      }
      // Recorded from the live service: JSON, but labelled as something else.
      const body = JSON.stringify({ error: error.error, error_description: error.description });
      const type = error.status === 400 ? 'text/html; charset=UTF-8' : 'text/plain; charset=UTF-8';
      return context.body(body, error.status, { 'content-type': type });
    }
  });

  app.post('/oauth-v1/revoke', async (context) => {
    const form = Object.fromEntries(new URLSearchParams(await context.req.text()));
    authority.revoke(form.token ?? '');
    return context.json({ revoked: true });
  });

  app.get('/3/companyinformation', (context) => {
    const [, token] = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    if (!authority.isAccessTokenValid(token ?? '')) {
      return context.json({ message: 'unauthorized' }, 401);
    }
    return context.json({ CompanyInformation: { CompanyName: 'Exempelbolaget AB' } });
  });
  return app;
}

function back(consent: Consent, answer: Record<string, string>): string {
  const address = new URL(consent.redirectUri);
  for (const [name, value] of Object.entries(answer)) {
    address.searchParams.set(name, value);
  }
  address.searchParams.set('state', consent.state);
  return address.href;
}
