import { describe, expect, test } from 'vitest';
import { runScenario, scenarios } from './calls.js';
import { serviceTasks } from './service-tasks.js';

const seen = new Map<string, Set<string>>();
const parts: string[] = [];

describe('what every service task hands to its connector', () => {
  test.each(scenarios)('$flow, $name', async (scenario) => {
    const { flow } = scenario;
    const { done, part } = await runScenario(scenario);
    parts.push(part);
    for (const { task } of done.calls) {
      seen.set(flow, (seen.get(flow) ?? new Set()).add(task.split(':')[0] ?? task));
    }
  });

  test('is written down, secrets as their names', async () => {
    await expect(parts.join('\n')).toMatchFileSnapshot('calls.txt');
  });

  test('is written down for every service task that there is', async () => {
    const missing = (await serviceTasks()).filter(({ flow, task }) => !seen.get(flow)?.has(task));
    expect(missing).toEqual([]);
  });
});
