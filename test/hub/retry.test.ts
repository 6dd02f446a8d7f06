import { describe, expect, test } from 'vitest';
import { retryAfter, waitBefore } from '../../src/hub/retry.js';

const NOW = Date.parse('2026-01-02T03:04:05Z');

test.each<[string | null, number | undefined]>([
  [null, undefined],
  ['2', 2000],
  [' 10 ', 10_000],
  ['0', 0],
  ['a while', undefined],
  ['soon', undefined],
  ['Fri, 02 Jan 2026 03:04:35 GMT', 30_000],
  ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
])('Retry-After %j asks for %j ms', (header, milliseconds) => {
  expect(retryAfter(header, NOW)).toBe(milliseconds);
});

describe('the wait before a repetition', () => {
  test('is what the Hub asks for', () => {
    expect(waitBefore(0, 5000, 0.5)).toBe(5000);
  });

  test('is a minute at most', () => {
    expect(waitBefore(0, 3_600_000, 0.5)).toBe(60_000);
  });

  test('doubles each time', () => {
    expect([0, 1, 2].map((attempt) => waitBefore(attempt, undefined, 0.5))).toEqual([
      300, 600, 1200,
    ]);
  });

  test('differs from client to client', () => {
    expect(waitBefore(0, undefined, 0)).toBeLessThan(waitBefore(0, undefined, 0.9));
  });
});
