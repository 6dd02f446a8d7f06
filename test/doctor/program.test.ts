import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import { folder } from '../support/folder.js';
import { connectedHub, hub, installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

test('what was learnt is written to a file: no address, no token, no value of a setting', async () => {
  const { sandbox, env } = await hub();
  const value = 'canary-value';
  sandbox.settings().post({ key: '_fortnox_app_clientsecret', value, tag: ['fortnox'] });
  const cwd = folder();
  const { code } = await cli(['doctor', '--try-writes', '--profile', 'hub.json'], { env, cwd });
  const text = readFileSync(join(cwd, 'hub.json'), 'utf8');
  expect(code).toBe(0);
  expect(JSON.parse(text)).toMatchObject({ format: 1, settings: { put: 'creates' } });
  for (const secret of ['127.0.0.1', 'Bearer', value, sandbox.resourcesDir]) {
    expect(text).not.toContain(secret);
  }
});

test('the document holds the checks, the profile and the number of requests', async () => {
  const { sandbox, env } = await hub();
  const { stdout } = await cli(['doctor', '--try-writes', '--json'], { env });
  const { checks, profile, requests } = JSON.parse(stdout);
  expect(checks).toHaveLength(16);
  expect(profile.format).toBe(1);
  expect(requests).toBe(sandbox.faults.calls.length);
});

test('a profile that cannot be written is exit code 2', async () => {
  const { env } = await hub();
  const { code, said } = await cli(['doctor', '--profile', 'nowhere/hub.json'], { env });
  expect(code).toBe(2);
  expect(said).toMatch('folder that you may write to');
});

test('what stands in the way is exit code 8, and no file is written that says nothing', async () => {
  const { env } = await hub();
  const cwd = folder();
  const wrong = { ...env, ONIFY_API_TOKEN: 'Bearer wrong-token' };
  const { code, stdout } = await cli(['doctor', '--profile', 'hub.json'], { env: wrong, cwd });
  expect(code).toBe(8);
  expect(stdout).toMatch('!!  Token:');
  expect(existsSync(join(cwd, 'hub.json'))).toBe(false);
});

test.each([
  ['that is empty', 'install', hub],
  ['that it is installed in', 'activate', installedHub],
  ['that is connected', 'status', connectedHub],
])('the next step on a Hub %s is %s', async (_name, command, start) => {
  const { env } = await start();
  const { code, stdout } = await cli(['doctor'], { env });
  expect(stdout).toContain(`Nothing stands in the way.\nNext: fortnox-blueprint ${command}\n`);
  expect(code).toBe(0);
});

test('an address that goes too far is told with the one to write', async () => {
  const { sandbox, env } = await hub();
  const wrong = { ...env, ONIFY_API_URL: `${sandbox.apiUrl.replace('/api/v2', '')}/docs/api/v2` };
  const { code, stdout } = await cli(['doctor', '--json'], { env: wrong });
  const { checks } = JSON.parse(stdout);
  expect(code).toBe(8);
  expect(checks.find(({ id }: { id: string }) => id === 'api')).toMatchObject({
    state: 'attention',
    hint: `The API answers at ${sandbox.apiUrl}: give that address in --api-url.`,
  });
});

test('a Hub that is out of reach is what stands in the way: exit code 8, not 5', async () => {
  const env = {
    ONIFY_API_URL: `http://127.0.0.1:${await freePort()}`,
    ONIFY_API_TOKEN: 'Bearer token',
  };
  const { code, stdout } = await cli(['doctor', '--json'], { env });
  expect(code).toBe(8);
  expect(JSON.parse(stdout)).not.toHaveProperty('error');
});
