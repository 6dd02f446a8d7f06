import { expect, test } from 'vitest';
import { runningProcesses } from '../../src/hub/lifecycle.js';
import { clientOf, scripted } from './world.js';

test('of the processes of a Hub, those count that are of the workflow and have not ended', async () => {
  const records = [
    { id: '1', workflow: 'a-flow' },
    { id: '2', workflow: 'a-flow', enddate: '2026-01-01T00:00:00.000Z' },
    { id: '3', workflow: 'another-flow' },
  ];
  const { url } = await scripted(() => ({ body: { records } }));
  const running = await runningProcesses(clientOf(url), 'a-flow');
  expect(running?.map(({ id }) => id)).toEqual(['1']);
});

test.each([400, 403, 404, 422, 500])(
  'a Hub that answers %i to the question for processes shows none',
  async (status) => {
    const { url } = await scripted(() => ({ status, body: { message: 'no' } }));
    expect(await clientOf(url).processes('a-flow', 100)).toBeUndefined();
  },
);
