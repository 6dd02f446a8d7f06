import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HARMLESS, whyHarmless } from './mutate/harmless.js';
import { allMutations, runMutations } from './mutate/run.js';

const ROOT = join(import.meta.dirname, '../..');
const filesBelow = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(bpmn|js|pug)$/.test(name))
    .map((name) => join(folder, name));

// `npm run mutate` runs them all, which takes minutes; here every so many, another set for each kind.
const EVERY = process.env.MUTATE === 'all' ? 1 : 12;
const all = allMutations(['config.json', ...['flows', 'forms', 'resources'].flatMap(filesBelow)]);
const chosen = all.filter((_, at) => at % EVERY === 0);

describe('a blueprint that is broken on purpose', () => {
  test('is found out, or stands in the list with the reason why it does no harm', {
    timeout: 86_400_000,
  }, async () => {
    const outcomes = await runMutations(chosen);
    const missed = outcomes
      .filter(({ rules }) => rules.length === 0)
      .map(({ mutation }) => mutation);
    const unexplained = missed.filter((mutation) => whyHarmless(mutation) === undefined);
    const found = outcomes.length - missed.length;
    process.stdout.write(
      `${outcomes.length} mutations of ${all.length}: ${found} found, ${missed.length - unexplained.length} harmless, ${unexplained.length} missed.\n`,
    );
    expect(outcomes.length).toBeGreaterThanOrEqual(200);
    expect(unexplained.map(({ kind, file, target }) => `${kind}: ${file}: ${target}`)).toEqual([]);
  });

  test('every reason in the list is still needed', () => {
    const unused = HARMLESS.filter(
      ({ kind, file, target }) =>
        !all.some((one) => one.kind === kind && file.test(one.file) && target.test(one.target)),
    );
    expect(unused).toEqual([]);
  });
});
