import { describe, expect, test } from 'vitest';
import { changesOf, hub, install } from './run-install.js';

const OLD_SECRET = 'canary-old-secret';
const TOKENS = { access_token: 'canary-access-token', refresh_token: 'canary-refresh-token' };

describe('given a Hub that repeats in its errors what it was sent and what it holds', () => {
  test.each(['POST', 'PUT'])(
    'nothing of it is shown when %s fails, at any verbosity',
    async (method) => {
      const sandbox = await hub();
      const secret = { name: 'x', type: 'password', tag: [], role: [], category: 'custom' };
      sandbox.settings().post({ key: '_fortnox_app_clientsecret', value: OLD_SECRET, ...secret });
      sandbox
        .settings()
        .post({ key: '_fortnox_access_token', value: JSON.stringify(TOKENS), type: 'string' });
      const forms = (text: string) => [
        text,
        encodeURIComponent(text),
        Buffer.from(`id:${text}`).toString('base64'),
      ];
      const all = [OLD_SECRET, 'canary-new-secret', ...Object.values(TOKENS), sandbox.token];
      const message = all.flatMap(forms).join(' ');
      sandbox.faults.order({
        side: 'hub',
        method,
        kind: 'answer',
        status: 422,
        body: JSON.stringify({ message }),
        times: 99,
      });
      const failed = await install(sandbox, {
        env: { FORTNOX_APP_CLIENTSECRET: 'canary-new-secret' },
        verbose: true,
      });
      const { output, stderr } = failed.context;
      output.failure(String(failed.error?.message), String(failed.error?.hint), { ...failed.json });
      expect(stderr()).toContain('****');
      expect(stderr()).not.toMatch(/canary|Y2FuYXJ5|NhbmFyeS|jYW5hcn/);
      expect(stderr()).not.toContain(sandbox.token.slice('Bearer '.length));
    },
  );
});

test('a token that a flow writes after the plan was made is not shown either', async () => {
  const sandbox = await hub();
  const stored = { type: 'string', tag: [], role: [], category: 'custom', name: 'x' };
  const store = (token: string) =>
    sandbox
      .settings()
      .put('_fortnox_access_token', { ...stored, value: JSON.stringify({ access_token: token }) });
  sandbox.settings().post({ key: '_fortnox_access_token', ...stored, value: '{}' });
  const body = JSON.stringify({ message: 'not {"access_token":"canary-newer-token"}' });
  sandbox.faults.order({ side: 'hub', method: 'PUT', kind: 'answer', status: 422, body, times: 9 });
  const failed = await install(sandbox, {
    start: ({ output }) => {
      const say = output.progress.bind(output);
      output.progress = (text) => {
        if (text.startsWith('Writing 3')) {
          store('canary-newer-token');
        }
        say(text);
      };
    },
  });
  expect(failed.exitCode).toBe(7);
  expect(failed.context.output.safe(String(failed.error?.message))).not.toContain('canary');
  expect(failed.error?.message).toContain('****');
});

describe('given a Hub that masks its passwords', () => {
  test('a secret with wrong tags must be given once more, and nothing is written before', async () => {
    const sandbox = await hub({ modes: { passwords: 'masked' } });
    sandbox.settings().post({
      key: '_fortnox_app_clientsecret',
      value: 'kept',
      type: 'password',
      tag: ['frontend'],
    });
    const env = { FORTNOX_APP_CLIENTSECRET: undefined };
    const failed = await install(sandbox, { env });
    expect(failed.error).toMatchObject({ code: 'client_secret_missing', exitCode: 2 });
    expect(sandbox.settings().get('_fortnox_app_clientsecret')?.value).toBe('kept');
    expect((await install(sandbox)).exitCode).toBe(0);
    expect(sandbox.settings().get('_fortnox_app_clientsecret')?.tag).toEqual(['fortnox']);
  });

  test('a secret that is there is kept where none is given, also on a Hub whose PUT replaces', async () => {
    const sandbox = await hub({ modes: { passwords: 'masked', put: 'replaces' } });
    await install(sandbox);
    const before = sandbox.settings().get('_fortnox_app_clientsecret');
    const again = await install(sandbox, { env: { FORTNOX_APP_CLIENTSECRET: undefined } });
    expect(again.exitCode).toBe(0);
    expect(sandbox.settings().get('_fortnox_app_clientsecret')).toEqual(before);
  });
});

describe('given a stored token', () => {
  test.each<[string, Record<string, unknown>]>([
    [
      'an object in a string, without a tag',
      { value: JSON.stringify(TOKENS), type: 'string', tag: [] },
    ],
    ['an object, without a tag', { value: JSON.stringify(TOKENS), type: 'object', tag: [] }],
    [
      'an object that all may read',
      { value: JSON.stringify(TOKENS), type: 'object', tag: ['fortnox'] },
    ],
  ])('as the manual blueprint left it: %s', async (_name, stored) => {
    const sandbox = await hub();
    sandbox.settings().post({ key: '_fortnox_access_token', ...stored });
    expect((await install(sandbox)).exitCode).toBe(0);
    const after = sandbox.settings().get('_fortnox_access_token');
    expect(after).toMatchObject({ type: 'object', tag: ['fortnox'], role: ['admin'] });
    expect(JSON.parse(String(after?.value))).toEqual(TOKENS);
  });

  test('that is none is left as it is, with a warning', async () => {
    const sandbox = await hub();
    sandbox.settings().post({ key: '_fortnox_access_token', value: 'garbage', type: 'string' });
    const installed = await install(sandbox);
    expect(installed.exitCode).toBe(0);
    expect(sandbox.settings().get('_fortnox_access_token')?.value).toBe('garbage');
    expect(installed.context.output.warnings).toEqual([expect.stringMatching(/left as it is/)]);
    expect(changesOf(installed, 'setting').at(-1)).toMatchObject({ action: 'unknown' });
  });

  test('that the Hub shows by its tag alone is not written over', async () => {
    const sandbox = await hub({ modes: { postExisting: 'overwrites' } });
    await install(sandbox);
    sandbox.settings().put('_fortnox_access_token', {
      ...sandbox.settings().get('_fortnox_access_token'),
      value: JSON.stringify(TOKENS),
    });
    const path = '/api/v2/my/config/settings/_fortnox_access_token';
    sandbox.faults.order({ side: 'hub', path, kind: 'answer', status: 404, body: '{}', times: 99 });
    await install(sandbox);
    expect(JSON.parse(String(sandbox.settings().get('_fortnox_access_token')?.value))).toEqual(
      TOKENS,
    );
  });
});
