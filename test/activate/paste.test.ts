import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import { run } from '../../src/commands/activate.js';
import { occupy, release, visit } from './fake-browser.js';
import { decide, type Running, type Start, start, startWorld, urlIn, type World } from './world.js';

const ELSEWHERE = 'https://example.com/fortnox';
let world: World;

beforeAll(async () => {
  world = await startWorld([ELSEWHERE]);
});
beforeEach(() => world.store({}));
afterAll(() => world.stop());

function activate(given: Start = {}): Running {
  const options = { browser: false, redirectUri: world.redirectUri, ...given.options };
  return start(world, run, { ...given, options });
}

function codeIn(address: string): string {
  return new URL(address).searchParams.get('code') ?? '';
}

async function urlOf(running: Running): Promise<string> {
  return urlIn(await running.says(/Then paste/));
}

describe('without a browser', () => {
  test('takes the pasted address', async () => {
    const running = activate();
    running.stdin.write(`${await decide(await urlOf(running))}\n`);
    expect(await running.ended).toMatchObject({ exitCode: 0 });
    expect(world.stored()).toMatchObject({ expires_in: 3600 });
  });

  test('takes the pasted code', async () => {
    const running = activate();
    running.stdin.write(`\n  ${codeIn(await decide(await urlOf(running)))}  \n`);
    expect(await running.ended).toMatchObject({ exitCode: 0 });
  });

  test('takes the answer on the loopback as well', async () => {
    const running = activate();
    await visit(await decide(await urlOf(running)));
    expect(await running.ended).toMatchObject({ exitCode: 0 });
  });

  test('goes on waiting for the loopback where stdin is empty', async () => {
    const running = activate();
    running.stdin.end();
    await visit(await decide(await urlOf(running)));
    expect(await running.ended).toMatchObject({ exitCode: 0 });
  });

  test('lets a person paste again after an address with a wrong state', async () => {
    const running = activate();
    const address = await decide(await urlOf(running));
    running.stdin.write(`${world.redirectUri}/?code=foreign-code&state=wrong\n`);
    const said = await running.says(/does not belong to this activation/);
    expect(said).not.toContain('foreign-code');
    running.stdin.write(`${address}\n`);
    expect(await running.ended).toMatchObject({ exitCode: 0 });
  });

  test('fails where nothing follows an address with a wrong state, and exchanges nothing', async () => {
    const before = world.runsOf('fortnox-generate-access-token');
    const running = activate();
    await urlOf(running);
    running.stdin.end(`${world.redirectUri}/?code=foreign-code&state=wrong\n`);
    expect(await running.ended).toMatchObject({ exitCode: 6, error: 'activation_foreign_state' });
    expect(world.runsOf('fortnox-generate-access-token')).toBe(before);
  });

  test('ends with the error of Fortnox in a pasted address', async () => {
    const running = activate();
    running.stdin.write(`${await decide(await urlOf(running), 'refuse')}\n`);
    expect(await running.ended).toMatchObject({ exitCode: 6, error: 'fortnox_access_denied' });
  });

  test('shows nothing of what was pasted', async () => {
    const running = activate({ verbose: true });
    const address = await decide(await urlOf(running));
    running.stdin.write('pasted-nonsense-of-a-person with spaces\n');
    await running.says(/This is not a code/);
    running.stdin.write(`${address}\n`);
    const { stdout, stderr } = await running.ended;
    expect(stdout + stderr).not.toMatch(new RegExp(`pasted-nonsense|${codeIn(address)}`));
  });
});

test('Ctrl-D at a terminal ends it with exit code 130', async () => {
  const running = activate();
  Object.assign(running.stdin, { isTTY: true });
  await urlOf(running);
  running.stdin.end();
  expect(await running.ended).toMatchObject({ exitCode: 130, error: 'interrupted' });
});

describe('without a browser, where the port is used', () => {
  beforeEach(async () => {
    const other = await occupy('127.0.0.1', world.port);
    return () => release(other);
  });

  test('warns, and takes the pasted address', async () => {
    const running = activate();
    running.stdin.write(`${await decide(await urlOf(running))}\n`);
    const ended = await running.ended;
    expect(ended.exitCode).toBe(0);
    expect(ended.said).toContain(`Warning: Port ${world.port}`);
  });

  test('fails where stdin is empty', async () => {
    const running = activate();
    running.stdin.end();
    expect(await running.ended).toMatchObject({ exitCode: 2, error: 'redirect_port_used' });
  });
});

describe('with a redirect URI elsewhere', () => {
  test('says that the answer has to be pasted, and takes it', async () => {
    const running = activate({ options: { redirectUri: ELSEWHERE } });
    running.stdin.write(`${await decide(await urlOf(running))}\n`);
    const ended = await running.ended;
    expect(ended.exitCode).toBe(0);
    expect(ended.said).toContain('The redirect URI leads elsewhere.');
  });

  test('fails where stdin is empty', async () => {
    const running = activate({ options: { redirectUri: ELSEWHERE } });
    running.stdin.end();
    expect(await running.ended).toMatchObject({ exitCode: 2, error: 'activation_code_missing' });
  });

  test('fails at once where the token was read from stdin', async () => {
    const options = { redirectUri: ELSEWHERE, tokenFile: '-' };
    const running = activate({ options });
    running.stdin.end(world.sandbox.token);
    expect(await running.ended).toMatchObject({ exitCode: 2, error: 'stdin_used_twice' });
  });
});

describe('with a code that was obtained elsewhere', () => {
  async function obtained(): Promise<string> {
    return world.sandbox.fortnox.approve('JBL1UVnvfo4y', world.redirectUri, 'customer', true);
  }

  test('reads it from stdin and makes no activation URL', async () => {
    const before = world.runsOf('fortnox-generate-activation-url');
    const running = activate({ options: { code: '-' } });
    running.stdin.end(`${await obtained()}\n`);
    expect(await running.ended).toMatchObject({
      exitCode: 0,
      json: { token: { scope: 'customer' } },
    });
    expect(world.runsOf('fortnox-generate-activation-url')).toBe(before);
  });

  test('needs no free port', async () => {
    const port = await freePort();
    const other = await occupy('127.0.0.1', port);
    const running = activate({ options: { code: '-', redirectUri: `http://localhost:${port}` } });
    running.stdin.end('some-code\n');
    const ended = await running.ended;
    await release(other);
    expect(ended.error).toBe('flow_failed');
  });

  test('takes a code without a line break behind it', async () => {
    const running = activate({ options: { code: '-' } });
    running.stdin.end(await obtained());
    expect(await running.ended).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['an empty stdin', '', 2, 'activation_code_missing'],
    ['blank lines', '\n  \n', 2, 'activation_code_missing'],
    ['a sentence', 'no code at all\n', 2, 'activation_code_expected'],
    ['too little', 'abc\n', 2, 'activation_code_expected'],
    ['too much', `${'x'.repeat(600)}\n`, 2, 'activation_code_expected'],
    [
      'the activation URL',
      'https://apps.fortnox.se/oauth-v1/auth?client_id=x\n',
      2,
      'activation_code_expected',
    ],
    [
      'a whole address',
      'http://localhost:2022/?code=abcd&state=x\n',
      2,
      'activation_code_expected',
    ],
    [
      'an address with an error',
      'http://localhost:2022/?error=access_denied\n',
      6,
      'fortnox_access_denied',
    ],
  ])('fails on %s before anything is sent', async (_name, text, exitCode, error) => {
    const calls = world.sandbox.faults.calls.length;
    const running = activate({ options: { code: '-' } });
    running.stdin.end(text);
    expect(await running.ended).toMatchObject({ exitCode, error });
    expect(world.sandbox.faults.calls).toHaveLength(calls);
  });

  test.each(['no code at all', 'http://localhost:2022/?code=abcd&state=x'])(
    'says of %j in one sentence that it is not a code, and asks for no address',
    async (text) => {
      const running = activate({ options: { code: '-' } });
      running.stdin.end(`${text}\n`);
      expect((await running.ended).said).toBe(
        `Hub: ${world.sandbox.apiUrl} Error: What was given on stdin is not a code from Fortnox alone. Give what stands between "code=" and the next "&" in Fortnox's address. `,
      );
    },
  );

  test('lets a person at a terminal paste again', async () => {
    const running = activate({ options: { code: '-' } });
    Object.assign(running.stdin, { isTTY: true });
    running.stdin.write('http://localhost:2022/?code=abcd&state=x\n');
    const said = await running.says(/not a code from Fortnox alone\. Give what/);
    expect(said).not.toMatch(/whole address/);
    running.stdin.write(`${await obtained()}\n`);
    expect(await running.ended).toMatchObject({ exitCode: 0 });
  });

  test('says what the flow says about a code that has expired', async () => {
    const code = await obtained();
    world.sandbox.clock.advance(11 * 60);
    const running = activate({ options: { code: '-' } });
    running.stdin.end(`${code}\n`);
    const ended = await running.ended;
    expect(ended).toMatchObject({ exitCode: 6, error: 'flow_failed' });
    expect(ended.said).toContain('Error: Fortnox does not accept the code.');
    expect(world.stored()).toEqual({});
  });

  test('does not wait for it longer than it was told', async () => {
    const running = activate({ options: { code: '-', wait: '0.1' } });
    expect(await running.ended).toMatchObject({ exitCode: 6, error: 'activation_timeout' });
  });

  test('is not taken from the command line, and not repeated', async () => {
    const ended = await activate({ options: { code: '035411fc-ce95' } }).ended;
    expect(ended).toMatchObject({ exitCode: 2, error: 'code_on_command_line' });
    expect(ended.said).not.toContain('035411fc');
  });
});
