import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..');
const own = /house\/clock\.test\.ts$/;

// A limit on the wall clock is red on a busy computer with nothing wrong. Limits are in steps, in the order of events, in
// CPU time or memory; a wait that must not be shorter may be measured.
test('no test limits how long something takes by the clock on the wall', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !own.test(name.replaceAll('\\', '/')),
  );
  const limiting = files.filter((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const clocks = [...text.matchAll(/const (\w+) = (?:performance|Date)\.now\(\)/g)].map(
      ([, at]) => at,
    );
    return clocks.some((at) =>
      new RegExp(`now\\(\\) - ${at}\\b[^;]*\\.toBeLessThan|now\\(\\) - ${at}\\)? *<`).test(text),
    );
  });
  expect(limiting).toEqual([]);
});
