import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCampaign } from '../../sandbox/campaign/campaign.js';
import { ConnectedWorld } from '../../sandbox/campaign/connected-world.js';
import { EVENTS } from '../../sandbox/campaign/events.js';
import { runHistory } from '../../sandbox/campaign/history.js';
import { type Material, materialFrom } from '../../sandbox/campaign/material.js';
import { drawProperties, PROPERTIES } from '../../sandbox/campaign/properties.js';
import { Random } from '../../sandbox/campaign/random.js';
import { render } from '../../sandbox/campaign/render.js';
import { SPOILED, type Spoiled } from '../../sandbox/campaign/spoiled.js';
import { quickenEngine } from '../../sandbox/engine/quick-broker.js';

const root = join(import.meta.dirname, '../..');
const nothing = { lost: 0, wrong: 0, foreign: 0, spent: 0, false: 0 };

/** The first history in which what a spoiled flow does is found. */
async function firstSeed(material: Material, spoiled: Spoiled): Promise<number | undefined> {
  const { finding, seed, within, clientCredentials } = spoiled;
  for (let at = seed; at < seed + within; at += 1) {
    if ((await runHistory(material, at, clientCredentials)).found[finding] > 0) {
      return at;
    }
  }
  return undefined;
}

describe('given a guard is removed, the campaign finds what comes of it, and nothing with the guard', () => {
  test.each(SPOILED.map((row) => [row.name, row] as const))('%s', async (_name, spoiled) => {
    const { finding, clientCredentials } = spoiled;
    const material = await materialFrom(root, { spoiled });
    const seed = await firstSeed(material, spoiled);
    expect(seed).toBeDefined();
    const ours = await runHistory(await materialFrom(root), seed ?? 0, clientCredentials);
    expect(ours.found, finding).toEqual(nothing);
  });

  test('a guard that is not there is not taken for one', async () => {
    const spoiled = { ...SPOILED[0], guards: [{ from: 'no such line', to: '' }] } as never;
    await expect(materialFrom(root, { spoiled })).rejects.toThrow('no such line');
  });
});

test.each([true, false])(
  'given the shipped flows, nothing is found in ten histories (client credentials: %s)',
  async (clientCredentials) => {
    const report = await runCampaign({ root, runs: 10, seed: 20_000, clientCredentials });
    expect(report.findings.map(({ seed, trace }) => ({ seed, trace }))).toEqual([]);
  },
);

describe('given the same seed', () => {
  test('a history is the same to the letter, with the quick broker and without', async () => {
    const material = await materialFrom(root);
    const first = await runHistory(material, 42, true);
    const slowDown = quickenEngine(material.refresh);
    expect(slowDown).toBeDefined();
    const second = await runHistory(material, 42, true);
    slowDown?.();
    expect(second).toEqual(first);
    expect((await runHistory(material, 43, true)).trace).not.toEqual(first.trace);
  });

  test('a history is the same where every element is told that it was not taken', async () => {
    const pruned = await runHistory(await materialFrom(root), 20_003, false);
    const unpruned = await materialFrom(root, { isUnpruned: true });
    expect(await runHistory(unpruned, 20_003, false)).toEqual(pruned);
  });
});

test('given neighbouring seeds, the numbers have nothing in common', () => {
  const draws = Array.from({ length: 500 }, (_, seed) => new Random(seed).next());
  expect(new Set(draws).size).toBe(500);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  expect(mean).toBeGreaterThan(0.4);
  expect(mean).toBeLessThan(0.6);
});

test('given many seeds, every property takes every value', () => {
  const drawn = new Set<string>();
  for (let seed = 0; seed < 300; seed += 1) {
    for (const name of drawProperties(new Random(seed)).names) {
      drawn.add(name);
    }
  }
  const all = Object.values(PROPERTIES).flatMap((rows) => rows.map(([, , name]) => name));
  expect([...drawn].sort()).toEqual([...all].sort());
  expect(EVENTS.every(({ chance }) => chance > 0)).toBe(true);
});

test('given a finding, the report counts it, and shows how to replay it and what happened', async () => {
  const spoiled = SPOILED.find((row) => row.name === 'saves once');
  const { seed = 0, clientCredentials = false, name } = spoiled ?? ({} as Partial<Spoiled>);
  const report = await runCampaign({ root, runs: 1, seed, clientCredentials, spoiled });
  expect(report.found.lost).toBeGreaterThan(0);
  const text = render(report);
  expect(text).toContain(
    `npm run campaign -- --runs 1 --seed ${seed} --without-client-credentials --spoil "${name}"`,
  );
  expect(text).toMatch(/day \d+ \+\d+\.\d s {2}refresh \d+ save-token: /);
  expect(text).toMatch(/\n {2}PUT (merges|replaces) +1\n/);
});

test('given no other use for 400 days, the schedule keeps the connection alive without client credentials', async () => {
  const random = new Random(7);
  const { drawn } = drawProperties(random);
  const properties = { ...drawn, isManual: false, settingsMap: 'complete' } as const;
  const connected = new ConnectedWorld(await materialFrom(root), random, properties, false);
  const { clock, fortnox } = connected.world;
  for (let day = 0; day < 400; day += 1) {
    clock.advance(86_400_000);
    expect((await clock.until(connected.fireSchedule())).ok).toBe(true);
  }
  const result = await clock.until(connected.refresh());
  const { access_token } = result.output.output as { access_token: string };
  expect(fortnox.isAccessTokenValid(access_token)).toBe(true);
});
