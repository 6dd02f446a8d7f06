import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  REGISTERED,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/sandbox.js';

import { folder } from '../support/folder.js';
import { isWindows } from '../support/platform.js';

const MAIN = join(import.meta.dirname, '../../build/sandbox/main.js');
const BASIC = `Basic ${Buffer.from(`${REGISTERED.id}:${REGISTERED.secret}`).toString('base64')}`;
const SETTING = {
  name: 'a',
  value: 'x',
  type: 'string',
  tag: ['fortnox'],
  role: ['admin'],
  category: 'custom',
};

async function started(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

async function call(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const response = await fetch(sandbox.apiUrl + path, {
    method,
    headers: { authorization: sandbox.token, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const token = (
  sandbox: Sandbox,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  fetch(`${sandbox.fortnoxUrl}/oauth-v1/token`, {
    method: 'POST',
    headers: { authorization: BASIC, ...headers },
    body: new URLSearchParams(form),
  });

const consent = (sandbox: Sandbox) =>
  sandbox.fortnox.approve(REGISTERED.id, 'http://localhost:2022', 'customer', true);

const exchange = async (sandbox: Sandbox, code = consent(sandbox)) =>
  (await (
    await token(sandbox, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'http://localhost:2022',
    })
  ).json()) as Record<string, string>;

describe('the Hub', () => {
  test('takes only its own token', async () => {
    const sandbox = await started();
    const answer = await fetch(`${sandbox.apiUrl}/my/config/settings`, {
      headers: { authorization: 'Bearer x' },
    });
    expect(answer.status).toBe(401);
  });

  test('takes a user without the role admin, but not below /admin', async () => {
    const sandbox = await started();
    const status = async (path: string) => {
      const headers = { authorization: sandbox.userToken };
      return (await fetch(sandbox.apiUrl + path, { headers })).status;
    };
    expect(await status('/my/config/settings')).toBe(200);
    expect(await status('/admin/workflows')).toBe(403);
  });

  test('shows object settings as objects, in the map and alone', async () => {
    const sandbox = await started();
    await call(sandbox, 'POST', '/admin/config/settings', {
      ...SETTING,
      key: '_o',
      type: 'object',
      value: '{"a":1}',
    });
    expect((await call(sandbox, 'GET', '/my/config/settings?tag=fortnox')).json).toEqual({
      _o: { a: 1 },
    });
    expect((await call(sandbox, 'GET', '/my/config/settings/_o')).json).toMatchObject({
      value: { a: 1 },
      type: 'object',
    });
  });

  test.each([
    ['creates', 200],
    ['not-found', 404],
  ] as const)('where PUT on a missing key %s, it answers %i', async (putMissing, status) => {
    const sandbox = await started({ modes: { putMissing } });
    expect((await call(sandbox, 'PUT', '/admin/config/settings/_a', SETTING)).status).toBe(status);
  });

  test.each([
    ['merges', ['fortnox']],
    ['replaces', []],
  ] as const)('where PUT %s, tags that are left out become %o', async (put, tag) => {
    const sandbox = await started({ modes: { put } });
    await call(sandbox, 'POST', '/admin/config/settings', { ...SETTING, key: '_a' });
    await call(sandbox, 'PUT', '/admin/config/settings/_a', { value: 'y', type: 'string' });
    expect(sandbox.settings().get('_a')?.tag).toEqual(tag);
  });

  test.each([
    ['conflict', 409],
    ['overwrites', 200],
  ] as const)(
    'where POST on an existing key is a %s, it answers %i',
    async (postExisting, status) => {
      const sandbox = await started({ modes: { postExisting } });
      await call(sandbox, 'POST', '/admin/config/settings', { ...SETTING, key: '_a' });
      expect(
        (await call(sandbox, 'POST', '/admin/config/settings', { ...SETTING, key: '_a' })).status,
      ).toBe(status);
    },
  );

  test.each([
    ['readable', 'x'],
    ['masked', '********'],
  ] as const)('where passwords are %s, it shows %s', async (passwords, value) => {
    const sandbox = await started({ modes: { passwords } });
    await call(sandbox, 'POST', '/admin/config/settings', {
      ...SETTING,
      key: '_p',
      type: 'password',
    });
    expect((await call(sandbox, 'GET', '/my/config/settings/_p')).json.value).toBe(value);
  });

  test('imports no settings, and says so', async () => {
    const sandbox = await started();
    const answer = await call(sandbox, 'POST', '/setup/database/config/import', { setting: [] });
    expect(answer).toMatchObject({ status: 400, json: { message: '"setting" is not allowed' } });
  });

  test('keeps its settings when it dies', async () => {
    const sandbox = await started();
    await call(sandbox, 'POST', '/admin/config/settings', { ...SETTING, key: '_a' });
    sandbox.restartHub();
    expect(sandbox.settings().get('_a')?.value).toBe('x');
  });

  test('reads no file outside its resources', async () => {
    const sandbox = await started();
    const answer = await call(sandbox, 'GET', '/admin/resources/file?path=/../../../../etc/passwd');
    expect(answer.status).toBe(404);
  });

  test('answers a run that takes too long, and lets it go on', async () => {
    const sandbox = await started();
    sandbox
      .config()
      .import({ workflow: [{ key: 'nowhere', bpmnresource: '/flows/nowhere.bpmn' }] });
    expect((await call(sandbox, 'POST', '/my/workflows/run/nowhere')).status).toBe(502);
    expect((await call(sandbox, 'POST', '/my/workflows/run/unknown')).status).toBe(404);
  });
});

describe('the stand-in', () => {
  test('takes a code once', async () => {
    const sandbox = await started();
    const code = consent(sandbox);
    expect(await exchange(sandbox, code)).toMatchObject({ expires_in: 3600, token_type: 'bearer' });
    expect(await exchange(sandbox, code)).toMatchObject({ error: 'invalid_grant' });
  });

  test('takes no code after ten minutes', async () => {
    const sandbox = await started();
    const code = consent(sandbox);
    sandbox.clock.advance(601);
    expect(await exchange(sandbox, code)).toMatchObject({ error: 'invalid_grant' });
  });

  test('takes a refresh token once; of two at the same time one wins, and its token goes on working', async () => {
    const sandbox = await started();
    const { refresh_token = '' } = await exchange(sandbox);
    const form = { grant_type: 'refresh_token', refresh_token };
    const answers = await Promise.all([token(sandbox, form), token(sandbox, form)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const winner = (await answers.find(({ ok }) => ok)?.json()) as { access_token: string };
    expect(sandbox.fortnox.isAccessTokenValid(winner.access_token)).toBe(true);
  });

  test('takes no refresh token after 31 days', async () => {
    const sandbox = await started();
    const { refresh_token = '' } = await exchange(sandbox);
    sandbox.clock.advance(31 * 86_400);
    expect((await token(sandbox, { grant_type: 'refresh_token', refresh_token })).status).toBe(400);
  });

  test('labels its JSON errors as recorded', async () => {
    const sandbox = await started();
    const grant = await token(sandbox, { grant_type: 'refresh_token', refresh_token: 'x' });
    expect(grant.headers.get('content-type')).toMatch(/^text\/html/);
    const client = await token(sandbox, {}, { authorization: 'Basic eDp5' });
    expect([client.status, client.headers.get('content-type')]).toEqual([
      401,
      'text/plain; charset=UTF-8',
    ]);
  });

  test('gives client credentials a token without a refresh token, for the tenant that consented', async () => {
    const sandbox = await started();
    const form = { grant_type: 'client_credentials' };
    const headers = { TenantId: String(sandbox.fortnox.company().tenantId) };
    expect((await token(sandbox, form, headers)).status).toBe(400);
    await exchange(sandbox);
    const answer = (await (await token(sandbox, form, headers)).json()) as Record<string, unknown>;
    expect(answer.refresh_token).toBeUndefined();
    const claims = JSON.parse(
      Buffer.from(String(answer.access_token).split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(claims.tenantId).toBe(sandbox.fortnox.company().tenantId);
  });

  test('leads back with the error that was switched on, or with nothing at all', async () => {
    const sandbox = await started();
    const query = `client_id=${REGISTERED.id}&redirect_uri=http://localhost:2022&response_type=code&state=s&scope=customer`;
    const location = async () => {
      const answer = await fetch(`${sandbox.fortnoxUrl}/oauth-v1/auth?${query}`, {
        redirect: 'manual',
      });
      return answer.headers.get('location');
    };
    sandbox.authorize.answer = 'error_missing_license';
    expect(await location()).toBe('http://localhost:2022/?error=error_missing_license&state=s');
    sandbox.authorize.answer = 'nothing';
    expect(await location()).toBe('http://localhost:2022');
  });

  test('never leads back to an address that is not registered', async () => {
    const sandbox = await started();
    const query = `client_id=${REGISTERED.id}&redirect_uri=http://evil.example&response_type=code&state=s&scope=customer`;
    const answer = await fetch(`${sandbox.fortnoxUrl}/oauth-v1/auth?${query}`, {
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });
});

describe('faults', () => {
  const ping = (sandbox: Sandbox) => call(sandbox, 'GET', '/my/config/settings');
  const put = (sandbox: Sandbox) =>
    call(sandbox, 'POST', '/admin/config/settings', { ...SETTING, key: '_a' });

  test('an answer takes the place of the work, or comes after it', async () => {
    const sandbox = await started();
    sandbox.faults.order({ side: 'hub', kind: 'answer', status: 503, body: '{}' });
    expect((await put(sandbox)).status).toBe(503);
    expect(sandbox.settings().get('_a')).toBeUndefined();
    sandbox.faults.order({ side: 'hub', kind: 'answer-after', status: 502, body: '{}' });
    expect((await put(sandbox)).status).toBe(502);
    expect(sandbox.settings().get('_a')).toBeDefined();
  });

  test('a connection is cut before the work, or after it', async () => {
    const sandbox = await started();
    sandbox.faults.order({ side: 'hub', kind: 'cut-before' });
    await expect(put(sandbox)).rejects.toThrow();
    expect(sandbox.settings().get('_a')).toBeUndefined();
    sandbox.faults.order({ side: 'hub', kind: 'cut-after' });
    await expect(put(sandbox)).rejects.toThrow();
    expect(sandbox.settings().get('_a')).toBeDefined();
  });

  test('only the calls that were meant are hit, as often as was said', async () => {
    const sandbox = await started();
    sandbox.faults.order({
      side: 'hub',
      kind: 'answer',
      status: 500,
      body: '{}',
      method: 'GET',
      skip: 1,
      times: 2,
    });
    const statuses = [];
    for (let at = 0; at < 4; at += 1) {
      statuses.push((await ping(sandbox)).status);
    }
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(sandbox.faults.calls.map(({ fault }) => fault)).toEqual([
      undefined,
      'answer',
      'answer',
      undefined,
    ]);
  });

  test('a delay delays', async () => {
    const sandbox = await started();
    sandbox.faults.order({ side: 'hub', kind: 'delay', milliseconds: 150 });
    const begun = performance.now();
    await ping(sandbox);
    expect(performance.now() - begun).toBeGreaterThan(140);
  });

  test('a cut call can arrive all the same, later', async () => {
    const sandbox = await started();
    sandbox.faults.order({ side: 'hub', kind: 'cut-late', milliseconds: 100 });
    await expect(put(sandbox)).rejects.toThrow();
    expect(sandbox.settings().get('_a')).toBeUndefined();
    await expect.poll(() => sandbox.settings().get('_a')).toBeDefined();
  });

  test('an answer that is late comes when the work is done', async () => {
    const sandbox = await started();
    sandbox.faults.order({ side: 'hub', kind: 'late', milliseconds: 150 });
    const late = put(sandbox);
    await expect.poll(() => sandbox.settings().get('_a')).toBeDefined();
    expect(sandbox.faults.calls).toEqual([]);
    expect((await late).status).toBe(200);
  });

  test('a fault can be meant for one grant alone', async () => {
    const sandbox = await started();
    const { refresh_token = '' } = await exchange(sandbox);
    const grant = 'refresh_token';
    sandbox.faults.order({ side: 'fortnox', grant, kind: 'answer', status: 503 });
    const headers = { TenantId: String(sandbox.fortnox.company().tenantId) };
    expect((await token(sandbox, { grant_type: 'client_credentials' }, headers)).status).toBe(200);
    expect((await token(sandbox, { grant_type: grant, refresh_token })).status).toBe(503);
    expect((await token(sandbox, { grant_type: grant, refresh_token })).status).toBe(200);
  });

  test('another process orders them with the token', async () => {
    const sandbox = await started();
    const control = sandbox.apiUrl.replace('/api/v2', '/_sandbox/faults');
    const order = { side: 'hub', kind: 'answer', status: 418, body: '{}' };
    await fetch(control, {
      method: 'POST',
      headers: { authorization: sandbox.token },
      body: JSON.stringify(order),
    });
    expect((await ping(sandbox)).status).toBe(418);
  });
});

describe('npm run sandbox', () => {
  const start = (argv: string[]) => {
    const data = folder();
    const folders = ['--resources-dir', join(data, 'resources'), '--data-dir', join(data, 'data')];
    const child = spawn(process.execPath, [MAIN, ...folders, ...argv]);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const printed = { out: '', err: '' };
    child.stderr.on('data', (chunk) => {
      printed.err += chunk;
    });
    const line = new Promise<string>((resolve) => {
      child.stdout.on('data', (chunk) => {
        printed.out += chunk;
        if (printed.out.includes('\n')) {
          resolve(printed.out);
        }
      });
    });
    const end = new Promise<number | null>((resolve) => {
      child.on('close', resolve);
    });
    return { child, line, end, printed, data };
  };

  test.skipIf(isWindows).each(['SIGINT', 'SIGTERM'] as const)(
    '--json prints one line when it is ready, and %s ends it',
    async (signal) => {
      const { child, line, end, printed, data } = start(['--port', '0', '--json']);
      const { apiUrl, token: given, resourcesDir } = JSON.parse(await line);
      expect(existsSync(resourcesDir)).toBe(true);
      expect(resourcesDir).toBe(join(data, 'resources'));
      const answer = await fetch(`${apiUrl}/my/config/settings`, {
        headers: { authorization: given },
      });
      expect(answer.status).toBe(200);
      child.kill(signal);
      expect(await end).toBe(0);
      expect(printed.out.trim().split('\n')).toHaveLength(1);
    },
  );

  test('without --json it says how to install into it, with no secret on a command line', async () => {
    const { line, printed } = start(['--port', '0']);
    await line;
    expect(printed.out).toMatch(/export ONIFY_API_TOKEN='Bearer /);
    expect(printed.out).toMatch(/npx fortnox-blueprint install\n/);
  });

  test('a used port is named in one line', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const { end, printed } = start(['--port', String(port)]);
    expect(await end).toBe(1);
    expect(printed.err).toBe(
      `Port ${port} is in use. Choose another with --port, --app-port or --fortnox-port; 0 takes any free one.\n`,
    );
  });

  test('it refuses any address but the loopback', async () => {
    const { end, printed } = start(['--host', '0.0.0.0', '--port', '0']);
    expect(await end).toBe(1);
    expect(printed.err).toMatch(/listens on 127.0.0.1 only/);
  });
});
