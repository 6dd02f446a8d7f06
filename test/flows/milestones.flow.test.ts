import { describe, expect, test } from 'vitest';
import { milestoneOf, outcomes } from './milestones.js';
import { serviceTasks } from './service-tasks.js';

const lines: string[] = [];

describe.each(await serviceTasks())('the milestone of $flow: $task', ({ flow, task }) => {
  test.each(outcomes)('%s', async (name, answer) => {
    const { result, line } = await milestoneOf(flow, task, [name, answer]);
    lines.push(line);
    expect(result?.done === true).toBe(answer === 'passes');
    expect(result?.error === true).toBe(answer !== 'passes');
  });
});

test('the milestones say what happened', async () => {
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('milestones.txt');
});
