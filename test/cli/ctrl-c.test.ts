import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createPlain } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import { folder } from '../support/folder.js';
import { connectedHub, hub, installedHub } from '../support/hub.js';
import { isWindows } from '../support/platform.js';
import { preload } from '../support/preload.js';
import { start } from '../support/run-cli.js';

// No state would end by itself, as a request may take a day (LONG), and what does not heed Ctrl-C is not ended by force here, as it would be two seconds later:
// so whatever ends has heeded it. CTRL_C_MS=1 prints how many milliseconds that took.
const ROOT = join(import.meta.dirname, '../..');
const TOKEN = 'Bearer canary-token';
const LONG = { ONIFY_TIMEOUT: '86400' };
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface State {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly program?: string;
  /** What is on stderr in this state. */
  readonly says?: RegExp;
  /** Resolves once the state is reached. */
  readonly reached?: (pid: number) => Promise<unknown>;
  readonly signal?: (typeof SIGNALS)[number];
}

/** Brings the program to a state, and sends the signal; nothing that it started may be left. */
async function stopped({ argv, says, reached, signal = 'SIGINT', env, ...given }: State) {
  const program = start(argv, { env: { ...LONG, ...preload('none'), ...env }, ...given });
  const { pid = 0 } = program.child;
  if (says) {
    await program.says(says);
  }
  await reached?.(pid);
  const children = childrenOf(pid);
  const sent = performance.now();
  program.child.kill(signal);
  const { code, stderr, stdout } = await program.ended;
  if (process.env.CTRL_C_MS) {
    process.stdout.write(
      `${argv.join(' ')} ${says ?? ''} ${Math.round(performance.now() - sent)} ms\n`,
    );
  }
  expect(stderr.match(/^Error: .*$/gm)).toEqual(['Error: Interrupted.']);
  expect(code).toBe(130);
  await expect.poll(() => children.filter(isRunning)).toEqual([]);
  return { stderr, stdout, children };
}

function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** @returns the processes that one has started, where the system shows them */
function childrenOf(pid: number): string[] {
  const all = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return all.filter((one) => statOf(one)[1] === String(pid));
}

/** One that has ended stays as a zombie where nobody asks how it ended. */
function isRunning(pid: string): boolean {
  return /^[^Z]$/.test(statOf(pid)[0] ?? '');
}

/** Something that listens on the loopback and does what it is told with each connection or request. */
async function listening(kind: 'plain' | 'half'): Promise<string> {
  const server =
    kind === 'plain'
      ? createPlain((socket) => socket.on('error', () => undefined))
      : createServer((_request, response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
          response.write('{"half":');
        });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return `127.0.0.1:${port}`;
}

const at = (address: string) => ({ ONIFY_API_URL: address, ONIFY_API_TOKEN: TOKEN });
const hang = { side: 'hub', kind: 'hang', times: 99 } as const;

describe.skipIf(isWindows).each(SIGNALS)('%s', (signal) => {
  test('while a slow Hub answers', async () => {
    const { sandbox, env } = await hub();
    sandbox.faults.order(hang);
    await stopped({ argv: ['install'], env, says: /Hub:/, signal });
  });
});

describe.skipIf(isWindows)('Ctrl-C', () => {
  test.each([
    ['install'],
    ['status'],
    ['refresh'],
    ['doctor'],
    ['uninstall', '--yes'],
    ['disconnect', '--yes'],
    ['activate', '--no-browser', '--redirect-uri', 'http://localhost:0'],
    ['validate'],
  ])('as soon as it is listened for: %s', async (...argv) => {
    const { sandbox, env } = await hub();
    sandbox.faults.order(hang);
    const given = { ...env, ...preload('early') };
    const isPort = argv.includes('http://localhost:0');
    const port = await freePort();
    const words = isPort ? [...argv.slice(0, -1), `http://localhost:${port}`] : argv;
    const { stderr } = await stopped({ argv: words, env: given, says: /Listening for signals/ });
    expect(stderr).not.toMatch(/bug/);
  });

  test('while a Hub sends half an answer', async () => {
    const env = at(`http://${await listening('half')}`);
    await stopped({ argv: ['status'], env, reached: () => delay(700), says: /Hub:/ });
  });

  test('while it waits to try again', async () => {
    const { sandbox, env } = await hub();
    const answer = { side: 'hub', kind: 'answer', status: 503, body: '{}', times: 99 } as const;
    sandbox.faults.order({ ...answer, headers: { 'retry-after': '50' } });
    await stopped({ argv: ['status'], env, says: /Trying again in 50 s/ });
  });

  test('while TLS is not answered', async () => {
    const env = at(`https://${await listening('plain')}`);
    await stopped({ argv: ['status'], env, reached: () => delay(700), says: /Hub:/ });
  });

  test('while a proxy does not answer', async () => {
    const env = {
      ...at('https://hub.example.com'),
      HTTPS_PROXY: `http://${await listening('plain')}`,
    };
    await stopped({ argv: ['status'], env, reached: () => delay(700), says: /Hub:/ });
  });

  test('while it looks what a port speaks', async () => {
    // It ends the first connection, and says nothing to the next.
    const server = createPlain((socket) => {
      socket.on('error', () => undefined);
      connections += 1;
      if (connections === 1) {
        socket.destroy();
      }
    });
    let connections = 0;
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const reached = () => expect.poll(() => connections).toBe(2);
    await stopped({ argv: ['refresh'], env: at(`http://127.0.0.1:${port}`), reached });
  });

  test('while a name is looked up', async () => {
    const env = { ...at('https://hub.example.com'), ...preload('dns') };
    await stopped({ argv: ['status'], env, says: /Looking up/ });
  });

  test('while it waits for the Hub to show the files', async () => {
    const { env } = await hub();
    const elsewhere = { ...env, ONIFY_RESOURCES_DIR: folder() };
    await stopped({
      argv: ['install', '--wait', '9999'],
      env: elsewhere,
      says: /Waiting until the Hub shows/,
    });
  });

  test.each([
    ['--token-file', 'status'],
    ['--client-secret-file', 'install'],
    ['--code', 'activate'],
  ])('while it reads %s from stdin', async (flag, command) => {
    const { env } = await hub();
    const { ONIFY_API_TOKEN, FORTNOX_APP_CLIENTSECRET: _secret, ...rest } = env;
    const given =
      flag === '--token-file' ? rest : { ...rest, ONIFY_API_TOKEN: ONIFY_API_TOKEN ?? '' };
    // Nothing is said while it reads.
    await stopped({ argv: [command, flag, '-'], env: given, reached: () => delay(1500) });
  });

  test('while it waits for Fortnox', async () => {
    const { env } = await installedHub();
    const argv = [
      'activate',
      '--no-browser',
      '--redirect-uri',
      `http://localhost:${await freePort()}`,
    ];
    await stopped({ argv, env, says: /Waiting for/ });
  });

  test.runIf(process.platform === 'linux')('while the browser starts', async () => {
    const { env } = await installedHub();
    const home = folder();
    const browser = join(home, 'browser.sh');
    // It hangs where no browser should, and is not ours to end.
    writeFileSync(browser, `#!/bin/sh\ntouch ${home}/opened; exec sleep 20\n`);
    chmodSync(browser, 0o755);
    const argv = ['activate', '--redirect-uri', `http://localhost:${await freePort()}`];
    const program = start(argv, {
      env: { ...env, ...LONG, ...preload('none'), HOME: home, BROWSER: browser },
    });
    await expect.poll(() => existsSync(join(home, 'opened'))).toBe(true);
    program.child.kill('SIGINT');
    const { code, stderr } = await program.ended;
    expect(stderr.match(/^Error: .*$/gm)).toEqual(['Error: Interrupted.']);
    expect(code).toBe(130);
  });

  test('while the Hub fetches the tokens', async () => {
    const { sandbox, env } = await installedHub();
    sandbox.faults.order({ ...hang, path: '/api/v2/my/workflows/run' });
    const given = start(['activate', '--code', '-'], {
      env: { ...env, ...LONG, ...preload('none') },
    });
    given.child.stdin.end('a-code-of-today\n');
    await given.says(/fetches the tokens/);
    given.child.kill('SIGINT');
    const { code, stderr } = await given.ended;
    expect(stderr.match(/^Error: .*$/gm)).toEqual(['Error: Interrupted.']);
    expect(code).toBe(130);
  });

  test.each([
    ['refresh', /Hub:/],
    ['disconnect', /revokes the connection/],
    ['status', /Hub:/],
    ['doctor', /Hub:/],
  ])('while a flow or an answer is waited for: %s', async (command, says) => {
    const { sandbox, env } = await connectedHub();
    sandbox.faults.order(hang);
    const argv = command === 'disconnect' ? [command, '--yes'] : [command];
    await stopped({ argv, env, says });
  });

  test('while a blueprint of our own is read in this process, however many files it has', async () => {
    const root = folder();
    for (const name of ['dist', 'package.json', 'config.json', 'forms', 'resources', 'flows']) {
      cpSync(join(ROOT, name), join(root, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    const flow = readFileSync(join(ROOT, 'flows/fortnox-refresh-access-token.bpmn'), 'utf8');
    for (let nth = 0; nth < 300; nth += 1) {
      writeFileSync(join(root, `flows/copy-${nth}.bpmn`), flow);
    }
    const program = join(root, 'dist/cli.js');
    await stopped({
      argv: ['validate', root],
      program,
      says: /Checking/,
      reached: () => delay(500),
    });
  });

  test('while another process reads a blueprint, which is in no group with the program', async () => {
    const root = folder();
    mkdirSync(join(root, 'forms'));
    writeFileSync(join(root, 'forms/x.pug'), `p(a=${'('.repeat(200_000)}`);
    const argv = ['validate', root, '--max-seconds', '86400'];
    // A terminal sends Ctrl-C to every process of its group: the child would be gone before the program knows why.
    const groupOf = (pid: string) => statOf(pid)[2];
    const reached = async (pid: number) => {
      await expect.poll(() => childrenOf(pid).length).toBe(1);
      const [child = ''] = childrenOf(pid);
      await expect.poll(() => groupOf(child)).toBe(child);
      expect(groupOf(String(pid))).not.toBe(child);
    };
    await stopped({ argv, says: /Checking/, ...(process.platform === 'linux' && { reached }) });
  });

  test('while files are written to a slow disk leaves the rest of them alone', async () => {
    const { env } = await hub();
    const { stderr } = await stopped({
      argv: ['install'],
      env: { ...env, ...preload('disk') },
      says: /Writing \d+ files/,
    });
    expect(stderr).toMatch(/\b[3-9] done, 0 failed, (1[6-9]|2\d) still to do/);
  });
});
