import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { LoggedCall } from '../../sandbox/net/faults.js';
import { folder } from '../support/folder.js';
import { connectedHub, hub, installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

const LATENCY = 250;

/** How often the program had to wait for an answer before it could ask on: calls that came in together are one trip. */
function trips(calls: readonly LoggedCall[]): number {
  const times = calls.map(({ at }) => at).sort((a, b) => a - b);
  return times.filter((at, nth) => nth === 0 || at - (times[nth - 1] ?? 0) > LATENCY * 0.6).length;
}

async function measured(
  start: () => ReturnType<typeof hub>,
  given: Readonly<Record<string, string>> = {},
): Promise<{ requests: number; trips: number }> {
  const started = await start();
  const { sandbox } = started;
  const env = { ...started.env, ...given };
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

  test.each([
    ['', () => installedHub(), {}],
    [
      ', on a Hub that masks its passwords too',
      () => installedHub({ modes: { passwords: 'masked' } }),
      { FORTNOX_APP_CLIENTSECRET: '' },
    ],
  ] as const)(
    'one that changes nothing takes at most 1 trip and 6 requests%s',
    async (_name, start, given) => {
      const cost = await measured(start, given);
      expect(cost.trips).toBeLessThanOrEqual(1);
      expect(cost.requests).toBeLessThanOrEqual(6);
    },
  );
});

describe('at its peak the memory of the whole process is below 120 MB', () => {
  const MAX_MB = 120;

  /** Runs the program. @returns its peak memory in MB, as the system counts it */
  async function peakOf(argv: readonly string[], env: Record<string, string>): Promise<number> {
    const hook = join(folder(), 'peak.mjs');
    const told = "'PEAK ' + process.resourceUsage().maxRSS + ' KB'";
    writeFileSync(hook, `process.on('exit', () => process.stderr.write(${told}));`);
    const NODE_OPTIONS = `--import=${pathToFileURL(hook)}`;
    const { code, stderr } = await cli(argv, { env: { ...env, NODE_OPTIONS } });
    expect(code).toBe(0);
    return Number(/PEAK (\d+) KB/.exec(stderr)?.[1]) / 1024;
  }

  test.each([
    ['a first install', ['install'], hub],
    ['an install that changes nothing', ['install'], installedHub],
    ['status', ['status'], connectedHub],
  ] as const)('%s', async (_name, argv, start) => {
    const { env } = await start();
    const peak = await peakOf(argv, env);
    expect(peak).toBeGreaterThan(20);
    expect(peak).toBeLessThan(MAX_MB);
  });
});
