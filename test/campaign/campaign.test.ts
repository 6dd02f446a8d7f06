import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCampaign } from '../../sandbox/campaign/campaign.js';
import { ConnectedWorld } from '../../sandbox/campaign/connected-world.js';
import { runHistory } from '../../sandbox/campaign/history.js';
import { materialFrom } from '../../sandbox/campaign/material.js';
import { Random } from '../../sandbox/campaign/random.js';
import { render } from '../../sandbox/campaign/render.js';
import { spoiled } from './spoiled.js';

const root = join(import.meta.dirname, '../..');
/** Runs histories without client credentials until one is lost that could have been kept. */
async function firstLoss(
  refreshFlow: string,
  seed: number,
  most: number,
): Promise<number | undefined> {
  const flows = await materialFrom(root, refreshFlow);
  for (let at = seed; at < seed + most; at += 1) {
    const { lost, unavoidable } = await runHistory(flows, at, false);
    if (lost && !unavoidable) {
      return at;
    }
  }
  return undefined;
}

describe('given a refresh flow that is spoiled, the campaign without client credentials finds it losing', () => {
  test.each([
    ['saves once', spoiled.savesOnce, 1],
    ['repeats the save without looking', spoiled.repeatsBlindly, 1],
    ['takes any 2xx for saved', spoiled.trustsAnyAnswer, 1],
  ])(
    '%s, and finds ours not losing there',
    async (_name, flow, seed) => {
      const found = await firstLoss(flow, seed, 120);
      expect(found).toBeDefined();
      const ours = await runHistory(await materialFrom(root), found ?? 0, false);
      expect({ lost: ours.lost && !ours.unavoidable, wrong: ours.wrong }).toEqual({
        lost: false,
        wrong: 0,
      });
    },
    90_000,
  );
});

test('given the same seed, a history is the same to the letter', async () => {
  const flows = await materialFrom(root);
  const first = await runHistory(flows, 42, true);
  expect(await runHistory(flows, 42, true)).toEqual(first);
  expect((await runHistory(flows, 43, true)).trace).not.toEqual(first.trace);
});

test('given neighbouring seeds, the numbers have nothing in common', () => {
  const draws = Array.from({ length: 500 }, (_, seed) => new Random(seed).next());
  expect(new Set(draws).size).toBe(500);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  expect(mean).toBeGreaterThan(0.4);
  expect(mean).toBeLessThan(0.6);
});

test('given a loss, the report shows how to replay it and what happened', async () => {
  const report = await runCampaign({
    root,
    runs: 20,
    seed: 1,
    clientCredentials: false,
    refreshFlow: spoiled.savesOnce,
  });
  expect(report.lost).toBeGreaterThan(0);
  const text = render(report);
  const seed = report.findings[0]?.seed;
  expect(text).toContain(
    `npm run campaign -- --runs 1 --seed ${seed} --without-client-credentials`,
  );
  expect(text).toMatch(/day \d+ \+\d+\.\d s {2}refresh \d+ save-token: /);
}, 60_000);

test('given no other use for 400 days, the schedule keeps the connection alive without client credentials', async () => {
  const connected = new ConnectedWorld(await materialFrom(root), new Random(7), {
    put: 'replaces',
    clientCredentials: false,
  });
  const { clock, fortnox } = connected.world;
  for (let day = 0; day < 400; day += 1) {
    clock.advance(86_400_000);
    expect((await clock.until(connected.fireSchedule())).ok).toBe(true);
  }
  const result = await clock.until(connected.refresh());
  const { access_token } = result.output.output as { access_token: string };
  expect(fortnox.isAccessTokenValid(access_token)).toBe(true);
}, 90_000);
