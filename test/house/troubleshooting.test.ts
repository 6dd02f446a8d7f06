import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');

/** Names in snake case that are no code of a failure: they belong to OAuth, to Node and to stored records. */
const OTHERS = ['client_id', 'redirect_uri', 'node_modules', 'access_token', 'refresh_token'];

/** Every code that src/ can fail with: what an error is made with, and every other name that is written as a code is. */
function codes(): string[] {
  const found = new Set<string>();
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) {
      continue;
    }
    const text = readFileSync(join(root, 'src', file), 'utf8');
    const made = [...text.matchAll(/\b(?:\w*Error|super)\(\s*'([a-z_]+)'/g)];
    // The facts of Fortnox and of the Hub that rules know are written alike.
    const named = file.startsWith('validate') ? [] : [...text.matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)];
    for (const [, code = ''] of [...made, ...named]) {
      found.add(code);
    }
  }
  return [...found].filter((code) => !OTHERS.includes(code)).sort();
}

/** What the page says of each code. */
const sections = new Map(
  [...page.matchAll(/^### `([a-z_]+)`\n([^#]+)/gm)].map(([, code, text]) => [code, text?.trim()]),
);

describe('the page of failures', () => {
  test.each(codes())('has a heading for %s, with what to do', (code) => {
    expect(sections.get(code) ?? '').toMatch(/\w{3}/);
  });

  test('has each heading once', () => {
    const headings = [...page.matchAll(/^### `([a-z_]+)`$/gm)].map(([, code]) => code);
    expect(headings).toEqual([...new Set(headings)]);
  });

  test('knows the codes of every room that can fail', () => {
    expect(codes()).toEqual(
      expect.arrayContaining(['usage', 'bug', 'interrupted', 'hub_unreachable', 'flow_failed']),
    );
  });
});
