import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { hub } from '../support/hub.js';
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
