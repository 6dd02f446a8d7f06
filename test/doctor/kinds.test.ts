import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HubModes } from '../../sandbox/hub/modes.js';
import { consent, hub } from '../support/hub.js';
import { cli, start } from '../support/run-cli.js';

// Each way in docs/hubs.md, walked by the program itself on the embedded Hub of that kind.
const page = readFileSync(join(import.meta.dirname, '../../docs/hubs.md'), 'utf8');

async function kind(modes: Partial<HubModes>) {
  const { sandbox, env } = await hub({ modes });
  const at = { ...env, ONIFY_APP_URL: sandbox.appUrl };
  const run = (...argv: string[]) => cli(argv, { env: at });
  const activate = () => cli(['activate', '--code', '-'], { env: at, stdin: consent(sandbox) });
  return { sandbox, env: at, run, activate };
}

describe('the ways of docs/hubs.md', () => {
  test('a mounted directory: doctor, install, activate', async () => {
    const { run, activate } = await kind({});
    expect((await run('doctor')).stdout).toMatch(/ok {2}Git: +No Git is configured/);
    expect((await run('install')).code).toBe(0);
    expect((await run('doctor')).stdout).toMatch('the Hub shows what it holds');
    expect((await activate()).code).toBe(0);
  });

  test('Git: install, commit and sync, install --wait, activate', async () => {
    const { sandbox, env, run, activate } = await kind({ git: 'synced' });
    expect((await run('doctor')).stdout).toMatch('The files come from Git.');
    const first = await run('install');
    expect([first.code, first.said]).toEqual([7, expect.stringMatching(/commit, let it sync/)]);
    expect(page).toContain('commit, let it sync, and run install again');
    const second = start(['install', '--wait', '30'], { env });
    await second.says(/Waiting until the Hub shows/);
    sandbox.syncResources();
    expect((await second.ended).code).toBe(0);
    expect((await activate()).code).toBe(0);
  });

  test('Git: doctor tells a checkout that is not synced', async () => {
    const { run } = await kind({ git: 'synced' });
    await run('install');
    const { code, stdout } = await run('doctor');
    expect(code).toBe(8);
    expect(stdout).toMatch('Commit, and let the Hub sync');
  });

  test('Helix alone: install, doctor tells it, activate from the command line', async () => {
    const { run, activate } = await kind({ app: 'none' });
    expect((await run('install')).code).toBe(0);
    expect((await run('doctor')).stdout).toMatch('use fortnox-blueprint activate');
    expect((await activate()).code).toBe(0);
  });
});
