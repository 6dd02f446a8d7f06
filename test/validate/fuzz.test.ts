import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlueprintError } from '../../src/core/errors.js';
import { validateBlueprint } from '../../src/validate/index.js';

const ROOT = join(import.meta.dirname, '../..');
// `npm run fuzz` runs 20,000.
const RUNS = Number(process.env.FUZZ_RUNS ?? 600);
const FILES = [
  'config.json',
  ...['flows', 'forms', 'resources'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(bpmn|js|pug)$/.test(name))
      .map((name) => join(folder, name)),
  ),
];
const texts = new Map(FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

/** A place in a text and what happens there. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 400 }),
  put: fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '{',
      '}',
      '(',
      ')',
      '${',
      '&',
      '<![CDATA[',
      ']]>',
      '<!--',
      '\n',
      '\t',
      '`',
      '/*',
      '//',
      '\u0000',
      '\u2028',
    ),
    fc.constant(null),
  ),
});

/** Cuts, puts in, or says twice. */
function mutated(
  text: string,
  edits: readonly { at: number; length: number; put: string | null }[],
): string {
  return edits.reduce((now, { at, length, put }) => {
    const start = Math.floor(at * now.length);
    const part = now.slice(start, start + length);
    return now.slice(0, start) + (put ?? part + part) + now.slice(start + length);
  }, text);
}

test(`${RUNS} random mutations of real files end in findings, never in an error`, {
  timeout: 1_800_000,
}, async () => {
  const root = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILES),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (file, edits) => {
          mkdirSync(dirname(join(root, file)), { recursive: true });
          writeFileSync(join(root, file), mutated(texts.get(file) ?? '', edits));
          try {
            const { findings, files } = await validateBlueprint(root);
            expect(files).toBe(1);
            for (const { message, line = 1, column = 1 } of findings) {
              expect(message).toMatch(/\S/);
              expect(Math.min(line, column)).toBeGreaterThan(0);
            }
          } catch (error) {
            if (!(error instanceof BlueprintError)) {
              throw error;
            }
          } finally {
            rmSync(join(root, file));
          }
        },
      ),
      { numRuns: RUNS },
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
