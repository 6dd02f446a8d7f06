import { describe, expect, test } from 'vitest';
import type { Run } from './harness.js';
import { expectSound, hits, runWith, settingsFor, tasks } from './matrix.js';

/** How many milliseconds a call takes. */
const SLOW = [200, 2000];
// `MATRIX=all` takes every cell, which takes minutes; here every so many, which meets each task and each fault.
const EVERY = process.env.MATRIX === 'all' ? 1 : 7;

/** A cell whose end is another one at 2 s a call, the only ones there are. */
interface Exception {
  readonly flow: RegExp;
  readonly task: string;
  readonly howOften: RegExp;
  readonly fault: string;
  /** How it ends at 2 s a call. */
  readonly slowly: string;
  readonly reason: string;
}

const TOO_LATE =
  '3 s late at 2 s a call is an answer after 5 s, which no look at the Hub waits for: there it is a time-out.';
const ONE_TRY =
  'A second exchange of 15 s would begin 19 s after the start; it would leave too little time to save what it gives.';
const EXCEPTIONS: readonly Exception[] = [
  late('connection-status', 'read-settings', /once|always/, 'settings-unreadable'),
  late('generate-activation-url', 'read-settings', /once|always/, 'input'),
  late('disconnect', 'read-settings', /always/, 'settings-unreadable'),
  late('generate-access-token', 'read-settings', /always/, 'settings-unreadable'),
  late('refresh-access-token', 'read-settings', /always/, 'settings-unreadable'),
  late('refresh-schedule', 'read-settings', /always/, 'settings-unreadable'),
  late('disconnect', 'look-at-store', /always/, 'not-stored'),
  late('generate-access-token', 'look-at-store', /always/, 'not-kept'),
  late('refresh-access-token', 'look-at-store', /always/, 'not-kept'),
  ...['timeout', 'timeout after the work'].map((fault) => ({
    flow: /generate-access-token$/,
    task: 'ask-fortnox:code',
    howOften: /once/,
    fault,
    slowly: 'temporary',
    reason: ONE_TRY,
  })),
  ...['timeout', 'timeout after the work'].map((fault) => ({
    flow: /refresh-access-token$/,
    task: 'ask-fortnox:refresh',
    howOften: /always/,
    fault,
    slowly: 'ok',
    reason:
      'A second rotation may not begin so late; client credentials are asked in its place, and give a token.',
  })),
];

function late(flow: string, task: string, howOften: RegExp, slowly: string): Exception {
  return {
    flow: new RegExp(`${flow}$`),
    task,
    howOften,
    fault: '3 s late',
    slowly,
    reason: TOO_LATE,
  };
}

const cells = tasks
  .flatMap(({ flow, task }) => hits.map((hit) => ({ flow, task, ...hit })))
  .filter((_cell, at) => at % EVERY === 0);

describe.each(cells)('$flow: $task, $howOften $fault.name', (cell) => {
  const { flow, task, fault, howOften } = cell;
  test('ends in time at 2 s a call, with the same sentence as at once', async () => {
    const codes: string[] = [];
    for (const latency of [0, ...SLOW]) {
      const settings = settingsFor(flow, task, latency);
      const before = settings.token;
      const done = await runWith(settings, flow, task, fault, howOften);
      expectSound(flow, settings, done, before);
      codes.push(codeOf(done));
    }
    const exception = EXCEPTIONS.find(
      (one) =>
        one.flow.test(flow) &&
        one.task === task &&
        one.howOften.test(howOften) &&
        one.fault === fault.name,
    );
    const [atOnce] = codes;
    expect(codes).toEqual([atOnce, atOnce, exception?.slowly ?? atOnce]);
  });
});

/** The code in the sentence that a run fails with; `ok` where it does not. */
function codeOf({ ok, error }: Run): string {
  return ok ? 'ok' : (/\[([a-z-]+)\]$/.exec(error?.message ?? '')?.[1] ?? String(error?.message));
}
