import { expect } from 'vitest';
import { faultList, type ListedFault } from '../../sandbox/net/fault-list.js';
import { bothSides, slow } from '../../sandbox/net/latency.js';
import { type Ask, run } from './asks.js';
import type { Answers, Run } from './harness.js';
import { serviceTasks } from './service-tasks.js';
import { expectNothingSecret, SECRET, Settings, storedToken } from './world.js';

const INPUT = {
  code: SECRET.code,
  redirectURI: 'http://localhost:2022',
  scopes: 'customer',
  replaceCompany: true,
};

/** What the task that asks Fortnox asks for, by flow. */
const ASKS: Readonly<Record<string, readonly Ask[]>> = {
  'fortnox-refresh-access-token': ['refresh', 'client', 'company'],
  'fortnox-generate-access-token': ['code', 'client', 'company'],
  'fortnox-disconnect': ['revoke'],
};

/** How the refresh flow fails where only a person can mend it. */
const NEEDS_PERSON = {
  statusCode: 502,
  body: { error: { message: 'Why it failed. [refused]' } },
};

/** How often a fault hits: the first call of the task, or every one. */
type HowOften = 'once' | 'always';

/** The faults that hit every call: one of each kind, as the next of a kind takes the same way. */
const lasting = faultList.filter(
  ({ kind }, at) => faultList.findIndex((fault) => fault.kind === kind) === at,
);
/** A fault, and how often it hits. */
export interface Hit {
  readonly howOften: HowOften;
  readonly fault: ListedFault;
}

/** Each of them. */
export const hits: readonly Hit[] = [
  ...faultList.map((fault) => ({ howOften: 'once' as const, fault })),
  ...lasting.map((fault) => ({ howOften: 'always' as const, fault })),
];

/** A world in which the one task that the matrix looks at is reached at all; `latency` is that of each call. */
export function settingsFor(flow: string, task: string, latency = 0): Settings {
  const isClient = task === 'ask-fortnox:client' && flow === 'fortnox-refresh-access-token';
  const isUnknown = task === 'ask-fortnox:company';
  const isActivation = flow === 'fortnox-generate-access-token';
  const settings = new Settings(
    storedToken({
      ...(isClient && { refresh_token: null }),
      ...(isUnknown && { tenant_id: null }),
    }),
    // An activation asks whose a token is only where the token does not tell.
    {
      fortnoxModes: { accessTokens: isActivation && !isUnknown ? 'jwt' : 'opaque' },
      latency: slow(bothSides(latency)),
    },
  );
  if (task === 'send-mail') {
    settings.change({ _fortnox_alert_email: 'ops@example.com' });
  }
  return settings;
}

/** Runs a flow with a fault at a task. The refresh that the schedule runs is answered, as it has rows of its own. */
export function runWith(
  settings: Settings,
  flow: string,
  task: string,
  fault: ListedFault,
  howOften: HowOften,
): Promise<Run> {
  const answers: Answers = {
    'run-refresh': { statusCode: 200, body: { output: { access_token: SECRET.freshAccess } } },
    'send-mail': { statusCode: 200, body: {} },
    // A person is mailed only where one is needed.
    ...(task === 'send-mail' && { 'run-refresh': NEEDS_PERSON }),
    // The store is only looked at again after a write whose outcome is not known.
    ...(task === 'look-at-store' && { 'save-token': [{ kind: 'cut-before' }, 'passes'] }),
  };
  const usual = answers[task] ?? 'passes';
  const faulty = { [task]: howOften === 'always' ? fault : [fault, usual].flat() };
  return run(flow, settings.answers({ ...answers, ...faulty } as Answers), {
    // Only the scheduled refresh asks whose connection it is.
    input: { ...INPUT, scheduled: task === 'ask-fortnox:company' },
  });
}

/** What has rows of its own: each service task, and each thing that Fortnox is asked for. `MATRIX_FLOWS` names flows. */
export const tasks = (await serviceTasks())
  .flatMap(({ flow, task }) =>
    task === 'ask-fortnox'
      ? (ASKS[flow] ?? []).map((ask) => ({ flow, task: `ask-fortnox:${ask}` }))
      : [{ flow, task }],
  )
  .filter(
    ({ flow }) => !process.env.MATRIX_FLOWS || process.env.MATRIX_FLOWS.split(',').includes(flow),
  );

/** What holds whatever happened: it ended in time, left no secret, and what is stored is the old token or a whole new one. */
export function expectSound(
  flow: string,
  settings: Settings,
  done: Run,
  before: Record<string, unknown>,
): void {
  // The schedule waits for its minute, and an hour after a failure.
  if (flow !== 'fortnox-refresh-schedule') {
    expect(done.seconds).toBeLessThan(45);
  }
  if (!done.ok) {
    expect(done.error?.message).toMatch(/[.] |\.$/);
  }
  const answer = done.output.output as { access_token?: string } | undefined;
  expectNothingSecret(done, answer?.access_token ? [SECRET.freshAccess] : []);
  const stored = settings.token;
  if (stored.access_token !== undefined && !answer?.access_token) {
    expect(JSON.stringify(done.output)).not.toContain(stored.access_token);
  }
  if (stored.access_token === before.access_token) {
    expect(stored).toEqual(before);
    return;
  }
  if (flow === 'fortnox-disconnect') {
    const disconnected_at = expect.any(String);
    expect(stored).toEqual({ connection: 1, rotation: expect.any(Number), disconnected_at });
    return;
  }
  expect(isFresh(stored.access_token)).toBe(true);
  expect(stored).toMatchObject({
    expires_in: 3600,
    token_type: 'bearer',
    scope: expect.stringMatching(/./),
    timestamp: expect.stringMatching(/^2026-/),
    refresh_token_timestamp:
      stored.refresh_token === null ? expect.anything() : expect.stringMatching(/^2026-/),
    connection: expect.any(Number),
    rotation: expect.any(Number),
  });
  if (answer?.access_token) {
    expect(done.ok).toBe(true);
  }
}

/** Runs a cell and checks what holds in each. @returns its row: what it came to, what is stored, which calls were made */
export async function rowOf(flow: string, task: string, { howOften, fault }: Hit): Promise<string> {
  const settings = settingsFor(flow, task);
  const before = settings.token;
  const done = await runWith(settings, flow, task, fault, howOften);
  expectSound(flow, settings, done, before);
  const calls = new Map<string, number>();
  for (const call of done.calls) {
    calls.set(call.task, (calls.get(call.task) ?? 0) + 1);
  }
  const made = [...calls]
    .map(([name, count]) => (count > 1 ? `${name} x${count}` : name))
    .join(', ');
  const widths = [19, 7, 29, 6, 7];
  const row = [task, howOften, fault.name, done.ok ? 'ok' : 'fails', storedIn(settings)];
  return `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')} ${made}`;
}

/** Whether an access token is one that was given out in the run: as it is, or as the id of a JWT. */
function isFresh(accessToken: unknown): boolean {
  const [, claims = ''] = String(accessToken).split('.');
  const told = `${accessToken} ${Buffer.from(claims, 'base64url').toString()}`;
  return told.includes(SECRET.freshAccess);
}

/** What is stored at the end: the token of before, a fresh one with its refresh token, one of client credentials, or none. */
function storedIn({ token }: Settings): 'before' | 'fresh' | 'client' | 'emptied' {
  if (token.access_token === undefined) {
    return 'emptied';
  }
  if (!isFresh(token.access_token)) {
    return 'before';
  }
  return String(token.refresh_token).startsWith(SECRET.freshRefresh) ? 'fresh' : 'client';
}
