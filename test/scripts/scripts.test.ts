import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../flows/flow-world.js';
import { inlineScript } from './inline.js';
import { runScript, runSource } from './run-script.js';

const folder = join(root, 'resources/scripts/fortnox');
const flowsDir = join(root, 'flows');
const NOW = '2026-03-01T08:00:00.000Z';

describe.each(readdirSync(folder))('%s', (file) => {
  const source = readFileSync(join(folder, file), 'utf8');

  test('says first what it reads, what it answers and when it fails', () => {
    for (const heading of ['Runs as:', 'Reads:', 'Answers:', 'Fails:']) {
      expect(source).toContain(heading);
    }
  });

  test('uses nothing that the sandbox lacks', () => {
    const code = source.replace(/\/\*[\s\S]*?\*\//g, '');
    expect(code).not.toMatch(
      /\b(require|import|fetch|URL|URLSearchParams|setTimeout|structuredClone)\(|\b(crypto|process)\./,
    );
  });

  test('is used by a flow', () => {
    const flows = readdirSync(flowsDir).map((name) => readFileSync(join(flowsDir, name), 'utf8'));
    expect(flows.some((flow) => flow.includes(`/scripts/fortnox/${file}"`))).toBe(true);
  });
});

describe('read-settings.js', () => {
  const read = async (body: unknown, statusCode = 200) =>
    (await runScript('read-settings.js', { statusCode, body })).result as Record<string, unknown>;

  test('copies the three settings and nothing else', async () => {
    const result = await read({
      _fortnox_app_clientid: 'id',
      _fortnox_app_clientsecret: 'secret',
      _fortnox_access_token: {
        access_token: 'a',
        refresh_token: 'r',
        expires_in: 10,
        timestamp: NOW,
        extra: 1,
      },
      _another_password: 'not ours',
    });
    expect(result).toEqual({
      ok: true,
      statusCode: 200,
      byKey: false,
      clientId: 'id',
      clientSecret: 'secret',
      alertEmail: null,
      hasToken: true,
      token: {
        access_token: 'a',
        refresh_token: 'r',
        scope: '',
        token_type: 'bearer',
        expires_in: 10,
        timestamp: NOW,
        tenant_id: null,
        refresh_token_timestamp: NOW,
        refresh_token_rejected: null,
        client_credentials_proven: null,
        client_credentials_rejected: null,
        connection: 0,
        rotation: 0,
        company: null,
        connected_at: null,
      },
    });
  });

  test.each([
    ['a string', '<html>'],
    ['a list', []],
    ['nothing', null],
  ])('an answer that is %s is no map', async (_name, body) => {
    expect(await read(body)).toMatchObject({ ok: false, token: null });
  });

  test.each([301, 401, 500])('status %i is not ok', async (statusCode) => {
    expect(await read({}, statusCode)).toMatchObject({ ok: false });
  });

  test.each([
    ['a number', { tenant_id: 12, refresh_token: 'r' }, '12'],
    ['text', { tenant_id: '12', refresh_token: 'r' }, '12'],
    [
      'in the access token',
      { access_token: `h.${Buffer.from('{"tenantId":12}').toString('base64url')}.s` },
      '12',
    ],
    ['not there', { access_token: 'a.b.c' }, null],
  ])('the tenant id is found: %s', async (_name, token, tenant) => {
    expect((await read({ _fortnox_access_token: token })).token).toMatchObject({
      tenant_id: tenant,
    });
  });

  test('the record alone is read where it was asked for by its key', async () => {
    const output = { path: '/_fortnox_access_token' };
    const found = await runScript('read-settings.js', {
      statusCode: 200,
      body: { key: '_fortnox_access_token', value: { refresh_token: 'r', rotation: 3 } },
      output,
    });
    expect(found.result).toMatchObject({ ok: true, byKey: true, hasToken: true });
    expect(found.result).toMatchObject({ token: { refresh_token: 'r', rotation: 3 } });
    const missing = await runScript('read-settings.js', { statusCode: 404, body: {}, output });
    expect(missing.result).toMatchObject({ ok: true, hasToken: false, token: null });
  });

  test.each([-1, 1.5, '3', null])('a counter that is %j counts as 0', async (rotation) => {
    const token = { refresh_token: 'r', rotation };
    expect((await read({ _fortnox_access_token: token })).token).toMatchObject({ rotation: 0 });
  });

  test('expires_in that is no number counts as run out', async () => {
    const result = await read({ _fortnox_access_token: { access_token: 'a', expires_in: 'soon' } });
    expect(result.token).toMatchObject({ expires_in: 0 });
  });
});

describe('the script that judges an answer', async () => {
  const source = await inlineScript('fortnox-refresh-access-token', 'judge-answer');
  const judge = async (happened: unknown, work: Record<string, unknown> = {}) => {
    const known = { asked: 'refresh', requestedAt: NOW, grants: {}, base: null, ...work };
    const scope = { output: { happened, work: known } };
    const { output, error } = await runSource(source, 'judge-answer', scope, Date.parse(NOW));
    expect(error).toBeUndefined();
    return output as { go: Record<string, boolean>; work: Record<string, unknown> };
  };
  const lastOf = (work: Record<string, unknown>, name = 'refresh') =>
    (work.grants as Record<string, { last: unknown }>)[name]?.last;

  test.each<[string, unknown, string]>([
    ['a network error', { error: { code: 'ECONNRESET' } }, 'temporary'],
    ['nothing at all', undefined, 'temporary'],
    ['429', { statusCode: 429, body: '' }, 'temporary'],
    ['408', { statusCode: 408, body: '' }, 'temporary'],
    ['500 with a name', { statusCode: 500, body: '{"error":"invalid_grant"}' }, 'temporary'],
    ['200 with a name', { statusCode: 200, body: '{"error":"invalid_grant"}' }, 'temporary'],
    ['invalid_grant', { statusCode: 400, body: '{"error":"invalid_grant"}' }, 'refused'],
    ['invalid_grant, parsed', { statusCode: 400, body: { error: 'invalid_grant' } }, 'refused'],
    ['no licence', { statusCode: 401, body: '{"error":"error_missing_license"}' }, 'licence'],
    ['another client', { statusCode: 401, body: '{"error":"invalid_client"}' }, 'client'],
    [
      'a description that speaks of the grant',
      { statusCode: 401, body: '{"error":"other","error_description":"invalid_grant"}' },
      'unexpected',
    ],
    ['403 with HTML', { statusCode: 403, body: '<html>' }, 'unexpected'],
  ])('%s is judged as it should be', async (_name, happened, kind) => {
    const { go, work } = await judge(happened);
    expect(go).toEqual({});
    expect(lastOf(work)).toMatchObject({ kind });
  });

  test.each([
    ['3', 3],
    ['3600', 8],
    ['-1', 1],
    ['0.0000001', 1],
    ['1.5', 2],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 1],
  ])('Retry-After %s makes it wait %i s', async (retryAfter, seconds) => {
    const { work } = await judge({ statusCode: 429, body: '', retryAfter });
    expect(work.waitUntil).toBe(Date.parse(NOW) + seconds * 1000);
  });

  test('scope, tenant and type of the record before are kept where the answer lacks them', async () => {
    const base = {
      scope: 'old',
      tenant_id: '5',
      refresh_token: 'used',
      connection: 3,
      rotation: 8,
    };
    const body = '{"access_token":"a","refresh_token":"r"}';
    const { work, go } = await judge({ statusCode: 200, body }, { base });
    expect(go).toEqual({ save: true });
    expect(work.fresh).toMatchObject({
      scope: 'old',
      tenant_id: '5',
      token_type: 'bearer',
      expires_in: 3600,
      connection: 3,
      rotation: 9,
    });
  });

  test.each(['1800', 0, undefined, 'soon'])(
    'expires_in %j is stored as a number',
    async (given) => {
      const body = { access_token: 'a', refresh_token: 'r', expires_in: given };
      const { work } = await judge({ statusCode: 200, body });
      expect(work.fresh).toMatchObject({ expires_in: given === '1800' ? 1800 : 3600 });
    },
  );

  test.each([
    ['the same reason', 'refused', 2],
    ['another reason', 'client', 1],
  ])('a second refusal for %s counts so often: %s, %i', async (_name, refusedAs, refused) => {
    const grants = { refresh: { refused: 1, refusedAs, refusedAt: 1, temporary: 0 } };
    const { work } = await judge(
      { statusCode: 400, body: '{"error":"invalid_grant"}' },
      { grants },
    );
    expect(work.grants).toMatchObject({ refresh: { refused, refusedAs: 'refused' } });
  });

  test.each([
    ['activated 11 minutes ago, by any clock', -11 * 60_000 + 1, true],
    ['activated in 11 minutes, by a clock that is ahead', 11 * 60_000 - 1, true],
    ['activated before that', -11 * 60_000, false],
  ])(
    'a rotation of a connection that was %s (%i ms) is looked at again: %j',
    async (_name, milliseconds, guard) => {
      const connected_at = new Date(Date.parse(NOW) + milliseconds).toISOString();
      const base = { refresh_token: 'r0', tenant_id: '5', connected_at };
      const body = '{"access_token":"a","refresh_token":"r"}';
      const { work } = await judge({ statusCode: 200, body }, { base });
      expect(work.guard).toBe(guard);
    },
  );

  test('client credentials that work are remembered, and a refused refresh token with them', async () => {
    const base = { tenant_id: '5', refresh_token: 'dead', client_credentials_rejected: NOW };
    const grants = { refresh: { refused: 1, last: { kind: 'refused' } } };
    const { work } = await judge(
      { statusCode: 200, body: '{"access_token":"a"}' },
      { asked: 'client', base, grants },
    );
    expect(work.fresh).toMatchObject({
      refresh_token: 'dead',
      refresh_token_rejected: NOW,
      client_credentials_proven: NOW,
    });
    expect(work.fresh).not.toHaveProperty('client_credentials_rejected');
  });

  test('client credentials that were refused are remembered by the refresh that followed', async () => {
    const base = { tenant_id: '5', refresh_token: 'r0', refresh_token_rejected: NOW };
    const grants = { client: { refused: 1, last: { kind: 'client' } } };
    const { work } = await judge(
      { statusCode: 200, body: '{"access_token":"a","refresh_token":"r"}' },
      { base, grants },
    );
    expect(work.fresh).toMatchObject({ client_credentials_rejected: NOW });
    expect(work.fresh).not.toHaveProperty('refresh_token_rejected');
  });

  describe('after a new activation', () => {
    const base = { scope: 'old', tenant_id: '5', refresh_token: 'r0', connection: 2, rotation: 7 };
    const jwt = (tenant: number) =>
      `h.${Buffer.from(JSON.stringify({ tenantId: tenant })).toString('base64url')}.s`;
    const activated = (accessToken: string, work = {}) =>
      judge(
        { statusCode: 200, body: { access_token: accessToken, refresh_token: 'r' } },
        { asked: 'code', base, ...work },
      );

    test('nothing is carried over from the connection before but its counters', async () => {
      const { work, go } = await activated(jwt(5));
      expect(go).toEqual({ save: true });
      expect(work.fresh).toMatchObject({
        scope: '',
        connection: 3,
        rotation: 8,
        connected_at: NOW,
      });
    });

    test('another company is not stored', async () => {
      const { work, go } = await activated(jwt(6));
      expect(go).toEqual({});
      expect(work.other).toBe(true);
    });

    test('another company is stored where it is to be replaced', async () => {
      expect((await activated(jwt(6), { replaceCompany: true })).go).toEqual({ save: true });
    });

    test('an opaque token is not stored before its company is known', async () => {
      const { work, go } = await activated('opaque');
      expect(go).toEqual({});
      expect(work.unknown).toBe(true);
    });
  });

  describe('of the company', () => {
    const fresh = { access_token: 'a', tenant_id: null, rotation: 4 };
    const found = { CompanyInformation: { CompanyName: 'Testbolaget AB', DatabaseNumber: 998877 } };

    test('its number and name are kept', async () => {
      const { work, go } = await judge(
        { statusCode: 200, body: JSON.stringify(found) },
        { asked: 'company', fresh },
      );
      expect(go).toEqual({ save: true });
      expect(work.fresh).toMatchObject({
        tenant_id: '998877',
        company: 'Testbolaget AB',
        rotation: 5,
      });
    });

    test.each([
      ['200', { statusCode: 200, body: found }, true],
      [
        'a refusal for scope',
        { statusCode: 403, body: { ErrorInformation: { code: 2000663 } } },
        true,
      ],
      ['401', { statusCode: 401, body: { message: 'unauthorized' } }, false],
      ['500', { statusCode: 500, body: '' }, false],
      ['a login page', { statusCode: 200, body: '<html>' }, false],
    ])('%s proves client credentials or not', async (_name, happened, proves) => {
      const { work } = await judge(happened, {
        asked: 'company',
        fresh: { ...fresh, tenant_id: '5' },
        proof: { access_token: 'c', at: NOW },
      });
      expect('client_credentials_proven' in (work.fresh as object)).toBe(proves);
      expect(work.proof).toBeUndefined();
    });
  });

  test.each([
    ['true', { statusCode: 200, body: '{"revoked":true}' }, true],
    ['a refusal', { statusCode: 401, body: '{"error":"invalid_client"}' }, undefined],
  ])(
    'of a revocation, %s empties the record and keeps its counters',
    async (_name, happened, revoked) => {
      const base = { refresh_token: 'r', connection: 2, rotation: 7 };
      const { work, go } = await judge(happened, { asked: 'revoke', base });
      expect(go).toEqual({ save: true });
      expect(work.fresh).toEqual({ connection: 3, rotation: 7, disconnected_at: NOW });
      expect(work.revoked).toBe(revoked);
    },
  );

  test('of a revocation that did not arrive nothing is emptied', async () => {
    expect((await judge({ statusCode: 503 }, { asked: 'revoke', base: {} })).go).toEqual({});
  });

  test('the prepared request, with the client secret in it, is forgotten', async () => {
    const request = { headers: { authorization: 'Basic x' } };
    expect((await judge({ statusCode: 500 }, { request })).work.request).toBeUndefined();
  });
});

describe('the script that plans a save', async () => {
  const source = await inlineScript('fortnox-refresh-access-token', 'plan-save');
  const at = Date.parse(NOW);
  const base = { access_token: 'base', refresh_token: 'base-r', connection: 1, rotation: 4 };
  const fresh = {
    access_token: 'fresh',
    refresh_token: 'fresh-r',
    tenant_id: '1',
    timestamp: NOW,
    expires_in: 3600,
    connection: 1,
    rotation: 5,
  };
  const plan = async (output: Record<string, unknown>, work: Record<string, unknown> = {}) => {
    const known = {
      fresh,
      base,
      asked: 'refresh',
      startedAt: at,
      lookedAt: at,
      grants: {},
      ...work,
    };
    const variables = { content: { input: { work: known } } };
    const scope = { output: structuredClone(output), variables };
    const end = await runSource(source, 'plan-save', scope, at);
    expect(end.error).toBeUndefined();
    return end.output as Record<string, Record<string, unknown>>;
  };
  const saving = { rotation: 5, writes: 1, looks: 1, failedLooks: 0, last: 'look' };
  const found = (token: unknown) => ({ ok: true, hasToken: token !== null, token });

  test.each<[string, Record<string, unknown>, string]>([
    ['a rotation, the store seen just now', {}, 'write'],
    ['a rotation, the store seen 5 s ago', { lookedAt: at - 5000 }, 'write'],
    ['a rotation, the store seen longer ago', { lookedAt: at - 5001 }, 'look'],
    ['a rotation, on a clock that was set back', { lookedAt: at + 1 }, 'look'],
    ['client credentials that are not proven', { asked: 'client' }, 'look'],
    [
      'client credentials that are proven',
      { asked: 'client', base: { ...base, client_credentials_proven: NOW } },
      'write',
    ],
    [
      'client credentials after a refusal',
      {
        asked: 'client',
        base: { ...base, client_credentials_proven: NOW },
        grants: { refresh: { refused: 1 } },
      },
      'look',
    ],
    ['what was learnt', { asked: 'company' }, 'look'],
  ])('begins, after %s, with a %s', async (_name, work, way) => {
    expect((await plan({}, work)).go).toEqual({ [way]: true });
  });

  const newer = { ...fresh, access_token: 'n', refresh_token: 'n-r', rotation: 6 };
  test.each<[string, object, string, string]>([
    ['our own record', fresh, 'refresh', 'done'],
    ['the record before', base, 'refresh', 'write'],
    ['a newer one', newer, 'refresh', 'done'],
    ['one that is as new', { ...newer, rotation: 5 }, 'refresh', 'done'],
    ['an older one', { ...newer, rotation: 4 }, 'refresh', 'write'],
    [
      'a newer one around the used token',
      { ...newer, refresh_token: 'base-r' },
      'refresh',
      'write',
    ],
    ['another connection', { ...newer, connection: 2, rotation: 1 }, 'refresh', 'done'],
    ['the connection before', { ...newer, connection: 0, rotation: 99 }, 'refresh', 'write'],
    ['anything as new, for client credentials', { ...newer, rotation: 5 }, 'client', 'done'],
    ['the record before, for client credentials', base, 'client', 'write'],
    ['another company, after an activation', { ...newer, tenant_id: '2' }, 'code', 'write'],
    ['a newer one, after an activation', newer, 'code', 'done'],
  ])('with %s there (%j), for %s: %s', async (_name, token, asked, way) => {
    const { go } = await plan({ happened: found(token), saving }, { asked });
    expect(go).toEqual({ [way]: true });
  });

  test.each([
    ['later', '2026-03-01T08:00:01.000Z', 'done'],
    ['earlier', '2026-03-01T07:59:59.000Z', 'write'],
  ])(
    'of two successors of one refresh token, that of a grace period, the later is kept: %s is there',
    async (_name, stamp, way) => {
      const twin = { ...newer, rotation: 5, refresh_token_timestamp: stamp };
      const own = { ...fresh, refresh_token_timestamp: NOW };
      const { go } = await plan({ happened: found(twin), saving }, { fresh: own });
      expect(go).toEqual({ [way]: true });
    },
  );

  test('with no record there it asks for it by its key before it writes', async () => {
    const first = await plan({ happened: found(null), saving });
    expect(first.go).toEqual({ look: true });
    expect(first.path).toBe('/_fortnox_access_token');
    const second = await plan({ happened: found(null), saving, path: '/_fortnox_access_token' });
    expect(second.go).toEqual({ write: true });
  });

  test('what it writes over is older than what it writes', async () => {
    const stored = { ...newer, refresh_token: 'base-r', rotation: 20 };
    const { write } = await plan({ happened: found(stored), saving });
    const payload = write?.payload as { value: string } | undefined;
    expect(JSON.parse(payload?.value ?? 'null')).toMatchObject({
      access_token: 'fresh',
      rotation: 21,
    });
  });

  test.each([
    ['after 40.4 s', { startedAt: at - 40_401 }, saving],
    ['after 16 writes', {}, { ...saving, writes: 16 }],
    ['after 20 looks', {}, { ...saving, looks: 20 }],
  ])('%s nothing is written any more, and it counts as not kept', async (_name, work, state) => {
    const end = await plan({ happened: found(base), saving: state }, work);
    expect(end.go).toEqual({ done: true });
    expect(end.failure).toMatchObject({ kind: 'not-kept' });
    expect(JSON.stringify(end.work)).toBe('{}');
  });

  test('a run that the Hub took up after an hour still writes what Fortnox gave it', async () => {
    const stopped = { ...saving, startedAt: at - 3_600_000, at: at - 3_590_000, planned: 6000 };
    const { go, saving: after } = await plan({ happened: found(base), saving: stopped });
    expect(go).toEqual({ write: true });
    expect(after).toMatchObject({ startedAt: at - 16_000, at });
  });

  test.each([
    ['a write', {}, 6],
    [
      'a look after two seconds',
      { happened: {}, saving: { ...saving, writes: 3, last: 'write' } },
      8,
    ],
  ])(
    'of a Hub that is stopped for an hour during %s, %j, %i seconds count',
    async (_name, output, seconds) => {
      const begun = await plan(output);
      const hour = at + 3_600_000;
      const known = { fresh, base, asked: 'refresh', startedAt: at, lookedAt: at, grants: {} };
      const variables = { content: { input: { work: known } } };
      const scope = { output: { ...begun, happened: found(base) }, variables };
      const { output: after } = await runSource(source, 'plan-save', scope, hour);
      expect(after.saving).toMatchObject({ startedAt: hour - seconds * 1000, at: hour });
    },
  );

  test('a kept record ends it, or is looked at a while later where it is to be guarded', async () => {
    const kept = {
      happened: { statusCode: 200, isKept: true },
      saving: { ...saving, last: 'write' },
    };
    expect((await plan(kept)).go).toEqual({ done: true });
    const seen = await plan({ happened: found(fresh), saving }, { guard: true });
    expect(seen).toMatchObject({ go: { look: true }, wait: 'PT7S' });
    const guarded = await plan(structuredClone(kept), { guard: true });
    expect(guarded.go).toEqual({ look: true });
    expect(guarded.wait).toBe('PT7S');
  });
});

describe('check-consent.js', () => {
  test.each([
    ['encoded', 'code=ab%2Bcd', 'ab+cd'],
    ['with a percent sign that encodes nothing', 'code=ab%zzcd', 'ab%zzcd'],
  ])('an address with a code %s is read as far as it can be', async (_name, query, code) => {
    const activationUrl = 'https://apps.fortnox.se/oauth-v1/auth?state=s';
    const redirectURI = 'http://localhost:2022';
    const input = { code: `${redirectURI}/?${query}&state=s`, activationUrl, redirectURI };
    const { output } = await runScript('check-consent.js', { variables: { input } });
    expect(output.brought).toEqual({ code, redirectURI });
  });
});

describe('explain.js', () => {
  const explain = (failure: unknown) =>
    runScript('explain.js', { output: { failure, other: 'secret', state: { id: 'x' } } });

  test('whatever was kept is gone, but for the milestone and the status', async () => {
    const { output, error } = await explain({ kind: 'refused' });
    expect(Object.keys(output).sort()).toEqual(['state', 'status']);
    expect(error?.message).toMatch(/Activate it again.*\[refused\]$/);
    expect(output.state).toEqual({
      id: 'explain',
      name: 'Say what is wrong',
      result: { error: true, statusmessage: error?.message },
    });
  });

  test('an error name from outside is shown only where it is a plain name', async () => {
    const { error } = await explain({
      kind: 'unexpected',
      statusCode: 400,
      error: '<b>\u001b[31m',
    });
    expect(error?.message).toContain('(HTTP 400)');
    expect(error?.message).not.toContain('<b>');
  });

  test('another company is named by both tenant ids, and the way to replace it', async () => {
    const { error } = await explain({ kind: 'other-company', stored: '111111', requested: '2' });
    expect(error?.message).toMatch(/tenant 111111.*tenant 2\b.*--replace-company/);
  });

  test.each([undefined, { kind: 'constructor' }])(
    '%j is a script that is missing',
    async (given) => {
      expect((await explain(given)).error?.message).toContain('[script-missing]');
    },
  );

  const source = readFileSync(join(folder, 'explain.js'), 'utf8');
  const kinds = [...source.matchAll(/^ {2}'?([a-z-]+)'?: \(\) =>/gm)].map(([, kind]) => kind);
  test.each(kinds)('%s has a sentence that ends, and a code', async (kind) => {
    const { error } = await explain({ kind, message: 'A sentence.' });
    expect(error?.message).toMatch(/\.( \[[a-z-]+\])?$/);
  });
});

describe('copy-run-answer.js', () => {
  test.each([
    ['a token', 200, { output: { access_token: 'secret' } }, true, null],
    ['none', 200, { output: {} }, false, null],
    ['a login page', 200, '<html>', false, null],
    ['a failure', 502, { error: { message: 'Why.' } }, false, 'Why.'],
  ])(
    '%s is told apart, and nothing secret is left',
    async (_name, statusCode, body, is, message) => {
      const { result } = await runScript('copy-run-answer.js', { statusCode, body });
      expect(result).toEqual({ statusCode, isRefreshed: is, message });
    },
  );
});

describe('the scripts that lead a flow, which can share no file', () => {
  const read = (name: string) => readFileSync(join(folder, `${name}.js`), 'utf8');
  const partOf = (name: string, part: string) => {
    const source = read(name);
    const start = source.indexOf(`\nconst ${part} = `) + 1;
    expect(start, `${name}: ${part}`).toBeGreaterThan(0);
    return source.slice(start, source.indexOf('\n\n', start));
  };
  const codeOf = (text: string) => text.replace(/^\s*\/\/.*\n/gm, '');

  test.each([
    ['go', ['choose-grant', 'choose-question', 'choose-disconnect']],
    ['waitFor', ['choose-grant', 'choose-question', 'choose-disconnect']],
    ['fail', ['choose-grant', 'choose-question', 'choose-disconnect', 'check-consent']],
    ['unreadable', ['choose-grant', 'choose-question']],
    ['trimmed', ['check-consent', 'build-activation-url']],
  ])('%s is the same in each', (part, names) => {
    expect(new Set(names.map((name) => codeOf(partOf(name, part)))).size).toBe(1);
  });

  test('a function that two of them have is one of those', () => {
    const functionsOf = (name: string) =>
      [...read(name).matchAll(/^const (\w+) = \(.*=>/gm)].map(([, found = '']) => found);
    const names = ['choose-grant', 'choose-question', 'choose-disconnect'];
    const all = names.flatMap(functionsOf);
    const shared = new Set(all.filter((part, at) => all.indexOf(part) !== at));
    // Their questions and their beginnings are each script's own.
    const own = ['ask', 'askForToken', 'askForCompany', 'start'];
    expect([...shared].filter((part) => !own.includes(part)).sort()).toEqual([
      'fail',
      'go',
      'unreadable',
      'waitFor',
    ]);
  });
});
