import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runScript } from './run-script.js';

const folder = join(import.meta.dirname, '../../resources/scripts/fortnox');
const flowsDir = join(import.meta.dirname, '../../flows');
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
      of: 'read-settings',
      ok: true,
      statusCode: 200,
      clientId: 'id',
      clientSecret: 'secret',
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

  test('expires_in that is no number counts as run out', async () => {
    const result = await read({ _fortnox_access_token: { access_token: 'a', expires_in: 'soon' } });
    expect(result.token).toMatchObject({ expires_in: 0 });
  });
});

describe('judge-token-answer.js', () => {
  const judge = async (happened: unknown, work: Record<string, unknown> = {}) => {
    const grants = { refresh: { refused: 0, refusedAt: 0, denied: 0, temporary: 0 } };
    const { output } = await runScript('judge-token-answer.js', {
      output: {
        happened,
        work: { asked: 'refresh', requestedAt: NOW, grants, base: null, ...work },
      },
    });
    return output as { go: Record<string, boolean>; work: Record<string, unknown> };
  };

  test.each<[string, unknown, string]>([
    ['a network error', { error: { code: 'ECONNRESET' } }, 'temporary'],
    ['nothing at all', undefined, 'temporary'],
    ['429', { statusCode: 429, body: '' }, 'temporary'],
    ['408', { statusCode: 408, body: '' }, 'temporary'],
    [
      '500 that says invalid_grant',
      { statusCode: 500, body: '{"error":"invalid_grant"}' },
      'temporary',
    ],
    [
      '200 that says invalid_grant',
      { statusCode: 200, body: '{"error":"invalid_grant"}' },
      'temporary',
    ],
    ['invalid_grant', { statusCode: 400, body: '{"error":"invalid_grant"}' }, 'refused'],
    [
      'invalid_grant, parsed already',
      { statusCode: 400, body: { error: 'invalid_grant' } },
      'refused',
    ],
    [
      'a dropped licence',
      { statusCode: 401, body: '{"error":"error_missing_license"}' },
      'licence',
    ],
    ['wrong client credentials', { statusCode: 401, body: '{"error":"invalid_client"}' }, 'client'],
    [
      'a description that speaks of the grant',
      { statusCode: 401, body: '{"error":"other","error_description":"invalid_grant"}' },
      'unexpected',
    ],
    ['403 with HTML', { statusCode: 403, body: '<html>' }, 'unexpected'],
  ])('%s is judged as it should be', async (_name, happened, kind) => {
    const { go, work } = await judge(happened);
    expect(go).toEqual({ wait: true });
    expect((work.grants as Record<string, { last: unknown }>).refresh?.last).toMatchObject({
      kind,
    });
  });

  test.each([
    ['3', 'PT3S'],
    ['3600', 'PT8S'],
    ['-1', 'PT1S'],
    ['0.0000001', 'PT1S'],
    ['1.5', 'PT2S'],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 'PT1S'],
  ])('Retry-After %s makes it wait %s', async (retryAfter, wait) => {
    expect((await judge({ statusCode: 429, body: '', retryAfter })).work.wait).toBe(wait);
  });

  test('the scope, tenant and type of the token before are kept where the answer lacks them', async () => {
    const base = {
      scope: 'old',
      tenant_id: '5',
      refresh_token: 'used',
      refresh_token_timestamp: NOW,
    };
    const { work } = await judge(
      { statusCode: 200, body: '{"access_token":"a","refresh_token":"r"}' },
      { base },
    );
    expect(work.fresh).toMatchObject({
      scope: 'old',
      tenant_id: '5',
      token_type: 'bearer',
      expires_in: 3600,
    });
  });

  test('a new activation carries nothing over from the company before', async () => {
    const base = { scope: 'old', tenant_id: '5', refresh_token: 'r0' };
    const grants = { code: { refused: 0, refusedAt: 0, denied: 0, temporary: 0 } };
    const answer = { statusCode: 200, body: '{"access_token":"opaque","refresh_token":"r"}' };
    const { work } = await judge(answer, { asked: 'code', base, grants });
    expect(work.fresh).toMatchObject({ scope: '', tenant_id: null });
  });

  test('the prepared request, with the client secret in it, is forgotten', async () => {
    const { work } = await judge(
      { statusCode: 500 },
      { request: { headers: { authorization: 'Basic x' } } },
    );
    expect(work.request).toBeUndefined();
  });
});

describe('compare-stored.js', () => {
  const fresh = { access_token: 'fresh', refresh_token: 'fresh-r', timestamp: NOW, tenant_id: '1' };
  const base = {
    access_token: 'base',
    refresh_token: 'base-r',
    timestamp: '2026-02-01T08:00:00.000Z',
  };
  const compare = async (token: unknown, asked = 'refresh', deadline = Date.now() + 1000) => {
    const happened = { ok: true, statusCode: 200, token };
    const saving = { fresh, base, asked, deadline };
    return (await runScript('compare-stored.js', { output: { happened, saving } })).output;
  };
  const later = {
    access_token: 'l',
    refresh_token: 'l-r',
    timestamp: '2026-03-01T09:00:00.000Z',
    tenant_id: '1',
  };

  test.each<[string, unknown, string, string]>([
    ['our own token', fresh, 'refresh', 'settled'],
    ['the token before', base, 'refresh', 'write'],
    ['no token', null, 'refresh', 'write'],
    ['a later token', later, 'refresh', 'settled'],
    ['an earlier token', { ...later, timestamp: '2026-03-01T07:00:00.000Z' }, 'refresh', 'write'],
    ['a token without a time', { ...later, timestamp: null }, 'refresh', 'write'],
    [
      'a later time around the used refresh token',
      { ...later, refresh_token: 'base-r' },
      'refresh',
      'write',
    ],
    ['half of ours', { ...fresh, refresh_token: 'other' }, 'refresh', 'settled'],
    ['anything new, for client credentials', { ...later, timestamp: null }, 'client', 'settled'],
    ['the token before, for client credentials', base, 'client', 'write'],
    [
      'a later token of another company, after a new activation',
      { ...later, tenant_id: '2' },
      'code',
      'write',
    ],
    ['a later token of the same company, after a new activation', later, 'code', 'settled'],
  ])('with %s there: %s → %s', async (_name, token, asked, way) => {
    expect((await compare(token, asked)).go).toEqual({ [way]: true });
  });

  test('past the deadline nothing is written any more, and the token counts as not kept', async () => {
    const output = await compare(base, 'refresh', Date.now() - 1);
    expect(output.go).toEqual({ settled: true });
    expect(output.saved).toMatchObject({ kept: false });
  });
});

describe('conclude.js', () => {
  test('whatever was kept is gone, but for the milestone and the status', async () => {
    const { output, error } = await runScript('conclude.js', {
      output: {
        work: { failure: { kind: 'refused' } },
        saved: {},
        go: {},
        other: 'secret',
        state: { id: 'x' },
      },
    });
    expect(Object.keys(output).sort()).toEqual(['state', 'status']);
    expect(error?.message).toMatch(/Activate it again/);
  });

  test('an error name from outside is shown only where it is a plain name', async () => {
    const failure = { kind: 'unexpected', statusCode: 400, error: '<b>\u001b[31m' };
    const { error } = await runScript('conclude.js', { output: { work: { failure } } });
    expect(error?.message).toContain('(HTTP 400)');
    expect(error?.message).not.toContain('<b>');
  });
});

describe('copy-run-answer.js', () => {
  test('a successful answer leaves nothing but its status', async () => {
    const body = { output: { access_token: 'secret' } };
    const { result } = await runScript('copy-run-answer.js', { statusCode: 200, body });
    expect(result).toEqual({ of: 'refresh', statusCode: 200, message: null });
  });
});
