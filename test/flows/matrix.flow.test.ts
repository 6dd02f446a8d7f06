import { describe, expect, test } from 'vitest';
import type { Run } from './harness.js';
import { expectSound, hits, runWith, settingsFor, storedIn, tasks } from './matrix.js';
import type { Settings } from './world.js';

const rows = new Map<string, string[]>();

/** Notes a row of the table: what the fault came to, what is stored, and which calls were made. */
function note(flow: string, cells: readonly string[], settings: Settings, done: Run): void {
  const calls = new Map<string, number>();
  for (const call of done.calls) {
    calls.set(call.task, (calls.get(call.task) ?? 0) + 1);
  }
  const made = [...calls]
    .map(([name, count]) => (count > 1 ? `${name} x${count}` : name))
    .join(', ');
  const widths = [19, 7, 29, 6, 7];
  const row = [...cells, done.ok ? 'ok' : 'fails', storedIn(settings)];
  const line = `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' ')} ${made}`;
  rows.set(flow, [...(rows.get(flow) ?? []), line]);
}

describe.each(tasks)('$flow: $task', ({ flow, task }) => {
  test.each(hits)('$howOften $fault.name', async ({ howOften, fault }) => {
    const settings = settingsFor(flow, task);
    const before = settings.token;
    const done = await runWith(settings, flow, task, fault, howOften);
    expectSound(flow, settings, done, before);
    note(flow, [task, howOften, fault.name], settings, done);
  });
});

test.each([...new Set(tasks.map(({ flow }) => flow))])(
  'the outcome, the stored token and the calls of %s are those of its table',
  async (flow) => {
    const own = tasks.filter((one) => one.flow === flow);
    expect(rows.get(flow)).toHaveLength(own.length * hits.length);
    await expect(`${rows.get(flow)?.join('\n')}\n`).toMatchFileSnapshot(`matrix/${flow}.txt`);
  },
);
