import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCampaign } from '../../sandbox/campaign/campaign.js';
import { parseFlow } from '../../sandbox/engine/flow.js';
import { prunedElements } from '../../sandbox/engine/pruned.js';
import { bothSides, readLatency, slow } from '../../sandbox/net/latency.js';
import { World } from '../../sandbox/world.js';
import { hub } from '../support/hub.js';
import { callTo, importWorkflow } from './flows.js';

const CALL = {
  side: 'hub',
  method: 'GET',
  path: '/',
  query: new URLSearchParams(),
  headers: {},
  body: '',
} as const;

describe('a latency', () => {
  test.each([
    ['0', { milliseconds: 0, jitter: 0 }],
    ['200', { milliseconds: 200, jitter: 0 }],
    ['0:2000', { milliseconds: 0, jitter: 2000 }],
  ])('of %s is read', (text, latency) => {
    expect(readLatency(text, '--latency')).toEqual(latency);
  });

  test.each(['', '-1', '1.5', '2s', '200:', ':50', '200:50:1'])('of "%s" is refused', (text) => {
    expect(() => readLatency(text, '--hub-latency')).toThrow(/^--hub-latency takes milliseconds/);
  });

  test('passes half on the way there and half back, with the chance part in it', () => {
    expect(slow(bothSides(200), () => 0.9)(CALL)).toEqual([100, 100]);
    expect(slow(bothSides(200, 100), () => 0.5)(CALL)).toEqual([125, 125]);
  });

  test('of one side leaves the other as fast as ever', () => {
    const latency = slow({ hub: { milliseconds: 200 } });
    expect(latency(CALL)).toEqual([100, 100]);
    expect(latency({ ...CALL, side: 'fortnox' })).toEqual([0, 0]);
  });
});

describe('in a simulated world', () => {
  const source = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"/>${callTo('/my/config/settings')}</bpmn:process></bpmn:definitions>`;

  test.each([0, 200, 2000])('a call takes %i ms of its clock', async (milliseconds) => {
    const latency = slow(bothSides(milliseconds));
    const world = new World({ start: 0, resourcesDir: '/nowhere', latency });
    const flow = await parseFlow(source, prunedElements);
    const { ok } = await world.clock.until(world.run(flow));
    expect([ok, world.clock.now()]).toEqual([true, milliseconds]);
  });

  test('a campaign at a latency says so, and is the same at every repetition', async () => {
    const root = join(import.meta.dirname, '../..');
    const latency = { milliseconds: 0, jitter: 2000 };
    const campaign = async () =>
      await runCampaign({ root, runs: 3, seed: 5, clientCredentials: true, latency });
    const { seconds: _, cpuSeconds: _cpu, ...first } = await campaign();
    expect(await campaign()).toMatchObject(first);
    expect(first.latency).toEqual(latency);
  });
});

describe('over HTTP', () => {
  const tookMs = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };

  test('the Hub answers late, to a caller and to a flow', async () => {
    const { sandbox } = await hub({ latency: { hub: { milliseconds: 120 } } });
    const headers = { authorization: sandbox.token };
    importWorkflow(sandbox, { key: 'order', body: callTo('/my/config/settings') });
    const read = () => fetch(`${sandbox.apiUrl}/my/config/settings`, { headers });
    const run = () =>
      fetch(`${sandbox.apiUrl}/my/workflows/run/order`, { method: 'POST', headers });
    expect(await tookMs(read)).toBeGreaterThan(115);
    expect(await tookMs(run)).toBeGreaterThan(235);
  });

  test('Fortnox answers late', async () => {
    const { sandbox } = await hub({ latency: { fortnox: { milliseconds: 120 } } });
    const ask = () => fetch(`${sandbox.fortnoxUrl}/oauth-v1/token`, { method: 'POST' });
    expect(await tookMs(ask)).toBeGreaterThan(115);
  });
});
