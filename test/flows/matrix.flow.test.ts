import { describe, expect, test } from 'vitest';
import { hits, rowOf, tasks } from './matrix.js';

const rows = new Map<string, string[]>();

describe.each(tasks)('$flow: $task', ({ flow, task }) => {
  test.each(hits)('$howOften $fault.name', async (hit) => {
    rows.set(flow, [...(rows.get(flow) ?? []), await rowOf(flow, task, hit)]);
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
