import { describe, expect, test } from 'vitest';
import { bothSides, type Latency } from '../../sandbox/net/latency.js';
import { connectedHub, consent, installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

/** A Hub and a Fortnox that can be made to take two seconds for each call once all is prepared. */
function slowLater() {
  const latency: Partial<Record<'hub' | 'fortnox', Latency>> = {};
  return { latency, slowDown: () => Object.assign(latency, bothSides(2000)) };
}

async function connected() {
  const { latency, slowDown } = slowLater();
  return { ...(await connectedHub({ latency })), slowDown };
}

async function installed() {
  const { latency, slowDown } = slowLater();
  return { ...(await installedHub({ latency })), slowDown };
}

describe('at two seconds a call', () => {
  test('refresh refreshes', async () => {
    const { env, slowDown } = await connected();
    slowDown();
    const { code, stdout } = await cli(['refresh'], { env });
    expect(stdout).toMatch(/^The Fortnox token is fresh\./);
    expect(code).toBe(0);
  });

  test('status tells of the connection', async () => {
    const { env, slowDown } = await connected();
    slowDown();
    const { code, stdout } = await cli(['status'], { env });
    expect(stdout).toMatch(/Installed as shipped\.[\s\S]*the access token is fresh/);
    expect(code).toBe(0);
  });

  test('status --check judges by a refresh', async () => {
    const { env, slowDown } = await connected();
    slowDown();
    const { code, stdout } = await cli(['status', '--check'], { env });
    expect(stdout).toMatch('Fortnox is connected: a refresh has just worked.');
    expect(code).toBe(0);
  });

  test('activate connects', async () => {
    const { sandbox, env, slowDown } = await installed();
    slowDown();
    const { code, stdout } = await cli(['activate', '--code', '-'], {
      env,
      stdin: consent(sandbox),
    });
    expect(stdout).toMatch(/^Fortnox is connected\./);
    expect(code).toBe(0);
  });

  test('activate says of a code that Fortnox does not take that it does not', async () => {
    const { env, slowDown } = await installed();
    slowDown();
    const { code, said } = await cli(['activate', '--code', '-'], { env, stdin: 'a-wrong-code' });
    expect(said).toMatch(/Error: .*\bcode\b/);
    expect(said).not.toMatch(/could not be reached|in time/);
    expect(code).toBe(6);
  });

  test('refresh says that the connection is lost, and not that Fortnox is out of reach', async () => {
    const { sandbox, env, slowDown } = await connected();
    sandbox.fortnox.revokeAll();
    slowDown();
    const { code, said } = await cli(['refresh'], { env });
    expect(said).toMatch(/the connection is lost\. Activate it again/);
    expect(code).toBe(6);
  });

  test('status --check says the same, with exit code 8', async () => {
    const { sandbox, env, slowDown } = await connected();
    sandbox.fortnox.revokeAll();
    slowDown();
    const { code, stdout } = await cli(['status', '--check'], { env });
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/the connection is lost\. Activate it again/);
    expect(code).toBe(8);
  });
});
