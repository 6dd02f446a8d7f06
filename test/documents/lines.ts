import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository. */
export const ROOT = join(import.meta.dirname, '../..');

/** A command line that a document has people type. */
export interface Line {
  readonly page: string;
  readonly text: string;
  /** Which block of the page it stands in; undefined where it stands in a sentence. */
  readonly block: number | undefined;
}

/** A block of commands, as it stands. */
export interface Block {
  readonly page: string;
  /** Counted on the page, from 0. */
  readonly at: number;
  readonly lines: readonly string[];
}

/** Every document that is for people. */
const pages: readonly string[] = [
  'README.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .sort(),
];

/** A program that a document may have people run. */
const PROGRAM = /^(?:npx|npm|git|curl|tar|bash|gh|fortnox-blueprint) \S/;

/** @returns the shell blocks of a page: between fences, or indented with a program in front */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const fenced = [...text.matchAll(/^ *```(?:sh|bash|shell)\n([\s\S]*?)^ *```/gm)];
  const indented = [...text.matchAll(/(?<=\n\n)((?: {4}\S.*\n)+)/g)].filter(([block]) =>
    PROGRAM.test(block.trim()),
  );
  return [...fenced, ...indented]
    .sort((a, b) => a.index - b.index)
    .map(([, block = ''], at) => ({ page, at, lines: commandsIn(block) }));
}

/** A comment is no part of a line, and a line that goes on below is one. */
function commandsIn(block: string): string[] {
  return block
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

/** @returns the commands that stand in a sentence or a table of a page */
function inlineOf(page: string): Line[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
  return [...text.matchAll(/`([^`]+)`/g)]
    .map(([, span = '']) => span.replaceAll(/\s*\n\s*/g, ' '))
    .filter((span) => PROGRAM.test(span))
    .map((span) => ({ page, text: span, block: undefined }));
}

/** @returns what the jobs of a page run */
function jobsOf(page: string): Line[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^ *```yaml\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
    commandsIn(block)
      .map((line) => line.replace(/^(?:- )?(?:run: |script: )?/, ''))
      .filter((line) => PROGRAM.test(line) || /^(?:command: \[npx|gzip )/.test(line))
      .map((text) => ({ page, text, block: undefined })),
  );
}

/** Every command line of every document. */
export const lines: readonly Line[] = pages.flatMap((page) => [
  ...blocksOf(page).flatMap(({ at, lines }) => lines.map((text) => ({ page, text, block: at }))),
  ...inlineOf(page),
  ...jobsOf(page),
]);
