import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/commands/command-line.js';
import { commands } from '../../src/commands/index.js';

const root = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The lines of a page's shell blocks, of which a comment is no part; a line that goes on below is one. */
function shellLines(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^ *```(?:sh|bash|shell)\n([\s\S]*?)^ *```/gm)].flatMap(
    ([, block = '']) =>
      block
        .replaceAll(/\\\n\s*/g, ' ')
        .split('\n')
        .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
        .filter((line) => line !== ''),
  );
}

const lines = pages.flatMap((page) => shellLines(page).map((line) => [page, line] as const));

/** The words behind a program's name on a line, up to what a shell takes for itself. */
function wordsBehind(line: string, name: RegExp): string[][] {
  return line
    .split(/&&|\|\|?|;/)
    .flatMap((part) => name.exec(part)?.[1] ?? [])
    .map((rest) => rest.split(/\s[<>]/)[0] ?? '')
    .map((rest) => [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, a, b]) => a ?? b ?? ''));
}

const own = lines.flatMap(([page, line]) =>
  wordsBehind(line, /^\s*(?:\w+=\S+ )*(?:npx )?(?:-\S+ )*fortnox-blueprint(?:@\S+)? (.+)/).map(
    (words) => [page, words] as const,
  ),
);
const npm = lines.flatMap(([page, line]) =>
  wordsBehind(line, /^\s*npm run (?:-s )?(.+)/).map(([script = '']) => [page, script] as const),
);

describe('what the documents have people type', () => {
  test('is found', () => {
    expect(own.length).toBeGreaterThan(10);
    expect(npm.length).toBeGreaterThan(10);
  });

  test.each(own)('%s: the program knows %j', (_page, words) => {
    expect(readCommandLine(words, commands).problem).toBeUndefined();
  });

  test.each(npm)('%s: npm run %s is there', (_page, script) => {
    expect(Object.keys(scripts)).toContain(script);
  });
});
