import { describe, expect, test } from 'vitest';
import { REGISTERED, type Sandbox } from '../../sandbox/sandbox.js';
import { connectedHub, consent, hub, installedHub, storedToken } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

const DAY = 86_400;

/** What a sibling blueprint does: reads the settings by tag, and runs the refresh when the token is not fresh. */
async function consume(sandbox: Sandbox): Promise<string> {
  const headers = { authorization: sandbox.token };
  const settings = await (
    await fetch(`${sandbox.apiUrl}/my/config/settings?tag=fortnox`, { headers })
  ).json();
  const token = (
    settings as Record<string, { access_token: string; expires_in: number; timestamp: string }>
  )._fortnox_access_token;
  if (!token) {
    throw new Error('no token');
  }
  expect(typeof token).toBe('object');
  expect(typeof token.expires_in).toBe('number');
  const end = new Date(token.timestamp).getTime() + token.expires_in * 1000;
  if (sandbox.clock.now() < end) {
    return token.access_token;
  }
  const run = `${sandbox.apiUrl}/my/workflows/run/fortnox-refresh-access-token`;
  const answer = await fetch(run, { method: 'POST', headers });
  if (!answer.ok) {
    throw new Error(`the refresh failed with ${answer.status}`);
  }
  return ((await answer.json()) as { output: { access_token: string } }).output.access_token;
}

describe('given a connection', () => {
  test('another blueprint reads a token that works, after activation and after a refresh', async () => {
    const { sandbox, env } = await connectedHub();
    expect(sandbox.fortnox.isAccessTokenValid(await consume(sandbox))).toBe(true);
    expect((await cli(['refresh'], { env })).code).toBe(0);
    expect(sandbox.fortnox.isAccessTokenValid(await consume(sandbox))).toBe(true);
  });

  test('another blueprint gets a fresh token from the refresh flow once the stored one has run out', async () => {
    const { sandbox } = await connectedHub();
    sandbox.clock.advance(2 * 3600);
    expect(sandbox.fortnox.isAccessTokenValid(await consume(sandbox))).toBe(true);
  });

  test('a failed refresh fails the call of another blueprint', async () => {
    const { sandbox } = await connectedHub();
    sandbox.clock.advance(2 * 3600);
    sandbox.fortnox.company().isLicenceDropped = true;
    await expect(consume(sandbox)).rejects.toThrow(/502/);
  });

  test('eight refreshes at once all answer a token that works', async () => {
    const { sandbox } = await connectedHub();
    const headers = { authorization: sandbox.token };
    const run = `${sandbox.apiUrl}/my/workflows/run/fortnox-refresh-access-token`;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => fetch(run, { method: 'POST', headers })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    for (const answer of answers) {
      const { output } = (await answer.json()) as { output: { access_token: string } };
      expect(sandbox.fortnox.isAccessTokenValid(output.access_token)).toBe(true);
    }
    const again = await fetch(run, { method: 'POST', headers });
    expect(again.status).toBe(200);
  });

  test('refresh says when the tokens end, as data too', async () => {
    const { env } = await connectedHub();
    const ended = await cli(['refresh', '--json'], { env });
    const { token } = JSON.parse(ended.stdout);
    expect(Date.parse(token.refreshExpiresAt) - Date.now()).toBeGreaterThan(30 * DAY * 1000);
    expect(token.scope).toBe('customer invoice');
  });

  test('status is healthy', async () => {
    const { env } = await connectedHub();
    const ended = await cli(['status', '--json'], { env });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      ok: true,
      token: { state: 'fresh', tenantId: '998877' },
    });
  });

  test('status without the resources directory reads the files through the Hub', async () => {
    const { sandbox, env } = await connectedHub();
    const { ONIFY_RESOURCES_DIR: _, ...without } = env;
    expect((await cli(['status'], { env: without })).code).toBe(0);
    sandbox.modes.resourcesApi = false;
    const ended = await cli(['status', '--json'], { env: without });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('"unknown"');
  });

  test('a dropped licence is said in the flow, in the refresh, with who must act', async () => {
    const { sandbox, env } = await connectedHub();
    sandbox.fortnox.company().isLicenceDropped = true;
    const ended = await cli(['refresh', '--json'], { env });
    expect(ended.code).toBe(6);
    const { error } = JSON.parse(ended.stdout);
    expect(error.message).toMatch(/no licence[\s\S]*system administrator/);
    expect(sandbox.workflows().processes.at(-1)?.error).toBe(error.message);
  });

  test('the schedule keeps it alive for 400 days without any other use', async () => {
    const { sandbox } = await connectedHub();
    for (let day = 0; day < 400; day += 20) {
      sandbox.clock.advance(20 * DAY);
      expect((await sandbox.fireSchedule('fortnox-refresh-schedule')).ok).toBe(true);
    }
    expect(sandbox.fortnox.isAccessTokenValid(String(storedToken(sandbox).access_token))).toBe(
      true,
    );
  });
});

describe('given no connection', () => {
  test('status says so, and how to connect, exit code 8', async () => {
    const { env } = await installedHub();
    const ended = await cli(['status'], { env });
    expect(ended.code).toBe(8);
    expect(ended.stdout).toMatch(/not connected yet[\s\S]*fortnox-blueprint activate/);
  });

  test('refresh says so', async () => {
    const { env } = await installedHub();
    const ended = await cli(['refresh'], { env });
    expect(ended.code).toBe(6);
    expect(ended.said).toMatch(/not connected yet/);
  });

  test('the schedule is quiet', async () => {
    const { sandbox } = await installedHub();
    expect((await sandbox.fireSchedule('fortnox-refresh-schedule')).ok).toBe(true);
  });

  test('a Hub without the blueprint is said to have none, and what to do', async () => {
    const { env } = await hub();
    const ended = await cli(['status'], { env });
    expect(ended.code).toBe(8);
    expect(ended.stdout).toMatch(
      /^Blueprint [\d.]+\nNot installed in this Hub\.\n\nNext: fortnox-blueprint install\n$/,
    );
  });

  test('a Hub without the blueprint is told apart', async () => {
    const { env } = await hub();
    const ended = await cli(['refresh'], { env });
    expect(ended.said).toMatch(/no workflow fortnox-refresh-access-token[\s\S]*install/);
  });

  test('a code that was used already is refused in words, and nothing stored changes', async () => {
    const { sandbox, env } = await installedHub();
    const code = consent(sandbox);
    await cli(['activate', '--code', '-'], { env, stdin: code });
    const before = storedToken(sandbox);
    const ended = await cli(['activate', '--code', '-'], { env, stdin: code });
    expect(ended.code).toBe(6);
    expect(ended.said).toMatch(/does not accept the code/);
    expect(storedToken(sandbox)).toEqual(before);
  });
});

test('given secrets everywhere, none is printed by any command at any verbosity, nor kept with any process', async () => {
  const { sandbox, env } = await installedHub();
  const code = consent(sandbox);
  const printed: string[] = [];
  const secrets = new Set([
    REGISTERED.secret,
    sandbox.token,
    sandbox.token.slice('Bearer '.length),
    code,
  ]);
  const note = () => {
    const { access_token, refresh_token } = storedToken(sandbox) as Record<
      string,
      string | undefined
    >;
    for (const secret of [access_token, refresh_token]) {
      if (secret) {
        secrets.add(secret);
      }
    }
  };
  const use = async (argv: string[], stdin = '') => {
    note();
    const ended = await cli([...argv, '--verbose'], { env, stdin });
    printed.push(ended.stdout, ended.stderr);
    note();
  };
  await use(['activate', '--code', '-'], code);
  await use(['refresh']);
  await use(['refresh', '--json']);
  await use(['status', '--json']);
  await use(['install', '--json']);
  sandbox.faults.order({
    side: 'hub',
    path: '/api/v2/my/config',
    kind: 'answer',
    status: 400,
    times: 9,
    body: JSON.stringify({ message: `no ${REGISTERED.secret} ${sandbox.token}` }),
  });
  await use(['install']);
  sandbox.faults.clear();
  sandbox.fortnox.company().isLicenceDropped = true;
  await use(['refresh', '--json']);
  await use(['activate', '--code', '-'], 'another-code');
  const runs = sandbox.workflows().processes;
  for (const { output } of runs) {
    const answer = output.output as Record<string, unknown> | undefined;
    if (answer && 'access_token' in answer) {
      delete answer.access_token;
    }
  }
  const everything = [...printed, JSON.stringify(runs), JSON.stringify(sandbox.faults.calls)].join(
    '\n',
  );
  expect(runs.length).toBeGreaterThan(4);
  for (const secret of secrets) {
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(Buffer.from(secret).toString('base64'));
    expect(everything).not.toContain(encodeURIComponent(secret));
  }
});
