import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lint, measureMistake, measureRight } from './corpus/measure.js';
import { mistakes } from './corpus/mistakes/index.js';
import type { Kind } from './corpus/mistakes/mistake.js';
import { withTables } from './corpus/page.js';
import { right } from './corpus/right/index.js';
import { BOUNDS, type Row, tableOf, totalsOf } from './corpus/table.js';

const PAGE = join(import.meta.dirname, '../../docs/validation.md');

test('what the rules find in the corpus is as written down, in the page as well', async () => {
  const rights = [];
  for (const [name, blueprint] of Object.entries(right)) {
    const result = await measureRight(blueprint);
    rights.push([name, result, await lint(blueprint.files), blueprint] as const);
  }
  const rows: Row[] = [];
  for (const kind of Object.keys(mistakes) as Kind[]) {
    for (const mistake of mistakes[kind]) {
      rows.push({ kind, mistake, result: await measureMistake(mistake) });
    }
  }
  const totals = totalsOf(rights, rows);
  const { falseErrors, falseWarnings, cluttered } = totals;
  expect({ falseErrors, falseWarnings, cluttered }).toEqual({
    falseErrors: BOUNDS.falseErrors,
    falseWarnings: BOUNDS.falseWarnings,
    cluttered: [],
  });
  expect(totals.found / totals.mistakes).toBeGreaterThanOrEqual(BOUNDS.found);
  expect(totals.foundAsErrors / totals.mistakes).toBeGreaterThanOrEqual(BOUNDS.foundAsErrors);
  await expect(tableOf(rights, rows)).toMatchFileSnapshot('corpus/results.txt');
  const page = readFileSync(PAGE, 'utf8');
  const current = withTables(page, rights, rows);
  if (process.env.CORPUS === 'write') {
    writeFileSync(PAGE, current);
  } else {
    expect(current, 'docs/validation.md is out of date: npm run corpus').toBe(page);
  }
});
