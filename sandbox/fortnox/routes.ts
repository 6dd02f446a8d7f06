import { type Answer, type Call, type Handler, json, router } from '../net/call.js';
import { type AuthorizeSwitch, authorizeRoutes } from './authorize.js';
import type { Fortnox } from './fortnox.js';
import { FortnoxError } from './fortnox-error.js';

/** Where Fortnox answers; calls to these go to the stand-in. */
export const FORTNOX_ORIGINS = ['https://apps.fortnox.se', 'https://api.fortnox.se'];

/**
 * @param authorize how the authorize page answers
 * @returns the stand-in's pages and endpoints, of both of Fortnox's hosts
 */
export function fortnoxHandler(fortnox: Fortnox, authorize: AuthorizeSwitch = {}): Handler {
  return router(
    {
      ...authorizeRoutes(fortnox, authorize),
      'POST /oauth-v1/token': (call) => refusals(() => json(tokenAnswer(fortnox, call))),
      'POST /oauth-v1/revoke': ({ headers, body }) =>
        refusals(() => {
          fortnox.revoke(headers.authorization, new URLSearchParams(body).get('token') ?? '');
          return json({ revoked: true });
        }),
      'GET /3/companyinformation': (call) => companyInformation(fortnox, call),
    },
    () => json({ message: 'Not found' }, 404),
  );
}

function tokenAnswer(fortnox: Fortnox, { headers, body }: Call): unknown {
  const form = Object.fromEntries(new URLSearchParams(body));
  return fortnox.token(headers.authorization, form, headers.tenantid);
}

// Recorded from the live service: JSON, but labelled as something else.
function refusals(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FortnoxError)) {
      throw error;
    }
    const type = error.status === 400 ? 'text/html; charset=UTF-8' : 'text/plain; charset=UTF-8';
    return {
      status: error.status,
      headers: { 'content-type': type },
      body: JSON.stringify({ error: error.error, error_description: error.description }),
    };
  }
}

function companyInformation(fortnox: Fortnox, { headers }: Call): Answer {
  const [, token = ''] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  const grant = fortnox.grantOf(token);
  if (!grant) {
    return json({ message: 'unauthorized' }, 401);
  }
  // Recorded: a token that was asked for without a tenant id is one that the API fails on.
  if (!fortnox.isAccessTokenValid(token)) {
    return json({ message: 'Internal Server Error' }, 500);
  }
  if (!grant.scope.split(' ').includes('companyinformation')) {
    const message = 'No access, scope missing.';
    return json({ ErrorInformation: { error: 1, message, code: 2_000_663 } }, 403);
  }
  return json(fortnox.company(grant.tenantId).information());
}
