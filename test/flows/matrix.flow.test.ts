import { describe, expect, test } from 'vitest';
import { type Answer, type Answers, type Call, type Run, run } from './harness.js';
import { serviceTasks } from './service-tasks.js';
import {
  clientTokens,
  expectNothingSecret,
  refusal,
  SECRET,
  Settings,
  storedToken,
  tokens,
} from './world.js';

/** A fault: what comes back in place of the answer, and whether the server does its work all the same. */
interface Fault {
  readonly name: string;
  readonly answer: Answer;
  readonly works?: boolean;
}

const faults: readonly Fault[] = [
  { name: 'connection refused', answer: { fails: 'ECONNREFUSED' } },
  { name: 'cut before the work', answer: { fails: 'ECONNRESET' } },
  { name: 'cut after the work', answer: { fails: 'ECONNRESET' }, works: true },
  { name: 'timeout', answer: 'hangs' },
  { name: 'timeout after the work', answer: 'hangs', works: true },
  { name: '400 invalid_grant', answer: refusal('invalid_grant') },
  { name: '401 invalid_client', answer: refusal('invalid_client', 401) },
  { name: '401 error_missing_license', answer: refusal('error_missing_license', 401) },
  { name: '403', answer: { statusCode: 403, body: { message: 'Forbidden' } } },
  { name: '404', answer: { statusCode: 404, body: { message: 'Not found' } } },
  { name: '429', answer: { statusCode: 429, body: '' } },
  { name: '500', answer: { statusCode: 500, body: { message: 'Internal' } } },
  { name: '502 with HTML', answer: { statusCode: 502, body: '<html>' } },
  {
    name: '200 with broken JSON',
    answer: { statusCode: 200, body: '{"access_token":"x' },
    works: true,
  },
  { name: '200 without tokens', answer: { statusCode: 200, body: {} } },
  {
    name: '200 with a number for a text',
    answer: { statusCode: 200, body: '{"access_token":1,"refresh_token":2}' },
  },
];

/** The token that is stored when everything went well. */
const FRESH = SECRET.freshRefresh;

/**
 * A world in which each task works, and the refresh token and the code work once. `setUp` makes the one task that
 * the matrix looks at be reached at all.
 */
class World {
  readonly flow: string;
  readonly settings: Settings;
  readonly answers: Answers;
  isUsed = false;

  constructor(flow: string, task: string) {
    const isClient = task === 'ask-as-client';
    this.settings = new Settings(storedToken(isClient ? { refresh_token: null } : {}));
    this.answers = this.settings.answers({
      'refresh-at-fortnox': () => this.#once(),
      'exchange-code': () => this.#once(),
      'ask-as-client': clientTokens(),
      'run-refresh': { statusCode: 200, body: { output: { access_token: SECRET.freshAccess } } },
    });
    // The store is only looked at again after a write whose outcome is not known.
    if (task === 'look-at-store') {
      this.answers['save-token'] = (call, nth) =>
        nth === 0 ? { fails: 'ECONNRESET' } : this.settings.write(call);
    }
    this.flow = flow;
  }

  #once(): Answer {
    if (this.isUsed) {
      return refusal('invalid_grant');
    }
    this.isUsed = true;
    return tokens();
  }

  /** Runs the flow with a fault at the first call of the task, or at every call. */
  run(task: string, fault: Fault, isLasting: boolean): Promise<Run> {
    const usual = this.answers[task];
    const work = (call: Call, nth: number): Answer =>
      typeof usual === 'function' ? usual(call, nth) : (usual as Answer);
    const faulty = (call: Call, nth: number): Answer => {
      if (nth > 0 && !isLasting) {
        return work(call, nth);
      }
      if (fault.works) {
        work(call, nth);
      }
      return fault.answer;
    };
    const given = { code: SECRET.code, redirectURI: 'http://localhost:2022', scopes: 'customer' };
    return run(this.flow, { ...this.answers, [task]: faulty }, { input: given });
  }
}

const tasks = await serviceTasks();
const rows: string[] = [];

/** Notes a row of the table: what the fault came to, what is stored, and which calls were made. */
function note(task: string, fault: Fault, how: string, world: World, done: Run): void {
  const calls = new Map<string, number>();
  for (const call of done.calls) {
    calls.set(call.task, (calls.get(call.task) ?? 0) + 1);
  }
  const made = [...calls]
    .map(([name, count]) => (count > 1 ? `${name} x${count}` : name))
    .join(', ');
  const cells = [
    world.flow.replace('fortnox-', ''),
    task,
    how,
    fault.name,
    done.ok ? 'ok' : 'fails',
    keptOf(world),
  ];
  const widths = [25, 19, 7, 29, 6, 7];
  rows.push(`${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')} ${made}`);
}

describe.each(tasks)('$flow: $task', ({ flow, task }) => {
  const before = new World(flow, task).settings.token;

  test.each(faults)('one fault: $name', async (fault) => {
    const world = new World(flow, task);
    const done = await world.run(task, fault, false);
    expectSound(world, done, before);
    note(task, fault, 'once', world, done);
    expect({ ok: done.ok, kept: keptOf(world) }).toEqual(expectedOnce(flow, task, fault));
  });

  test.each(faults)('every time: $name', async (fault) => {
    const world = new World(flow, task);
    const done = await world.run(task, fault, true);
    expectSound(world, done, before);
    note(task, fault, 'always', world, done);
    if (!done.ok) {
      expect(done.error?.message).toMatch(/[.] |\.$/);
    }
  });
});

/** What holds whatever happened: it ended in time, left no secret, and what is stored is the old token or a whole new one. */
function expectSound(world: World, done: Run, before: Record<string, unknown>): void {
  // The schedule waits for the refresh, which ends within 45 s, and for a Hub that says so too late.
  expect(done.seconds).toBeLessThan(world.flow === 'fortnox-refresh-schedule' ? 96 : 45);
  const answer = done.output.output as { access_token?: string } | undefined;
  expectNothingSecret(done, answer?.access_token ? [SECRET.freshAccess] : []);
  const stored = world.settings.token;
  if (stored.access_token === before.access_token) {
    expect(stored).toEqual(before);
    return;
  }
  expect(stored).toMatchObject({
    access_token: SECRET.freshAccess,
    expires_in: 3600,
    token_type: 'bearer',
    // The stand-in tokens here are no JWTs, and an activation takes nothing from the token before.
    tenant_id: world.flow === 'fortnox-generate-access-token' ? null : '1234',
    scope: expect.stringMatching(/./),
    timestamp: expect.stringMatching(/^2026-/),
  });
  expect(Object.keys(stored)).toContain('refresh_token_timestamp');
  if (answer?.access_token) {
    expect(done.ok).toBe(true);
  }
}

function keptOf({ settings }: World): 'before' | 'fresh' | 'client' {
  if (settings.token.access_token !== SECRET.freshAccess) {
    return 'before';
  }
  return settings.token.refresh_token === FRESH ? 'fresh' : 'client';
}

/** What one fault comes to: refreshes and saves survive it; a code that was used up, and the single calls, do not. */
function expectedOnce(flow: string, task: string, fault: Fault): { ok: boolean; kept: string } {
  const isEmptyMap = fault.name === '200 without tokens';
  // These read once. An empty map is an answer: there is nothing to refresh, or no client id to make an address with.
  if (flow === 'fortnox-generate-activation-url') {
    return { ok: false, kept: 'before' };
  }
  if (flow === 'fortnox-refresh-schedule') {
    const isAnswer = task === 'run-refresh' ? fault.name.startsWith('200') : isEmptyMap;
    return { ok: isAnswer, kept: 'before' };
  }
  // An object in answer to a write is all that says it was kept; a Hub that says so without keeping it is believed.
  if (task === 'save-token' && isEmptyMap) {
    return { ok: true, kept: 'before' };
  }
  if (task === 'ask-as-client') {
    return { ok: true, kept: 'client' };
  }
  if (task === 'exchange-code') {
    const isLost = fault.works === true || fault.name === '400 invalid_grant';
    return { ok: !isLost, kept: isLost ? 'before' : 'fresh' };
  }
  // A rotation whose answer was lost, and a refusal, leave client credentials; these keep the old refresh token.
  if (task === 'refresh-at-fortnox') {
    const isByClient = fault.works === true || fault.name === '400 invalid_grant';
    return { ok: true, kept: isByClient ? 'client' : 'fresh' };
  }
  // An empty map is an answer like any other: the Hub holds no settings, so there is nothing to go on with.
  if (task === 'read-settings' && isEmptyMap) {
    return { ok: false, kept: 'before' };
  }
  return { ok: true, kept: 'fresh' };
}

test('the outcome, the stored token and the calls are those of the table', async () => {
  expect(rows).toHaveLength(tasks.length * faults.length * 2);
  await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('matrix.txt');
});
