import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SandboxOptions } from '../../sandbox/types.js';
import { run as runFlow } from '../flows/harness.js';
import { Settings, storedToken } from '../flows/world.js';
import { consent, hub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/first-hub.md'), 'utf8');

/** The page's table: an endpoint, who calls it, and what documents it. */
const rows = [
  ...page.matchAll(/^\| `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)` \| (.+) \| (.+) \|$/gm),
].map(([, endpoint = '', callers = '', source = '']) => ({ endpoint, callers, source }));

/** Hubs that between them leave the program and the flows no branch without a call. */
const HUBS: readonly SandboxOptions[] = [
  {},
  {
    modes: {
      putMissing: 'not-found',
      put: 'replaces',
      passwords: 'masked',
      settingsMap: 'gaps',
    },
  },
  { modes: { configExport: false, workflowsList: false, processStart: false, git: 'synced' } },
];

/** The whole life of an installation. @returns every endpoint that is called in it, by whomever */
async function callsOf(options: SandboxOptions): Promise<readonly string[]> {
  const { sandbox, env } = await hub(options);
  const run = (...argv: string[]) => cli(argv, { env: { ...env, ONIFY_APP_URL: sandbox.appUrl } });
  await run('doctor', '--try-writes');
  const token = { key: '_fortnox_access_token', value: '{}', type: 'string', tag: [] };
  sandbox.settings().post(token);
  await run('install', '--alert-email', 'someone@example.com');
  await cli(['activate', '--code', '-'], { env, stdin: consent(sandbox) });
  await run('status', '--check');
  sandbox.fortnox.revokeAll();
  await run('refresh');
  await cli(['activate', '--code', '-'], { env, stdin: consent(sandbox) });
  await run('disconnect', '--yes');
  await run('uninstall', '--yes', '--with-token');
  return sandbox.faults.calls.map(({ side, method, path }) => `${method} ${plain(side, path)}`);
}

/** The daily run waits for hours, and so runs on a simulated clock. @returns every endpoint that it calls */
async function callsOfSchedule(): Promise<readonly string[]> {
  const settings = new Settings(storedToken());
  settings.change({ _fortnox_alert_email: 'someone@example.com' });
  const message = 'The connection is lost. [refused]';
  const lost = { statusCode: 502, body: { statusCode: 502, message, error: { message } } };
  const mail = { statusCode: 200, body: {} };
  const answers = { 'run-refresh': lost, 'send-mail': mail };
  const { calls } = await runFlow('fortnox-refresh-schedule', settings.answers(answers));
  return calls.map(({ input }) => `${input.method ?? 'GET'} ${plain('hub', String(input.url))}`);
}

/** @returns a path with names in place of what differs from Hub to Hub, as the table has it */
function plain(side: string, path: string): string {
  return side === 'fortnox'
    ? `fortnox.se${path}`
    : path
        .replace(/^\/api\/v2/, '')
        .replace(/^(\/(?:my|admin)\/config\/settings)\/.+/, '$1/:key')
        .replace(/^(\/my\/workflows\/run|\/my\/processes\/start)\/.+/, '$1/:key')
        .replace(/^(\/admin\/(?:workflows|forms))\/.+/, '$1/:key')
        .replace(/^\/form\/.+/, '/form/:slug');
}

test('every endpoint that is called stands in the table of docs/first-hub.md, and no other', async () => {
  const called = new Set<string>();
  for (const options of HUBS) {
    for (const endpoint of await callsOf(options)) {
      called.add(endpoint);
    }
  }
  for (const endpoint of await callsOfSchedule()) {
    called.add(endpoint);
  }
  expect([...called].sort()).toEqual(rows.map(({ endpoint }) => endpoint).sort());
});

test('the table names the public source of each, or how either answer is handled', () => {
  for (const { endpoint, callers, source } of rows) {
    expect(callers, endpoint).toMatch(/program|flows/);
    expect(source, endpoint).toMatch(/^(\[[^\]]+\]\(https:\/\/[^)]+\)|unknown, handled: \w)/);
  }
});
