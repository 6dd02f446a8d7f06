import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blueprintFolder, type Files, findings } from './blueprint.js';
import { baseOf, mistaken, mistakes } from './corpus/mistakes/index.js';
import type { Mistake } from './corpus/mistakes/mistake.js';
import { orders } from './corpus/mistakes/orders.js';
import { report } from './corpus/mistakes/report.js';
import { runOf, world } from './corpus/mistakes/world.js';
import { type Ended, runOnEngine } from './corpus/run.js';

/** Milliseconds after which a flow that waits for ever is given up; a busy machine can't make this fail. */
const PATIENCE = 300;

const all = Object.entries(mistakes).flatMap(([kind, rows]) =>
  rows.map((mistake) => ({ kind, name: mistake.name, mistake })),
);

test.each(Object.entries(mistakes))('there are at least twenty in %s', (_kind, rows) => {
  expect(rows.length).toBeGreaterThanOrEqual(20);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

test('what the mistakes are made in has none itself', async () => {
  expect(await findings(orders)).toEqual([]);
  expect(await findings(report)).toEqual([]);
});

test.each(all.filter(({ mistake }) => mistake.engine !== undefined))(
  'the engine shows the mistake: $kind, $name',
  async ({ mistake }) => {
    const right = await outcome(baseOf(mistake), mistake);
    const wrong = await outcome(
      mistaken(mistake),
      mistake,
      mistake.engine === 'waiting' ? PATIENCE : undefined,
    );
    expect(right).toMatchObject({ how: 'done', problems: [] });
    if (mistake.engine === 'differs') {
      expect(wrong).not.toEqual(right);
    } else {
      expect(wrong.how).toBe(mistake.engine);
    }
  },
);

function outcome(files: Files, mistake: Mistake, patience?: number): Promise<Ended> {
  const { path, variables } = runOf(mistake);
  return runOnEngine({
    source: String(files[path]),
    resourcesDir: join(blueprintFolder(files), 'resources'),
    variables,
    answer: world,
    patience,
  });
}
