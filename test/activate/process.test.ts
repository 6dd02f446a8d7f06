import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { said } from '../support/said.js';
import { visit } from './fake-browser.js';
import { decide, startWorld, urlIn, type World } from './world.js';

// The built program, as a user runs it. `npm test` builds it first.
const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

let world: World;
let home: string;
const children: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.store({});
  home = mkdtempSync(join(tmpdir(), 'activate-home-'));
});
afterEach(() => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
  }
  rmSync(home, { recursive: true, force: true });
});
afterAll(() => world.stop());

/** The program, running; its stdin stays open until a test closes it. */
class Program {
  stdout = '';
  stderr = '';
  readonly child: ChildProcessWithoutNullStreams;
  readonly exitCode: Promise<number | null>;

  constructor(args: readonly string[], env: Record<string, string> = {}) {
    this.child = spawn(process.execPath, [cli, ...args], {
      cwd: home,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        ONIFY_API_URL: world.sandbox.apiUrl,
        ONIFY_API_TOKEN: world.sandbox.token,
        ...env,
      },
    });
    children.push(this.child);
    this.child.stdout.on('data', (chunk) => {
      this.stdout += chunk;
    });
    this.child.stderr.on('data', (chunk) => {
      this.stderr += chunk;
    });
    this.exitCode = once(this.child, 'close').then(([code]) => code as number | null);
  }

  async says(pattern: RegExp): Promise<string> {
    for (let tries = 0; tries < 400 && !pattern.test(said(this.stderr)); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(said(this.stderr)).toMatch(pattern);
    return this.stderr;
  }
}

describe('the program', () => {
  it('ends by itself after an approval, with stdin still open', async () => {
    const program = new Program(['activate', '--no-browser', '--redirect-uri', world.redirectUri]);
    await visit(await decide(urlIn(await program.says(/Waiting for/))));

    expect(await program.exitCode).toBe(0);
    expect(program.stdout).toMatch(/^Fortnox is connected\.\n/);
  });

  it('ends at once at Ctrl-C', async () => {
    const program = new Program([
      'activate',
      '--no-browser',
      '--json',
      '--redirect-uri',
      world.redirectUri,
    ]);
    await program.says(/Waiting for/);
    const startedAt = performance.now();
    program.child.kill('SIGINT');

    expect(await program.exitCode).toBe(130);
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(JSON.parse(program.stdout)).toMatchObject({ ok: false, error: { code: 'interrupted' } });
  });

  it('prints nothing secret, whatever is asked for', async () => {
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
      const program = new Program(args);
      program.child.stdin.end(`${code}\n`);
      await program.exitCode;
      printed.push(program.stdout, program.stderr);
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
  it('is opened with the activation URL', async () => {
    const opened = join(home, 'opened');
    const browser = join(home, 'browser.sh');
    writeFileSync(
      browser,
      `#!/bin/sh\nprintf %s "$1" > ${opened}.new && mv ${opened}.new ${opened}\n`,
    );
    chmodSync(browser, 0o755);
    const program = new Program(['activate', '--redirect-uri', world.redirectUri], {
      BROWSER: browser,
    });
    const url = urlIn(await program.says(/Waiting for/));

    expect(program.stderr).toContain('Fortnox opens in the browser.');
    expect(existsSync(opened)).toBe(true);
    expect(readFileSync(opened, 'utf8')).toBe(url);
    await visit(await decide(url));
    expect(await program.exitCode).toBe(0);
  });

  it('that does not start is made up for by the printed address', async () => {
    const program = new Program(['activate', '--redirect-uri', world.redirectUri], {
      BROWSER: '/bin/false',
      PATH: '/bin:/usr/bin',
    });
    const said = await program.says(/Waiting for/);

    expect(said).toContain('Open this address in a browser:');
    expect(said).toContain('Then paste the address');
    program.child.stdin.write(`${await decide(urlIn(said))}\n`);
    expect(await program.exitCode).toBe(0);
  });
});
