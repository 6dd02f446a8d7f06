import { describe, expect, test } from 'vitest';
import { faultList, type ListedFault } from '../../sandbox/net/fault-list.js';
import { type Answers, type Run, run } from './harness.js';
import { serviceTasks } from './service-tasks.js';
import { expectNothingSecret, SECRET, Settings, storedToken } from './world.js';

const INPUT = { code: SECRET.code, redirectURI: 'http://localhost:2022', scopes: 'customer' };

/** How often a fault hits: the first call of the task, or every one. */
type HowOften = 'once' | 'always';

/** A world in which the one task that the matrix looks at is reached at all. */
function settingsFor(task: string): Settings {
  return new Settings(storedToken(task === 'ask-as-client' ? { refresh_token: null } : {}));
}

/** Runs a flow with a fault at a task. The refresh that the schedule runs is answered, as it has rows of its own. */
function runWith(
  settings: Settings,
  flow: string,
  task: string,
  fault: ListedFault,
  howOften: HowOften,
): Promise<Run> {
  const answers: Answers = {
    'run-refresh': { statusCode: 200, body: { output: { access_token: SECRET.freshAccess } } },
    // The store is only looked at again after a write whose outcome is not known.
    ...(task === 'look-at-store' && { 'save-token': [{ kind: 'cut-before' }, 'passes'] }),
  };
  const usual = answers[task] ?? 'passes';
  const faulty = { [task]: howOften === 'always' ? fault : [fault, usual].flat() };
  return run(flow, settings.answers({ ...answers, ...faulty } as Answers), { input: INPUT });
}

const tasks = await serviceTasks();
const rows: string[] = [];

/** Notes a row of the table: what the fault came to, what is stored, and which calls were made. */
function note(cells: readonly string[], settings: Settings, done: Run): void {
  const calls = new Map<string, number>();
  for (const call of done.calls) {
    calls.set(call.task, (calls.get(call.task) ?? 0) + 1);
  }
  const made = [...calls]
    .map(([name, count]) => (count > 1 ? `${name} x${count}` : name))
    .join(', ');
  const widths = [25, 19, 7, 29, 6, 7];
  const row = [...cells, done.ok ? 'ok' : 'fails', storedIn(settings)];
  rows.push(`${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')} ${made}`);
}

describe.each(tasks)('$flow: $task', ({ flow, task }) => {
  describe.each(['once', 'always'] as const)('%s', (howOften) => {
    test.each(faultList)('$name', async (fault) => {
      const settings = settingsFor(task);
      const before = settings.token;
      const done = await runWith(settings, flow, task, fault, howOften);
      expectSound(flow, settings, done, before);
      note([flow.replace('fortnox-', ''), task, howOften, fault.name], settings, done);
    });
  });
});

/** What holds whatever happened: it ended in time, left no secret, and what is stored is the old token or a whole new one. */
function expectSound(
  flow: string,
  settings: Settings,
  done: Run,
  before: Record<string, unknown>,
): void {
  // The schedule waits for the refresh, which ends within 45 s, and for a Hub that says so too late.
  expect(done.seconds).toBeLessThan(flow === 'fortnox-refresh-schedule' ? 96 : 45);
  if (!done.ok) {
    expect(done.error?.message).toMatch(/[.] |\.$/);
  }
  const answer = done.output.output as { access_token?: string } | undefined;
  expectNothingSecret(done, answer?.access_token ? [SECRET.freshAccess] : []);
  const stored = settings.token;
  if (stored.access_token === before.access_token) {
    expect(stored).toEqual(before);
    return;
  }
  expect(stored).toMatchObject({
    access_token: expect.stringContaining(SECRET.freshAccess),
    expires_in: 3600,
    token_type: 'bearer',
    // These access tokens tell no tenant id, and an activation takes nothing from the token before.
    tenant_id: flow === 'fortnox-generate-access-token' ? null : '1234',
    scope: expect.stringMatching(/./),
    timestamp: expect.stringMatching(/^2026-/),
  });
  expect(Object.keys(stored)).toContain('refresh_token_timestamp');
  if (answer?.access_token) {
    expect(done.ok).toBe(true);
  }
}

/** Whose token is stored at the end: that of before, one with a fresh refresh token, or one of client credentials. */
function storedIn({ token }: Settings): 'before' | 'fresh' | 'client' {
  if (!String(token.access_token).startsWith(SECRET.freshAccess)) {
    return 'before';
  }
  return String(token.refresh_token).startsWith(SECRET.freshRefresh) ? 'fresh' : 'client';
}

test('the outcome, the stored token and the calls are those of the table', async () => {
  expect(rows).toHaveLength(tasks.length * faultList.length * 2);
  await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('matrix.txt');
});
