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

// A test that hangs ends by the one limit of vitest.config.ts; a shorter one of its own is a limit on how fast a machine is.
test('no test has a shorter time of its own than all of them', () => {
  const config = readFileSync(join(folder, '../vitest.config.ts'), 'utf8');
  const limit = numberOf(/testTimeout: ([\d_]+)/.exec(config)?.[1]);
  expect(limit).toBeGreaterThanOrEqual(30 * 60_000);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.test.ts') && !own.test(name.replaceAll('\\', '/')),
  );
  const shorter = files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const limits = [
      ...text.matchAll(/\{\s*timeout: ([\d_]+)/g),
      ...text.matchAll(/^\s*\},\s*([\d_]{6,}),?\s*\);$/gm),
    ];
    return limits.filter(([, at]) => numberOf(at) < limit).map(([found]) => `${name}: ${found}`);
  });
  expect(shorter).toEqual([]);
});

function numberOf(text = ''): number {
  return Number(text.replaceAll('_', ''));
}
