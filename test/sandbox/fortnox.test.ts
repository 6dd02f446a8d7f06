import { describe, expect, test } from 'vitest';
import { Fortnox } from '../../sandbox/fortnox/fortnox.js';
import type { FortnoxModes } from '../../sandbox/fortnox/modes.js';
import { fortnoxHandler } from '../../sandbox/fortnox/routes.js';
import type { Answer } from '../../sandbox/net/call.js';

const CLIENT = { id: 'app', secret: 's', redirectUris: ['http://localhost:2022'] };
const BASIC = `Basic ${Buffer.from('app:s').toString('base64')}`;
const DAY = 86_400_000;

/** A Fortnox with a clock that a test sets, called without any network. */
function world(modes: Partial<FortnoxModes> = {}) {
  const time = { now: Date.parse('2026-01-01T00:00:00Z') };
  const fortnox = new Fortnox(() => time.now, modes);
  fortnox.register(CLIENT);
  const handle = fortnoxHandler(fortnox);
  const call = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body = '',
  ): Promise<Answer & { json: Record<string, unknown> }> => {
    const query = new URLSearchParams();
    const answer = await handle({ side: 'fortnox', method, path, query, headers, body });
    return { ...answer, json: JSON.parse(answer.body) };
  };
  const token = (form: Record<string, string>, tenantid?: string, authorization = BASIC) => {
    const headers = { authorization, ...(tenantid !== undefined && { tenantid }) };
    return call('POST', '/oauth-v1/token', headers, new URLSearchParams(form).toString());
  };
  const connect = async (company = fortnox.company(), isService = true) => {
    const [redirect_uri = ''] = CLIENT.redirectUris;
    const scope = 'customer companyinformation';
    const code = fortnox.approve(CLIENT.id, redirect_uri, scope, isService, company);
    return (await token({ grant_type: 'authorization_code', code, redirect_uri })).json;
  };
  const refresh = (refresh_token: unknown) =>
    token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) });
  const company = (accessToken: unknown) =>
    call('GET', '/3/companyinformation', { authorization: `Bearer ${accessToken}` });
  return { time, fortnox, call, token, connect, refresh, company };
}

const AS_CLIENT = { grant_type: 'client_credentials' };

describe('given two companies', () => {
  test('each token is for the company that consented, and says so', async () => {
    const { fortnox, connect, company } = world();
    const other = fortnox.addCompany(2, 'Andra AB');
    const first = await company((await connect()).access_token);
    const second = await company((await connect(other)).access_token);
    expect(first.json.CompanyInformation).toMatchObject({ DatabaseNumber: 998877 });
    expect(second.json).toEqual({
      CompanyInformation: { CompanyName: 'Andra AB', DatabaseNumber: 2 },
    });
  });

  test('client credentials work for the one that consented to a service account', async () => {
    const { fortnox, token, connect } = world();
    await connect(fortnox.addCompany(2, 'Andra AB'));
    expect((await token(AS_CLIENT, '2')).status).toBe(200);
    expect((await token(AS_CLIENT, '998877')).json.error).toBe('invalid_grant');
  });

  test('a revoked consent ends that company alone', async () => {
    const { fortnox, token, connect, refresh } = world();
    const other = fortnox.addCompany(2, 'Andra AB');
    const first = await connect();
    const second = await connect(other);
    fortnox.revokeAll(other);
    expect((await refresh(second.refresh_token)).json.error).toBe('invalid_grant');
    expect((await token(AS_CLIENT, '2')).status).toBe(400);
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });
});

describe('given a connection', () => {
  test('a dropped licence refuses every grant, until it is back', async () => {
    const { fortnox, token, connect, refresh } = world();
    const { refresh_token } = await connect();
    fortnox.company().isLicenceDropped = true;
    for (const answer of [await refresh(refresh_token), await token(AS_CLIENT, '998877')]) {
      expect([answer.status, answer.json.error]).toEqual([401, 'error_missing_license']);
    }
    fortnox.company().isLicenceDropped = false;
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  test('a changed client secret ends the old one', async () => {
    const { fortnox, connect, refresh, token } = world();
    const { refresh_token } = await connect();
    fortnox.register({ ...CLIENT, secret: 'new' });
    expect((await refresh(refresh_token)).json.error).toBe('invalid_client');
    const basic = `Basic ${Buffer.from('app:new').toString('base64')}`;
    expect((await token(AS_CLIENT, '998877', basic)).status).toBe(200);
  });

  test('revoking ends the refresh token, says yes to a made-up one, and leaves the consent', async () => {
    const { call, connect, refresh, token } = world();
    const { refresh_token } = await connect();
    for (const made of [refresh_token, 'made-up']) {
      const body = `token_type_hint=refresh_token&token=${made}`;
      const answer = await call('POST', '/oauth-v1/revoke', { authorization: BASIC }, body);
      expect(answer.json).toEqual({ revoked: true });
    }
    expect((await refresh(refresh_token)).status).toBe(400);
    expect((await token(AS_CLIENT, '998877')).status).toBe(200);
  });

  test('a used refresh token dies at once, or after the grace period', async () => {
    const strict = world();
    const { refresh_token } = await strict.connect();
    await strict.refresh(refresh_token);
    expect((await strict.refresh(refresh_token)).status).toBe(400);
    const mild = world({ gracePeriod: 60_000 });
    const { refresh_token: old } = await mild.connect();
    await mild.refresh(old);
    mild.time.now += 59_000;
    expect((await mild.refresh(old)).status).toBe(200);
    mild.time.now += 1000;
    expect((await mild.refresh(old)).status).toBe(400);
  });

  test('a refresh token lives 31 days', async () => {
    const { time, connect, refresh } = world();
    const { refresh_token } = await connect();
    time.now += 31 * DAY;
    expect((await refresh(refresh_token)).status).toBe(400);
  });
});

describe('given an access token', () => {
  test('the API takes it for an hour', async () => {
    const { time, connect, company } = world();
    const { access_token } = await connect();
    time.now += 3_599_000;
    expect((await company(access_token)).status).toBe(200);
    time.now += 1000;
    const { status, json } = await company(access_token);
    expect([status, json]).toEqual([401, { message: 'unauthorized' }]);
  });

  test('asked for without a tenant id, every call of the API answers it with 500', async () => {
    const { token, company } = world();
    expect((await company((await token(AS_CLIENT)).json.access_token)).status).toBe(500);
  });

  test('the API refuses what its scope does not hold with a code of its own', async () => {
    const { fortnox, token, company } = world();
    const code = fortnox.approve('app', 'http://localhost:2022', 'customer', true);
    const form = { grant_type: 'authorization_code', code, redirect_uri: 'http://localhost:2022' };
    const { status, json } = await company((await token(form)).json.access_token);
    expect([status, json.ErrorInformation]).toMatchObject([403, { code: 2_000_663 }]);
  });

  test.each([
    ['number', 3600],
    ['text', '3600'],
    ['zero', 0],
    ['missing', undefined],
  ] as const)('expires_in comes as a %s', async (expiresIn, shown) => {
    expect((await world({ expiresIn }).connect()).expires_in).toBe(shown);
  });

  test('it can be one that tells nothing', async () => {
    const { access_token } = await world({ accessTokens: 'opaque' }).connect();
    expect(access_token).not.toContain('.');
  });
});
