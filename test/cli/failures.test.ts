import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folder } from '../support/folder.js';
import { hub } from '../support/hub.js';
import { isWindows } from '../support/platform.js';
import { cli } from '../support/run-cli.js';

const commands = ['install', 'status', 'refresh', 'activate'];

/** A server that answers every request alike. */
async function serverThat(answers: (server: Server) => Server): Promise<string> {
  const server = answers(createServer());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address on the loopback that nobody listens at. */
async function nobodyAt(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const answering =
  (status: number, headers: Record<string, string>, body: string) => (server: Server) =>
    server.on('request', (_request, response) => response.writeHead(status, headers).end(body));

const reaching = (url: string) => ({
  ONIFY_API_URL: url,
  ONIFY_API_TOKEN: 'Bearer canary-token',
  ONIFY_RESOURCES_DIR: folder(),
  FORTNOX_APP_CLIENTSECRET: 'canary-secret',
});

describe.each(commands)('%s', (command) => {
  test('without an address names the flag and the variable', async () => {
    const ended = await cli([command]);
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(/--api-url or in ONIFY_API_URL/);
  });

  test('without a token names the file option and the variable', async () => {
    const ended = await cli([command], { env: { ONIFY_API_URL: 'http://127.0.0.1:1' } });
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(/ONIFY_API_TOKEN/);
  });

  test('with a wrong token ends with exit code 4', async () => {
    const { env } = await hub();
    const ended = await cli([command, '--json'], {
      env: { ...env, ONIFY_API_TOKEN: 'Bearer wrong-token' },
      stdin: 'code',
    });
    expect(ended.code).toBe(4);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      command,
      ok: false,
      error: { code: 'hub_unauthorized', exitCode: 4 },
    });
  });

  test('with a Hub that is not there ends with exit code 5', async () => {
    const ended = await cli([command, '--code', '-'].slice(0, command === 'activate' ? 3 : 1), {
      env: reaching(await nobodyAt()),
      stdin: 'a-code',
    });
    expect(ended.code).toBe(5);
    expect(ended.said).toMatch(/Nothing answers at 127.0.0.1:/);
  });
});

describe('given a Hub that is not there', () => {
  test('status names it first, and tries one request again three times', async () => {
    const url = await nobodyAt();
    const ended = await cli(['status'], { env: reaching(url) });
    expect(ended.stderr.split('\n')[0]).toBe(`Hub: ${url}/api/v2`);
    expect(ended.stderr.match(/\((\d) of 3\)/g)).toEqual(['(1 of 3)', '(2 of 3)', '(3 of 3)']);
  });

  test.each(commands)('%s is told of a proxy that is not ready, exit code 5', async (command) => {
    const headers = { 'content-type': 'text/html', 'retry-after': '0' };
    const env = reaching(await serverThat(answering(502, headers, '<h1>502 Bad Gateway</h1>')));
    const argv = command === 'activate' ? ['--code', '-'] : [];
    const ended = await cli([command, '--json', ...argv], { env, stdin: 'a-code' });
    expect(ended.code).toBe(5);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      hub: `${env.ONIFY_API_URL}/api/v2`,
      error: { code: 'hub_not_ready' },
    });
  });
});

describe('given something else than an API', () => {
  test.each<[string, (server: Server) => Server, string]>([
    [
      'a web page',
      answering(200, { 'content-type': 'text/html' }, '<html>Onify</html>'),
      'hub_not_json',
    ],
    [
      'a redirect to a login',
      answering(302, { location: '/login?next=%2Fapi' }, ''),
      'hub_redirect',
    ],
    ['nothing', answering(200, { 'content-type': 'application/json' }, ''), 'hub_empty'],
    ['text', answering(200, { 'content-type': 'text/plain' }, 'hello'), 'hub_not_json'],
    [
      'JSON that is something else',
      answering(200, { 'content-type': 'application/json' }, '{"value":1,"type":5}'),
      'hub_unexpected',
    ],
  ])('%s is named for what it is, exit code 6', async (_name, answers, code) => {
    const env = reaching(await serverThat(answers));
    const ended = await cli(['status', '--json'], { env });
    expect(ended.code).toBe(6);
    expect(JSON.parse(ended.stdout).error.code).toBe(code);
  });

  test('a server that never answers is a time-out, exit code 5', async () => {
    const env = reaching(await serverThat((server) => server.on('request', () => undefined)));
    const ended = await cli(['status', '--timeout', '0.2'], { env });
    expect(ended.code).toBe(5);
    expect(ended.said).toMatch(/did not answer within 0.2 s/);
  });

  test("what the Hub says can't steer the terminal", async () => {
    const body = JSON.stringify({ message: 'no\u001b]0;owned\u0007\u001b[2J' });
    const env = reaching(
      await serverThat(answering(400, { 'content-type': 'application/json' }, body)),
    );
    const ended = await cli(['status'], { env });
    expect(ended.said).toContain('no');
    expect(ended.said).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});

describe('given a slip on the command line', () => {
  test('a mistyped command is named with what was meant', async () => {
    const ended = await cli(['instal']);
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(/no command "instal"[\s\S]*install\?/);
  });

  test('an option that does not exist is named without the value that came with it', async () => {
    const ended = await cli(['install', '--client-secret=canary-secret', '--json']);
    expect(ended.code).toBe(2);
    expect(ended.said).toContain('--client-secret');
    expect(ended.stdout + ended.said).not.toContain('canary');
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['an unexpanded variable', { ONIFY_API_TOKEN: '${TOKEN}' }, /not filled in/],
    ['quotes', { ONIFY_API_TOKEN: '"Bearer canary-token"' }, /stands in quotes/],
    ['a line break inside', { ONIFY_API_TOKEN: 'Bearer\ncanary-token' }, /line break/],
    [
      'a password in the address',
      { ONIFY_API_URL: 'https://user:canary-token@hub' },
      /holds a user or a password/,
    ],
    ['no address at all', { ONIFY_API_URL: 'hub.example.com' }, /begins with https/],
  ])('%s is refused, and the value not shown', async (_name, changes, sentence) => {
    const ended = await cli(['status'], { env: { ...reaching('http://127.0.0.1:9'), ...changes } });
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(sentence);
    expect(ended.stdout + ended.said).not.toContain('canary');
  });
});

describe('given a .env', () => {
  test('it is read, quietly, and the environment goes first', async () => {
    const { sandbox, env } = await hub();
    const cwd = folder();
    writeFileSync(
      join(cwd, '.env'),
      `ONIFY_API_URL=http://127.0.0.1:9\nONIFY_RESOURCES_DIR=${sandbox.resourcesDir}\n`,
    );
    const { ONIFY_RESOURCES_DIR: _, ...rest } = env;
    const ended = await cli(['install'], { env: rest, cwd });
    expect(ended.code).toBe(0);
    expect(ended.said).not.toMatch(/dotenv|inject/i);
  });

  test('it may not turn certificates off', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, '.env'), 'ONIFY_INSECURE=1\n');
    const ended = await cli(['status'], { env: reaching('http://127.0.0.1:9'), cwd });
    expect(ended.said).toMatch(/ONIFY_INSECURE in .env is ignored/);
    expect(ended.said).not.toMatch(/not checked/);
  });

  test('one that is named may not turn certificates off either', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'hub.env'), 'ONIFY_INSECURE=1\n');
    const ended = await cli(['status', '--dotenv', 'hub.env'], {
      env: reaching(await nobodyAt()),
      cwd,
    });
    expect(ended.said).toMatch(/ONIFY_INSECURE in hub.env is ignored/);
    expect(ended.said).not.toMatch(/not checked/);
  });

  test('it is not named with the option that Node takes for itself', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'hub.env'), 'ONIFY_INSECURE=1\n');
    const env = reaching(await nobodyAt());
    const ended = await cli(['status', '--env-file', 'hub.env', '--json'], { env, cwd });
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout).error).toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('--dotenv'),
    });
  });

  test('in CI its address is not combined with a token from elsewhere', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, '.env'), 'ONIFY_API_URL=http://127.0.0.1:9\n');
    const { ONIFY_API_URL: _, ...env } = reaching('http://127.0.0.1:9');
    const ended = await cli(['status'], { env: { ...env, CI: 'true' }, cwd });
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(/\.env file/);
  });
});

test.skipIf(isWindows)(
  'given Ctrl-C while the Hub is slow, it ends with exit code 130',
  async () => {
    const env = reaching(await serverThat((server) => server.on('request', () => undefined)));
    const ended = await cli(['install'], {
      env,
      interruptWhen: (printed) => printed.includes('Reading'),
    });
    expect(ended.code).toBe(130);
    expect(ended.said).toMatch(/Interrupted/);
  },
);
