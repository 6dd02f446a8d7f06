import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import { REGISTERED, type Sandbox } from '../../sandbox/sandbox.js';
import { commands } from '../../src/commands/index.js';
import { folder } from '../support/folder.js';
import { connectedHub, consent, hub, installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

// What a person sees, as files beside this one. After a change that is meant: vitest run test/screens -u
const WIDTHS = [80, 40];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Given {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly stdin?: string;
}

/** Runs the program in a terminal of some columns. @returns what a person sees of it, with how it ended */
async function screen(columns: number, argv: readonly string[], given: Given = {}) {
  const env = { ...given.env, COLUMNS: String(columns) };
  const { stdout, stderr, code } = await cli(argv, { ...given, env });
  const shown = stderr + stdout;
  for (const line of shown.split('\n')) {
    // A word that is longer than a line, such as an address, stands on one by itself; GitHub wants a finding whole.
    if (line.length > columns && !line.startsWith('::')) {
      expect(line.trim()).not.toContain(' ');
    }
  }
  return `${['$ fortnox-blueprint', ...argv].join(' ')}\n${shown}[exit code ${code}]\n`;
}

/** Each of them in place of what differs from run to run, as long as that is. */
const settled = (text: string) =>
  text
    .replace(/(127\.0\.0\.1|localhost)(:|%3A)\d{5}/g, '$1$212345')
    .replace(/\b20\d\d-\d\d-\d\d(\s+)\d\d:\d\d\b/g, (_, space) => `2031-01-31${space}12:00`)
    .replace(/\b(59|60|61)(?=\s+minutes)/g, '60')
    .replace(/state=[\w-]+/g, 'state=random')
    .replace(/Answers in \d+ ms/g, 'Answers in 12 ms')
    .replace(/_doctor_[0-9a-f]{16}/g, '_doctor_0123456789abcdef')
    .replace(/Blueprint \d+\.\d+\.\d+/g, 'Blueprint 1.2.3');

async function compare(name: string, columns: number, screens: readonly string[]): Promise<void> {
  const file = join(import.meta.dirname, `${name}.${columns}.txt`);
  await expect(settled(screens.join('\n'))).toMatchFileSnapshot(file);
}

/** Stores a token in the Hub as the flows do, one that was issued some time ago. */
function store(sandbox: Sandbox, ago: number, more: Record<string, unknown> = {}): void {
  const { key, ...setting } = { ...sandbox.settings().get('_fortnox_access_token') };
  const issued = new Date(Date.now() - ago).toISOString();
  const value = {
    access_token: 'opaque-access-token',
    refresh_token: 'opaque-refresh-token',
    scope: 'companyinformation customer invoice order payment supplier article bookkeeping',
    token_type: 'bearer',
    expires_in: 3600,
    timestamp: issued,
    refresh_token_timestamp: issued,
    ...more,
  };
  sandbox.settings().put(String(key), { ...setting, value: JSON.stringify(value) });
}

describe.each(WIDTHS)('at %d columns', (columns) => {
  const show = (argv: readonly string[], given?: Given) => screen(columns, argv, given);

  test('the help', async () => {
    const all = [['--help'], ...commands.map(({ name }) => [name, '--help'])];
    const screens = await Promise.all([...all, [], ['instal']].map((argv) => show(argv)));
    await compare('help', columns, screens);
  });

  test('install: a dry run, the first, again, after an edit, without options', async () => {
    const { sandbox, env } = await hub();
    const screens = [
      await show(['install', '--dry-run'], { env }),
      await show(['install'], { env }),
      await show(['install'], { env }),
    ];
    writeFileSync(join(sandbox.resourcesDir, 'forms/fortnox-activate.pug'), 'p edited');
    screens.push(
      await show(['install', '--dry-run', '--exit-code'], { env }),
      await show(['install'], { env }),
      await show(['install']),
    );
    await compare('install', columns, screens);
  });

  test('install: stopped part-way', async () => {
    const { sandbox, env } = await hub();
    const body = '{"message":"workflow is not valid"}';
    sandbox.faults.order({
      side: 'hub',
      path: '/api/v2/setup',
      kind: 'answer',
      status: 400,
      body,
      times: 9,
    });
    await compare('install-part-way', columns, [await show(['install'], { env })]);
  });

  test('status: each state of the installation', async () => {
    const { sandbox, env } = await installedHub();
    const empty = await hub();
    const screens = [await show(['status'], { env: empty.env }), await show(['status'], { env })];
    store(sandbox, 0, { tenant_id: '1234567' });
    writeFileSync(join(sandbox.resourcesDir, 'forms/fortnox-activate.pug'), 'p edited');
    await compare('status', columns, [...screens, await show(['status'], { env })]);
  });

  test('status: each state of the connection', async () => {
    const { sandbox, env } = await installedHub();
    const states: readonly [number, Record<string, unknown>][] = [
      [0, {}],
      [HOUR * 5, { tenant_id: '1234567' }],
      [DAY * 27, {}],
      [0, { refresh_token: null }],
      [DAY * 40, {}],
    ];
    const screens: string[] = [];
    for (const [ago, more] of states) {
      store(sandbox, ago, more);
      screens.push(await show(['status'], { env }));
    }
    const linked = { ...env, ONIFY_APP_URL: 'https://onify.example.com' };
    screens.push(await show(['status'], { env: linked }));
    await compare('status-connection', columns, screens);
  });

  test('validate: nothing wrong, something wrong, for GitHub, no blueprint', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'broken'));
    writeFileSync(
      join(cwd, 'broken/config.json'),
      '{"workflow":[{"key":"a","bpmnresource":"/flows/a.bpmn","role":["admin"]}]}',
    );
    await compare('validate', columns, [
      await show(['validate']),
      await show(['validate', 'broken'], { cwd }),
      await show(['validate', 'broken', '--format', 'github'], { cwd }),
      await show(['validate', '/nowhere']),
    ]);
  });

  test('validate: a baseline is written, counts, and is left behind; comments', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'scripts'));
    const write = (text: string) => writeFileSync(join(cwd, 'scripts/x.js'), text);
    const asks = "content.url = 'http://files.example.com/';\n";
    const screens: string[] = [];
    const shown = async (...argv: string[]) => {
      screens.push(await show(['validate', '.', ...argv], { cwd }));
    };
    write(`${asks}next();\n`);
    await shown('--write-baseline');
    await shown('--strict');
    write('// onify-ignore script-console: the operators read it\nconsole.log(1);\nnext();\n');
    await shown();
    screens.push(await show(['validate', '.'], { cwd, env: { CI: 'true' } }));
    await shown('--baseline', 'old.json');
    await compare('validate-adopt', columns, screens);
  });

  test('activate: in a browser elsewhere, with a code, refused; then refresh', async () => {
    const { sandbox, env } = await installedHub();
    const redirectUri = `http://localhost:${await freePort()}`;
    const code = sandbox.fortnox.approve(REGISTERED.id, redirectUri, 'customer invoice', true);
    const pasted = ['activate', '--no-browser', '--scopes', 'customer invoice salary'];
    await compare('activate', columns, [
      await show([...pasted, '--redirect-uri', redirectUri], { env, stdin: `${code}\n` }),
      await show(['activate', '--code', '-'], { env, stdin: consent(sandbox) }),
      await show(['refresh'], { env }),
      await show(['activate', '--code', '-'], { env, stdin: 'a-code-of-yesterday' }),
      await show(['activate', '--scopes', 'custmer', '--code', 'a-code'], { env }),
    ]);
  });

  test('doctor: a healthy Hub, one before anything, one with what stands in the way', async () => {
    const { sandbox, env } = await installedHub();
    const healthy = { ...env, ONIFY_APP_URL: sandbox.appUrl };
    await fetch(`${sandbox.apiUrl}/my/processes/start/fortnox-refresh-schedule`, {
      method: 'POST',
      headers: { authorization: sandbox.token },
    });
    const old = { modes: { settingRecord: false, processesList: false } as const };
    const broken = await hub({ ...old, apiVersion: '2.13.0' });
    const at = { ...broken.env, ONIFY_RESOURCES_DIR: sandbox.resourcesDir };
    await compare('doctor', columns, [
      await show(['doctor', '--try-writes'], { env: healthy }),
      await show(['doctor', '--profile', 'hub.json'], { env: (await hub()).env }),
      await show(['doctor', '--try-writes'], { env: at }),
      await show(['doctor'], { env: { ...env, ONIFY_API_TOKEN: sandbox.userToken } }),
      await show(['doctor'], { env: { ...env, ONIFY_API_URL: sandbox.appUrl } }),
    ]);
  });

  test('a failure with what is wrong and what to do', async () => {
    const { env } = await connectedHub();
    // Node reads it before the program does, and ends it where there is no such file.
    const cwd = folder();
    writeFileSync(join(cwd, 'prod.env'), '');
    await compare('failures', columns, [
      await show(['status']),
      await show(['status'], { env: { ...env, ONIFY_API_TOKEN: 'Bearer wrong-token' } }),
      await show(['install', '--skip', 'flows'], { env }),
      await show(['status', '--env-file', 'prod.env'], { cwd }),
      await show(['status', '--timeout', 'soon'], { env }),
    ]);
  });
});
