import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/commands/command-line.js';
import { commands } from '../../src/commands/index.js';
import { type Fate, rowOf, rows } from './fates.js';
import { lines, ROOT } from './lines.js';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** The words behind a program's name on a line, up to what a shell takes for itself. */
function wordsBehind(line: string, name: RegExp): string[][] {
  return line
    .split(/&&|\|\|?|;/)
    .flatMap((part) => name.exec(part)?.[1] ?? [])
    .map((rest) => rest.split(/\s[<>]/)[0] ?? '')
    .map((rest) => [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, a, b]) => a ?? b ?? ''));
}

const isPlaceholder = (word: string) => /^\[?[A-Z]+\]?$/.test(word);
const own = lines.flatMap(({ page, text }) =>
  wordsBehind(text, /^\s*(?:npx )?(?:-\S+ )*fortnox-blueprint(?:@\S+)? (.+)/)
    .filter((words) => !words.some(isPlaceholder))
    .map((words) => [page, words] as const),
);
const npm = lines.flatMap(({ page, text }) =>
  wordsBehind(text, /^\s*npm run (?:-s )?(.+)/).map(([script = '']) => [page, script] as const),
);

describe('what the documents have people type', () => {
  test('is found', () => {
    expect(own.length).toBeGreaterThan(50);
    expect(npm.length).toBeGreaterThan(40);
  });

  test.each(own)('%s: the program knows %j', (_page, words) => {
    expect(readCommandLine(words, commands).problem).toBeUndefined();
  });

  test.each(npm)('%s: npm run %s is there, and so is each file that it names', (_page, script) => {
    expect(Object.keys(scripts)).toContain(script);
    const files = String(scripts[script]).match(/\b(?:tools|test|bench)\/[\w./-]+/g) ?? [];
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('has a fate, each line of it: it is run, or the reason is told why not', () => {
    expect(lines.filter((line) => !rowOf(line)).map(({ page, text }) => [page, text])).toEqual([]);
  });

  test('no fate is told that no line has', () => {
    const used = new Set(lines.map(rowOf));
    expect(rows.filter((row) => !used.has(row)).map((row) => String(row.lines))).toEqual([]);
  });

  test('is held by what there is, where another file holds it', () => {
    const held = lines.flatMap((line) => {
      const fate: Fate = rowOf(line)?.fate ?? { because: '' };
      return 'heldBy' in fate ? [{ ...line, file: fate.heldBy }] : [];
    });
    expect(held.length).toBeGreaterThan(10);
    const ci = readFileSync(join(ROOT, '.ci/run'), 'utf8');
    for (const { text, file } of held) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      const [, script] = /npm run (\S+)/.exec(text) ?? [];
      if (file === '.ci/run' && script !== undefined && script !== 'build') {
        expect(ci).toMatch(new RegExp(`npm run -s ${script}\\b`));
      }
    }
  });

  test('is, but for a few lines, run', () => {
    const unrun = lines.filter((line) => {
      const fate = rowOf(line)?.fate;
      return fate !== undefined && 'because' in fate;
    });
    expect(unrun.length / lines.length).toBeLessThan(0.2);
  });
});
