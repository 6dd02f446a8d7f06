import { describe, expect, test } from 'vitest';
import { type Ask, run } from './asks.js';
import type { Answer, Answers, Call, Run } from './harness.js';
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
    const isClient = task === 'ask-fortnox:client' && flow === 'fortnox-refresh-access-token';
    const isActivation = flow === 'fortnox-generate-access-token';
    const isOpaque = task === 'ask-fortnox:company';
    const changes = isClient ? { refresh_token: null } : isOpaque ? { tenant_id: null } : {};
    this.settings = new Settings(storedToken(changes));
    const jwt = `h.${Buffer.from('{"tenantId":1234}').toString('base64url')}.${SECRET.freshAccess}`;
    const changed = isActivation && !isOpaque ? { access_token: jwt } : {};
    this.answers = this.settings.answers({
      'ask-fortnox:refresh': () => this.#once(),
      'ask-fortnox:code': () => this.#once(changed),
      'ask-fortnox:client': clientTokens(),
      'ask-fortnox:company': {
        statusCode: 200,
        body: '{"CompanyInformation":{"CompanyName":"Testbolaget AB","DatabaseNumber":1234}}',
      },
      'ask-fortnox:revoke': { statusCode: 200, body: '{"revoked":true}' },
      'run-refresh': { statusCode: 200, body: { output: { access_token: SECRET.freshAccess } } },
      'send-mail': { statusCode: 200, body: {} },
    });
    // The store is only looked at again after a write whose outcome is not known.
    if (task === 'look-at-store') {
      this.answers['save-token'] = (call, nth) =>
        nth === 0 ? { fails: 'ECONNRESET' } : this.settings.write(call);
    }
    // A person is mailed only where one is needed.
    if (task === 'send-mail') {
      this.settings.map._fortnox_alert_email = 'ops@example.com';
      this.answers['run-refresh'] = {
        statusCode: 502,
        body: { error: { message: 'Why it failed. [refused]' } },
      };
    }
    this.flow = flow;
  }

  #once(changes: Record<string, unknown> = {}): Answer {
    if (this.isUsed) {
      return refusal('invalid_grant');
    }
    this.isUsed = true;
    return tokens(changes);
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
    const given = {
      code: SECRET.code,
      redirectURI: 'http://localhost:2022',
      scopes: 'customer',
      replaceCompany: true,
      // Only the scheduled refresh asks whose connection it is.
      scheduled: task === 'ask-fortnox:company',
    };
    return run(this.flow, { ...this.answers, [task]: faulty }, { input: given });
  }
}

/** What the task that asks Fortnox asks for, by flow. */
const ASKS: Readonly<Record<string, readonly Ask[]>> = {
  'fortnox-refresh-access-token': ['refresh', 'client', 'company'],
  'fortnox-generate-access-token': ['code', 'client', 'company'],
  'fortnox-disconnect': ['revoke'],
};
const tasks = (await serviceTasks()).flatMap(({ flow, task }) =>
  task === 'ask-fortnox'
    ? (ASKS[flow] ?? []).map((ask) => ({ flow, task: `ask-fortnox:${ask}` }))
    : [{ flow, task }],
);
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

/** What holds whatever happened: it ended in time, left no secret, and the store holds the old record or a whole new one. */
function expectSound(world: World, done: Run, before: Record<string, unknown>): void {
  if (world.flow !== 'fortnox-refresh-schedule') {
    expect(done.seconds).toBeLessThan(45);
  }
  const answer = done.output.output as { access_token?: string } | undefined;
  expectNothingSecret(done, answer?.access_token ? [SECRET.freshAccess] : []);
  const stored = world.settings.token;
  const isEmptied = world.flow === 'fortnox-disconnect' && stored.connection !== undefined;
  if (stored.access_token === before.access_token) {
    expect(stored).toEqual(before);
  } else if (isEmptied) {
    expect(stored).toEqual({
      connection: 1,
      rotation: expect.any(Number),
      disconnected_at: expect.any(String),
    });
  } else {
    expect(stored).toMatchObject({
      access_token: expect.stringContaining(SECRET.freshAccess),
      expires_in: 3600,
      token_type: 'bearer',
      scope: expect.stringMatching(/./),
      timestamp: expect.stringMatching(/^2026-/),
      refresh_token_timestamp:
        stored.refresh_token === null ? expect.anything() : expect.stringMatching(/^2026-/),
      connection: expect.any(Number),
      rotation: expect.any(Number),
    });
  }
}

function keptOf({ settings }: World): string {
  const { access_token: accessToken, refresh_token: refreshToken, connection } = settings.token;
  if (accessToken === undefined) {
    return connection === undefined ? 'none' : 'emptied';
  }
  if (!String(accessToken).includes(SECRET.freshAccess)) {
    return 'before';
  }
  return refreshToken === FRESH ? 'fresh' : 'client';
}

test('the outcome, the stored token and the calls are those of the table', async () => {
  expect(rows).toHaveLength(tasks.length * faults.length * 2);
  await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('matrix.txt');
});
