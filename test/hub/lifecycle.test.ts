import { describe, expect, test } from 'vitest';
import { exportConfig, runningProcesses } from '../../src/hub/lifecycle.js';
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

test('the processes that a Hub lists are told as they are', async () => {
  const records = [{ id: '1', workflow: 'a-flow' }];
  const { url, seen } = await scripted(() => ({ body: { records } }));
  expect(await clientOf(url).processes('a-flow', 7)).toEqual(records);
  expect(seen[0]?.query).toEqual({ pagesize: '7', query: 'a-flow' });
});

const hubThatAnswers = async (status: number) =>
  clientOf((await scripted(() => ({ status, body: { message: 'no' } }))).url);

describe.each([400, 404, 422, 500])('a Hub that answers %i', (status) => {
  test('to the question for processes shows none', async () => {
    const hub = await hubThatAnswers(status);
    expect(await hub.processes('a-flow', 100)).toBeUndefined();
    expect(await runningProcesses(hub, 'a-flow')).toBeUndefined();
  });

  test('to the export has none', async () => {
    expect(await exportConfig(await hubThatAnswers(status))).toBeUndefined();
  });

  test('to the path of a file has none there', async () => {
    expect(await (await hubThatAnswers(status)).resourceFile('/flows/a.bpmn')).toBeUndefined();
  });
});

test('a Hub that answers 403 shows neither processes nor an export', async () => {
  const hub = await hubThatAnswers(403);
  expect(await hub.processes('a-flow', 100)).toBeUndefined();
  expect(await exportConfig(hub)).toBeUndefined();
});

test.each([401, 402])('an answer of %i to any of these questions is a failure', async (status) => {
  const hub = await hubThatAnswers(status);
  const failure = expect.objectContaining({ exitCode: status === 401 ? 4 : 6 });
  await expect(hub.processes('a-flow', 100)).rejects.toEqual(failure);
  await expect(runningProcesses(hub, 'a-flow')).rejects.toEqual(failure);
  await expect(exportConfig(hub)).rejects.toEqual(failure);
  await expect(hub.resourceFile('/flows/a.bpmn')).rejects.toEqual(failure);
});
