import { describe, expect, test } from 'vitest';
import type { LoggedCall } from '../../sandbox/net/faults.js';
import { hub, installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

const LATENCY = 250;

/** How often the program had to wait for an answer before it could ask on: calls that came in together are one trip. */
function trips(calls: readonly LoggedCall[]): number {
  const times = calls.map(({ at }) => at).sort((a, b) => a - b);
  return times.filter((at, nth) => nth === 0 || at - (times[nth - 1] ?? 0) > LATENCY * 0.6).length;
}

async function measured(
  start: () => ReturnType<typeof hub>,
): Promise<{ requests: number; trips: number }> {
  const { sandbox, env } = await start();
  const from = sandbox.faults.calls.length;
  sandbox.faults.order({ side: 'hub', kind: 'delay', milliseconds: LATENCY, times: 1000 });
  const ended = await cli(['install', '--json'], { env });
  expect(ended.code).toBe(0);
  const { requests } = JSON.parse(ended.stdout);
  expect(requests).toBe(sandbox.faults.calls.length - from);
  return { requests, trips: trips(sandbox.faults.calls.slice(from)) };
}

describe('given a Hub that is far away', () => {
  test('a first install takes at most 4 trips one after another, and 42 requests', async () => {
    const cost = await measured(hub);
    expect(cost.trips).toBeLessThanOrEqual(4);
    expect(cost.requests).toBeLessThanOrEqual(42);
  });

  test('one that changes nothing takes at most 1 trip and 6 requests', async () => {
    const cost = await measured(installedHub);
    expect(cost.trips).toBeLessThanOrEqual(1);
    expect(cost.requests).toBeLessThanOrEqual(6);
  });
});
