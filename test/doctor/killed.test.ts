import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../sandbox/net/faults.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Prober } from '../../src/hub/prober.js';
import { testContext } from '../support/context.js';
import { filledHub } from './modes.js';
import { scratchKeys, visit } from './visit.js';

const storeOf = ({ dataDir }: Sandbox) => readFileSync(join(dataDir, 'settings.json'), 'utf8');

/** Dies at a request, before or after the Hub has done its work; nothing is cleaned up then. */
function dyingAt(count: number, when: 'before' | 'after') {
  return (prober: Prober): Prober => ({
    get requests() {
      return prober.requests;
    },
    probe: async (request) => {
      const number = prober.requests + 1;
      if (number > count || (number === count && when === 'before')) {
        throw new Error('killed');
      }
      const probed = await prober.probe(request);
      if (number === count) {
        throw new Error('killed');
      }
      return probed;
    },
  });
}

const triesWrites = true;

describe('a run that ends at any request', () => {
  test.each(['before', 'after'] as const)(
    'killed %s the Hub did it: one scratch setting is left at most, and the next run removes it',
    async (when) => {
      const sandbox = await filledHub();
      const before = storeOf(sandbox);
      const { requests } = await visit(sandbox, { triesWrites });
      for (let count = 1; count <= requests; count += 1) {
        const between = dyingAt(count, when);
        await visit(sandbox, { triesWrites, between }).catch(() => undefined);
        expect(scratchKeys(sandbox).length, `at request ${count}`).toBeLessThanOrEqual(1);
        await visit(sandbox, { triesWrites });
        expect(storeOf(sandbox), `at request ${count}`).toBe(before);
      }
    },
  );

  test('Ctrl-C: the scratch setting is taken away at once', async () => {
    const sandbox = await filledHub();
    const before = storeOf(sandbox);
    const { requests } = await visit(sandbox, { triesWrites });
    for (let count = 1; count <= requests; count += 1) {
      const context = testContext();
      const between = (prober: Prober): Prober => ({
        get requests() {
          return prober.requests;
        },
        probe: async (request) => {
          const probed = await prober.probe(request);
          if (prober.requests === count) {
            context.interrupt();
          }
          return probed;
        },
      });
      await visit(sandbox, { triesWrites, context, between }).catch(() => undefined);
      expect(storeOf(sandbox), `at request ${count}`).toBe(before);
    }
  });

  test.each(['cut-before', 'cut-after', 'answer', 'answer-after'] as const)(
    'one call that fails (%s): it goes on, and leaves nothing or says what',
    async (kind: FaultKind) => {
      const sandbox = await filledHub();
      const before = storeOf(sandbox);
      const { requests } = await visit(sandbox, { triesWrites });
      for (let skip = 0; skip < requests; skip += 1) {
        sandbox.faults.order({ side: 'hub', kind, status: 500, skip, path: '/api/v2' });
        const { checks } = await visit(sandbox, { triesWrites });
        sandbox.faults.clear();
        const said = checks.find(({ id }) => id === 'writes')?.message ?? '';
        const silent = scratchKeys(sandbox).filter((key) => !said.includes(key));
        expect(silent, `call ${skip + 1}: ${said}`).toEqual([]);
        await visit(sandbox, { triesWrites });
        expect(storeOf(sandbox), `at request ${skip + 1}`).toBe(before);
      }
    },
  );
});

test('nothing is written without being asked to', async () => {
  const sandbox = await filledHub();
  const before = storeOf(sandbox);
  await visit(sandbox);
  const methods = new Set(sandbox.faults.calls.map(({ method }) => method));
  expect([...methods]).toEqual(['GET']);
  expect(storeOf(sandbox)).toBe(before);
});
