import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { isWindows } from '../support/platform.js';
import { type Running, start as startCli } from '../support/run-cli.js';
import { begin, visit } from './fake-browser.js';
import { decide, startWorld, urlIn, type World } from './world.js';

let world: World;
let home: string;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.store({});
  home = folder();
});
afterAll(() => world.stop());

/** The program, running; its stdin stays open until a test closes it. */
function start(argv: readonly string[], env: Record<string, string> = {}): Running {
  const { apiUrl: ONIFY_API_URL, token: ONIFY_API_TOKEN } = world.sandbox;
  return startCli(argv, { cwd: home, env: { HOME: home, ONIFY_API_URL, ONIFY_API_TOKEN, ...env } });
}

describe('the program', () => {
  test('ends by itself after an approval, with stdin still open', async () => {
    const program = start(['activate', '--no-browser', '--redirect-uri', world.redirectUri]);
    await visit(await decide(urlIn(await program.says(/Waiting for/))));

    expect((await program.ended).code).toBe(0);
    expect(program.printed.stdout).toMatch(/^Fortnox is connected\.\n/);
  });

  test.skipIf(isWindows)('ends at once at Ctrl-C', async () => {
    const program = start([
      'activate',
      '--no-browser',
      '--json',
      '--redirect-uri',
      world.redirectUri,
    ]);
    await program.says(/Waiting for/);
    program.child.kill('SIGINT');

    expect((await program.ended).code).toBe(130);
    // What does not heed it is ended by force, and then says nothing.
    expect(JSON.parse(program.printed.stdout)).toMatchObject({
      ok: false,
      error: { code: 'interrupted' },
    });
  });

  test('prints nothing secret, whatever is asked for', async () => {
    const code = world.sandbox.fortnox.approve('JBL1UVnvfo4y', world.redirectUri, 'customer', true);
    const printed: string[] = [];
    const secrets = [world.clientSecret, world.sandbox.token, world.sandbox.token.slice(7), code];
    const runs = [
      ['activate', '--code', '-', '--redirect-uri', world.redirectUri, '--verbose', '--json'],
      ['refresh', '--verbose', '--json'],
      ['refresh', '--verbose'],
      // The code was used before, so that the flow fails with it.
      ['activate', '--code', '-', '--redirect-uri', world.redirectUri, '--verbose'],
    ];
    for (const args of runs) {
      const program = start(args);
      program.child.stdin.end(`${code}\n`);
      await program.ended;
      printed.push(program.printed.stdout, program.printed.stderr);
      const { access_token, refresh_token } = world.stored();
      secrets.push(String(access_token), String(refresh_token));
    }

    const all = printed.join('\n');
    expect(all).toContain('"ok":true');
    expect(all).toContain('/my/workflows/run/fortnox-generate-access-token');
    expect(all).toContain('Fortnox does not accept the code');
    // Client credentials leave the refresh token as it is, so some runs end with the one of the run before.
    expect(new Set(secrets).size).toBe(8);
    for (const secret of secrets) {
      expect(all).not.toContain(secret);
      expect(all).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
    }
  });
});

describe.runIf(process.platform === 'linux')('the default browser', () => {
  test('is opened with an address that leads on to Fortnox, and without our secrets', async () => {
    const opened = join(home, 'opened');
    const browser = join(home, 'browser.sh');
    writeFileSync(
      browser,
      `#!/bin/sh\nenv > ${opened}.env; printf %s "$1" > ${opened}.new && mv ${opened}.new ${opened}\n`,
    );
    chmodSync(browser, 0o755);
    const program = start(['activate', '--redirect-uri', world.redirectUri], {
      BROWSER: browser,
      FORTNOX_APP_CLIENTSECRET: 'canary-secret',
    });
    const said = await program.says(/Waiting for/);

    expect(program.printed.stderr).toContain('Fortnox opens in the browser.');
    expect(existsSync(opened)).toBe(true);
    const address = readFileSync(opened, 'utf8');
    expect(said).toContain(`\n${address}\n`);
    expect(address).not.toContain('state=');
    const env = readFileSync(`${opened}.env`, 'utf8');
    expect(env).toContain('ONIFY_API_URL');
    expect(env).not.toMatch(/canary|ONIFY_API_TOKEN|FORTNOX_APP_CLIENTSECRET/);
    expect(env).not.toContain(world.sandbox.token);
    const { url, headers } = await begin(address);
    await visit(await decide(url), { headers });
    expect((await program.ended).code).toBe(0);
  });

  test('that does not start is made up for by the printed address', async () => {
    const program = start(['activate', '--redirect-uri', world.redirectUri], {
      BROWSER: '/bin/false',
      PATH: '/bin:/usr/bin',
    });
    const said = await program.says(/Waiting for/);

    expect(said).toContain('Open this address in a browser:');
    expect(said).toContain('Then paste the address');
    program.child.stdin.write(`${await decide(urlIn(said))}\n`);
    expect((await program.ended).code).toBe(0);
  });
});
