import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REGISTERED, type Sandbox } from '../../sandbox/sandbox.js';
import { consent, hub, storedToken } from '../support/hub.js';
import { firstRelease, thisReleaseAs } from '../support/releases.js';
import { cli } from '../support/run-cli.js';

const REFRESH = 'fortnox-refresh-access-token';

const filesOf = ({ resourcesDir }: Sandbox) =>
  readdirSync(resourcesDir, { recursive: true, encoding: 'utf8' });

const record = ({ resourcesDir }: Sandbox) =>
  JSON.parse(readFileSync(join(resourcesDir, 'fortnox-blueprint.json'), 'utf8'));

const rolesOf = (sandbox: Sandbox) =>
  sandbox
    .config()
    .list('workflow')
    .map(({ role }) => role);

describe('given a Hub that version 0.1.0 is installed in and connected by', () => {
  async function old() {
    const started = await hub();
    const { sandbox, env } = started;
    const [first, next, lower] = [firstRelease(), thisReleaseAs('99.0.0'), thisReleaseAs('0.0.9')];
    const run = (program: string, ...argv: string[]) => cli(argv, { env, program });
    expect(await run(first.program, 'install')).toMatchObject({ code: 0 });
    const stdin = consent(sandbox);
    const activated = await cli(['activate', '--code', '-'], {
      env,
      program: first.program,
      stdin,
    });
    expect(activated, activated.stderr).toMatchObject({ code: 0 });
    return { ...started, first, next, lower, run };
  }

  test('the new version replaces it: files that it no longer ships go, what a person changed and the token stay', async () => {
    const { sandbox, next, run } = await old();
    const token = storedToken(sandbox);
    const shippedThen = Object.keys(record(sandbox).files);
    appendFileSync(join(sandbox.resourcesDir, `flows/${REFRESH}.bpmn`), '<!-- edited -->');
    writeFileSync(join(sandbox.resourcesDir, 'flows/of-ours.bpmn'), 'ours');
    const upgraded = await run(next.program, 'install');
    expect(upgraded, upgraded.stderr).toMatchObject({ code: 0 });
    expect(upgraded.stdout).toContain('Version in the Hub: 0.1.0; this program brings 99.0.0.');
    const { version, files } = record(sandbox);
    expect(version).toBe('99.0.0');
    const dropped = shippedThen.filter((path) => !(path in files));
    expect(dropped.filter((path) => existsSync(join(sandbox.resourcesDir, path)))).toEqual([]);
    expect(dropped).not.toEqual([]);
    expect(filesOf(sandbox)).toContain('flows/of-ours.bpmn');
    expect(filesOf(sandbox).filter((name) => name.includes('.bak-'))).toEqual([
      expect.stringContaining(`${REFRESH}.bpmn.bak-`),
    ]);
    expect(storedToken(sandbox)).toEqual(token);
  });

  test('the connection goes on: refresh and status say so, and a second install changes nothing', async () => {
    const { next, run } = await old();
    await run(next.program, 'install');
    expect(await run(next.program, 'refresh')).toMatchObject({ code: 0 });
    const status = await run(next.program, 'status');
    expect(status, status.stdout).toMatchObject({ code: 0 });
    const again = await run(next.program, 'install', '--dry-run', '--exit-code');
    expect(again, again.stdout).toMatchObject({ code: 0 });
  });

  test('an older one is put back only on purpose, and the token stays', async () => {
    const { sandbox, next, lower, run } = await old();
    await run(next.program, 'install');
    const token = storedToken(sandbox);
    const refused = await run(lower.program, 'install');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.said).toMatch('--allow-downgrade puts 0.0.9 back on purpose');
    expect(record(sandbox).version).toBe('99.0.0');
    const back = await run(lower.program, 'install', '--allow-downgrade');
    expect(back, back.stderr).toMatchObject({ code: 0 });
    expect(record(sandbox).version).toBe('0.0.9');
    expect(storedToken(sandbox)).toEqual(token);
  });

  test('0.1.0 itself goes back and forth, and the connection with it', async () => {
    const { sandbox, first, next, run } = await old();
    await run(next.program, 'install');
    const token = storedToken(sandbox);
    const back = await run(first.program, 'install');
    expect(back, back.stderr).toMatchObject({ code: 0 });
    expect(storedToken(sandbox)).toEqual(token);
    const refreshed = await run(first.program, 'refresh');
    expect(refreshed, refreshed.stderr).toMatchObject({ code: 0 });
    const forth = await run(next.program, 'install');
    expect(forth, forth.stderr).toMatchObject({ code: 0 });
    const after = await run(next.program, 'refresh');
    expect(after, after.stderr).toMatchObject({ code: 0 });
    expect(await run(next.program, 'status')).toMatchObject({ code: 0 });
  });
});

describe('given the manual blueprint, connected', () => {
  const KEYS = ['fortnox-generate-activation-url', 'fortnox-generate-access-token', REFRESH];

  /** As it was copied by hand: no tags but on the token, no types, no roles, numbers as text. */
  async function manual() {
    const started = await hub();
    const { sandbox } = started;
    const code = consent(sandbox);
    const basic = Buffer.from(`${REGISTERED.id}:${REGISTERED.secret}`).toString('base64');
    const redirect_uri = 'http://localhost:2022';
    const answer = await fetch(`${sandbox.fortnoxUrl}/oauth-v1/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri }),
    });
    const { access_token, refresh_token, scope, token_type, expires_in } = JSON.parse(
      await answer.text(),
    );
    const timestamp = new Date().toISOString();
    const tokens = { access_token, refresh_token, scope, token_type, timestamp };
    const value = JSON.stringify({ ...tokens, expires_in: String(expires_in) });
    const settings = sandbox.settings();
    settings.post({ key: '_fortnox_app_clientid', value: REGISTERED.id, type: 'string' });
    settings.post({ key: '_fortnox_app_clientsecret', value: REGISTERED.secret, type: 'password' });
    settings.post({ key: '_fortnox_access_token', value, type: 'string', tag: ['fortnox'] });
    const workflow = KEYS.map((key) => ({ key, name: key, bpmnresource: `/flows/${key}.bpmn` }));
    sandbox.config().import({ workflow });
    return { ...started, tokens };
  }

  test('it is replaced: the tokens stay and are refreshed, and the plan says who may start it no longer', async () => {
    const { sandbox, env, tokens } = await manual();
    const planned = await cli(['install', '--dry-run'], { env });
    expect(planned.stdout).toContain('every user could start it');
    const installed = await cli(['install'], { env });
    expect(installed, installed.stderr).toMatchObject({ code: 0 });
    expect(storedToken(sandbox)).toMatchObject(tokens);
    expect(new Set(rolesOf(sandbox).flat())).toEqual(new Set(['admin']));
    const refreshed = await cli(['refresh'], { env });
    expect(refreshed, refreshed.stderr).toMatchObject({ code: 0 });
    expect(await cli(['status'], { env })).toMatchObject({ code: 0 });
  });
});
