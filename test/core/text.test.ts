import { describe, expect, test } from 'vitest';
import { counted, lineWidth, wrapped } from '../../src/core/text.js';

describe('a line that is too long', () => {
  test('is broken between words', () => {
    expect(wrapped('one two three four', 9)).toBe('one two\nthree\nfour');
  });

  test('is broken after the last word that fits to the column', () => {
    expect(wrapped('1234 6789', 9)).toBe('1234 6789');
    expect(wrapped('1234 67890', 9)).toBe('1234\n67890');
  });

  test('keeps a word whole that is longer than a line', () => {
    expect(wrapped('at https://hub.example.com/api/v2 now', 10)).toBe(
      'at\nhttps://hub.example.com/api/v2\nnow',
    );
  });

  test('goes on below its text where it is indented', () => {
    expect(wrapped('    one two three', 11)).toBe('    one two\n    three');
  });

  test('goes on below its text where it begins with a sign', () => {
    expect(wrapped('  + file  create  /flows/x.bpmn', 20)).toBe(
      '  + file  create\n    /flows/x.bpmn',
    );
  });

  test('goes on below the value of a label, where there is room for one', () => {
    const line = 'Scopes:    customer invoice order payment';
    expect(wrapped(line, 36)).toBe('Scopes:    customer invoice order\n           payment');
    expect(wrapped(line, 30)).toBe('Scopes:    customer invoice\n  order payment');
  });

  test('goes on where it is told to', () => {
    expect(wrapped('one two three', 9, 2)).toBe('one two\n  three');
  });

  test('is one of several, which are broken by themselves', () => {
    expect(wrapped('one two\n\n  three four', 8)).toBe('one two\n\n  three\n  four');
  });
});

test('spaces between words stay where the line is not broken', () => {
  expect(wrapped('  a   b  c', 80)).toBe('  a   b  c');
});

test.each<[number | undefined, string | undefined, number]>([
  [undefined, undefined, 80],
  [120, undefined, 80],
  [60, '40', 60],
  [undefined, '40', 40],
  [0, '40', 40],
  [undefined, '3', 20],
  [undefined, 'wide', 80],
  [undefined, '', 80],
])('a terminal of %j columns, with COLUMNS %j, takes lines of %d', (terminal, variable, width) => {
  expect(lineWidth(terminal, variable)).toBe(width);
});

test.each<[number, string]>([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('%i things are counted in words', (count, words) => {
  expect(counted(count, 'file')).toBe(words);
});
