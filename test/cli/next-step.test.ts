import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import { commandAfter } from '../../src/commands/again.js';
import { hub, installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';
import { said } from '../support/said.js';

/** What the last line of a run says to do next. */
const nextOf = (stdout: string) => /Next: (.+?) (?:makes|removes) /.exec(said(stdout))?.[1];

test.each<[readonly string[], string]>([
  [['--force'], 'fortnox-blueprint install --force'],
  [['--alert-email', 'it@example.com'], 'fortnox-blueprint install --alert-email it@example.com'],
  [
    ['--diff', '--exit-code', '--skip', 'settings', '--force', '--skip', 'config'],
    'fortnox-blueprint install --skip settings --skip config --force',
  ],
])('install %j --dry-run names the run that does what it has shown', async (options, command) => {
  const { env } = await installedHub();
  const { stdout } = await cli(['install', ...options, '--dry-run'], { env });
  expect(nextOf(stdout)).toBe(command);
  const { stdout: json } = await cli(['install', ...options, '--dry-run', '--json'], { env });
  expect(JSON.parse(json).next).toEqual([command]);
});

test('the run that install names does what the dry run has shown', async () => {
  const { sandbox, env } = await installedHub();
  const address = 'it@example.com';
  const dry = await cli(['install', '--alert-email', address, '--dry-run'], { env });
  const [, ...words] = (nextOf(dry.stdout) ?? '').split(' ');
  expect((await cli(words, { env })).code).toBe(0);
  expect(sandbox.settings().get('_fortnox_alert_email')?.value).toBe(address);
});

test('uninstall --with-token --dry-run names the run that takes the token too', async () => {
  const { sandbox, env } = await installedHub();
  const dry = await cli(['uninstall', '--dry-run', '--with-token'], { env });
  expect(nextOf(dry.stdout)).toBe('fortnox-blueprint uninstall --with-token');
  const [, ...words] = (nextOf(dry.stdout) ?? '').split(' ');
  expect((await cli([...words, '--yes'], { env })).code).toBe(0);
  expect(sandbox.settings().get('_fortnox_access_token')).toBeUndefined();
});

test.each<[string, Parameters<typeof commandAfter>[1]['options'], string]>([
  ['a space', { resourcesDir: '/srv/our files' }, "install --resources-dir '/srv/our files'"],
  ['a quote', { resourcesDir: "/srv/it's" }, "install --resources-dir '/srv/it'\\''s'"],
  ['nothing', { dotenv: '' }, "install --dotenv ''"],
  ['no', { browser: false, verbose: true, dryRun: true }, 'install --no-browser'],
])('a value with %s is quoted as a shell needs it', (_name, options, command) => {
  expect(commandAfter('install', { arguments: [], options })).toBe(`fortnox-blueprint ${command}`);
});

test('an option that the next run needs is added once', () => {
  const extra = '--allow-downgrade';
  const plain = { arguments: [], options: {} };
  const asked = { arguments: [], options: { allowDowngrade: true } };
  const expected = 'fortnox-blueprint install --allow-downgrade';
  expect([plain, asked].map((input) => commandAfter('install', input, extra))).toEqual([
    expected,
    expected,
  ]);
});

test('uninstall without a resources directory says that all files stay, by name', async () => {
  const { env } = await installedHub();
  const { ONIFY_RESOURCES_DIR: _, ...rest } = env;
  const { stdout } = await cli(['uninstall', '--yes'], { env: rest });
  expect(said(stdout)).toContain('all files (no resources directory was given;');
});

test.each([true, false])(
  'after an uninstall, status and the plan of install say the same (forms shown: %s)',
  async (configExport) => {
    const { env } = await installedHub({ modes: { configExport } });
    await cli(['uninstall', '--yes'], { env });
    const document = async (argv: string[]) => JSON.parse((await cli(argv, { env })).stdout);
    const { blueprint } = await document(['status', '--json']);
    const { changes } = await document(['install', '--dry-run', '--json']);
    const byId = (list: { id: string; action: string }[]) =>
      Object.fromEntries(list.map(({ id, action }) => [id, action]));
    expect(byId(blueprint.changes)).toEqual(byId(changes));
    expect(byId(changes)).toMatchObject({ 'fortnox-activate': 'create' });
  },
);

test.each<[string, RegExp, RegExp | undefined]>([
  [
    '/some/path',
    /!! API: There is no Hub API at \S+\/some\/path\/api\/v2/,
    /the path \/some\/path/,
  ],
  ['', /!! API: There is no Hub API at http/, /check the port in --api-url/],
])(
  'doctor at a port that is not a Hub, asked at %j, says what to check',
  async (path, what, todo) => {
    const port = await freePort();
    const server = createServer((_request, response) => {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"no"}');
    });
    await new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve);
    });
    const env = {
      ONIFY_API_URL: `http://127.0.0.1:${port}${path}`,
      ONIFY_API_TOKEN: 'Bearer token',
    };
    const { code, stdout } = await cli(['doctor'], { env });
    server.close();
    expect(code).toBe(8);
    expect(said(stdout)).toMatch(what);
    expect(said(stdout)).toMatch(todo ?? what);
    expect(stdout).not.toMatch(/web app/);
  },
);

test('a dry run on a Hub with nothing to change names no next step', async () => {
  const { env } = await installedHub();
  const { stdout } = await cli(['install', '--dry-run'], { env });
  expect(stdout).not.toContain('Next:');
});

test('a dry run on an empty Hub names the plain command', async () => {
  const { env } = await hub();
  expect(nextOf((await cli(['install', '--dry-run'], { env })).stdout)).toBe(
    'fortnox-blueprint install',
  );
});
