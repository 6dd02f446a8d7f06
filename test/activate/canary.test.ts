import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REGISTERED } from '../../sandbox/sandbox.js';
import { commands } from '../../src/commands/index.js';
import { folder } from '../support/folder.js';
import { ProcessWatch, type Seen } from '../support/processes.js';
import { start } from '../support/run-cli.js';
import { begin, visit } from './fake-browser.js';
import { decide, startWorld, type World } from './world.js';

const FLOW = join(import.meta.dirname, '../../flows/fortnox-disconnect.bpmn');

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

/** Every form in which a secret could be seen. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
  ];
}

/** All files below a folder, with their content; names count as well. */
function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => {
    const file = join(dir, name);
    return `${name}\n${statSync(file).isFile() ? readFileSync(file, 'latin1') : ''}`;
  });
}

// /proc is where processes can be seen as `ps` sees them.
describe.runIf(process.platform === 'linux')('a life with a Hub, all of it verbose', () => {
  test('shows no secret on a stream, in a file, in the process list or to a child', async () => {
    const home = folder();
    const own = (name: string) => {
      mkdirSync(join(home, name));
      return join(home, name);
    };
    const [cwd, temporary, given] = [own('cwd'), own('tmp'), folder()];
    const opened = join(home, 'opened');
    const browser = join(home, 'browser.sh');
    // It stays long enough to be seen in the process list.
    writeFileSync(
      browser,
      `#!/bin/sh\nsleep 1; printf %s "$1" > ${opened}.new; mv ${opened}.new ${opened}\n`,
    );
    chmodSync(browser, 0o755);
    // Of somebody else, so that it is read by a process of its own, which stays long enough to be seen.
    const blueprint = folder();
    mkdirSync(join(blueprint, 'flows'));
    for (let nth = 0; nth < 40; nth += 1) {
      copyFileSync(FLOW, join(blueprint, `flows/flow-${nth}.bpmn`));
    }
    const secretFile = join(given, 'secret.txt');
    writeFileSync(secretFile, world.clientSecret, { mode: 0o600 });

    const { apiUrl, token, resourcesDir } = world.sandbox;
    const secrets = new Set([world.clientSecret, token, token.slice('Bearer '.length)]);
    const env = {
      HOME: home,
      TMPDIR: temporary,
      BROWSER: browser,
      ONIFY_API_URL: apiUrl,
      ONIFY_API_TOKEN: token,
      ONIFY_RESOURCES_DIR: resourcesDir,
      FORTNOX_APP_CLIENTSECRET: world.clientSecret,
    };
    const streams: string[] = [];
    const watched: Seen[] = [];
    const note = () => {
      // The last command takes the setting away.
      const hasToken = world.sandbox.settings().get('_fortnox_access_token');
      const { access_token, refresh_token } = hasToken ? world.stored() : {};
      for (const secret of [access_token, refresh_token]) {
        if (typeof secret === 'string') {
          secrets.add(secret);
        }
      }
    };
    const ran = new Set<string>();
    const run = async (
      argv: string[],
      meanwhile: () => Promise<void> = async () => undefined,
      stdin = '',
    ) => {
      ran.add(argv[0] ?? '');
      const program = start([...argv, '--verbose'], { env, cwd });
      const watch = new ProcessWatch(program.child.pid ?? 0);
      program.child.stdin.end(stdin);
      await meanwhile();
      const { code } = await program.ended;
      watched.push(watch.stop());
      streams.push(program.printed.stdout, program.printed.stderr);
      note();
      return code;
    };
    const approve = async () => {
      await expect.poll(() => existsSync(opened)).toBe(true);
      const { url, headers } = await begin(readFileSync(opened, 'utf8'));
      const redirect = new URL(await decide(url));
      secrets.add(redirect.searchParams.get('code') ?? '');
      secrets.add(redirect.searchParams.get('state') ?? '');
      await visit(redirect.href, { headers });
    };

    // A code that was obtained elsewhere, and is pasted.
    const scopes = 'companyinformation';
    const code = world.sandbox.fortnox.approve(REGISTERED.id, world.redirectUri, scopes, true);
    secrets.add(code);
    const pasted = ['activate', '--code', '-', '--redirect-uri', world.redirectUri];

    const codes = [
      await run(['install', '--client-secret-file', secretFile]),
      await run(['activate', '--redirect-uri', world.redirectUri], approve),
      await run([...pasted, '--scopes', scopes], undefined, `${code}\n`),
      await run(['refresh', '--json']),
      await run(['install', '--dry-run', '--diff', '--json']),
      await run(['status', '--json']),
      await run(['status', '--check']),
      await run(['doctor', '--profile', join(cwd, 'profile.json')]),
      await run(['doctor', '--try-writes', '--json']),
      await run(['completion', 'bash']),
      await run(['validate', blueprint, '--json']),
      await run(['disconnect', '--yes']),
      await run(['uninstall', '--yes', '--with-token', '--json']),
    ];
    // A blueprint of one flow forty times is wrong, exit code 3.
    expect(codes.map((code) => [0, 3, 8].includes(code ?? -1))).toEqual(codes.map(() => true));
    expect([...ran].sort()).toEqual(commands.map(({ name }) => name).sort());
    expect(secrets.size).toBeGreaterThan(6);

    // A Hub that says again, in a failure, what the program was given. Hex is not among what the program masks.
    const message = [world.clientSecret, token]
      .flatMap((secret) => forms(secret).slice(0, 3))
      .join(' ');
    world.sandbox.faults.order({
      ...{ side: 'hub', kind: 'answer', status: 500, times: 99 },
      body: JSON.stringify({ message, error: { message } }),
    });
    const failed = [
      await run(['refresh']),
      await run(['status', '--json']),
      await run(['install']),
    ];
    expect(failed).not.toContain(0);
    expect(streams.join('\n')).toContain('****');
    world.sandbox.faults.clear();

    const seen = {
      streams: streams.join('\n'),
      files: [...filesIn(home), ...filesIn(resourcesDir)].join('\n'),
      processes: watched.flatMap(({ commandLines }) => [...commandLines]).join('\n'),
      children: watched.flatMap(({ environments }) => [...environments]).join('\n'),
    };
    // What is looked for would be seen, if it were there.
    expect(seen.processes).toContain('--client-secret-file');
    expect(seen.children).toContain(`BROWSER=${browser}`);
    expect(seen.processes).toContain('validate-child.js');
    expect(seen.files).toContain('#!/bin/sh');
    for (const [place, text] of Object.entries(seen)) {
      for (const form of [...secrets].flatMap(forms)) {
        expect(text.includes(form), `${place} show ${form}`).toBe(false);
      }
    }
  });
});
