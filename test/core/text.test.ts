import { describe, expect, test } from 'vitest';
import { counted, wrapped } from '../../src/core/text.js';

describe('text that is broken into lines', () => {
  test.each<[string, string, [columns?: number, indent?: number], string]>([
    ['is left alone where it fits', 'one two', [7], 'one two'],
    ['breaks between words', 'one two three', [7], 'one two\nthree'],
    [
      'keeps a longer word whole',
      'see https://example.com/x now',
      [8],
      'see\nhttps://example.com/x\nnow',
    ],
    ['keeps its own line breaks', 'one\ntwo', [80], 'one\ntwo'],
    ['keeps spaces at its beginning', '  one two', [5], '  one\ntwo'],
    ['begins in a column, and goes on there', 'one two three', [11, 4], 'one two\n    three'],
    ['goes on there after its own line breaks, too', 'one\ntwo', [80, 2], 'one\n  two'],
    ['is nothing where there is none', '', [80], ''],
  ])('%s', (_name, text, options, expected) => {
    expect(wrapped(text, ...options)).toBe(expected);
  });

  test('has 80 columns unless told otherwise', () => {
    const lines = wrapped('word '.repeat(40).trim()).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBe(79);
  });
});

test.each<[number, string]>([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('%i things are counted in words', (count, words) => {
  expect(counted(count, 'file')).toBe(words);
});
