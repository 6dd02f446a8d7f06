import { describe, expect, test } from 'vitest';
import { printable, Redactor } from '../../src/core/redact.js';

const SECRET = 'canary/secret+with ümlaut&more"\\';

function masked(text: string, ...secrets: string[]): string {
  const redactor = new Redactor();
  for (const secret of secrets) {
    redactor.add(secret);
  }
  return redactor.mask(text);
}

describe('a registered secret is masked', () => {
  test.each<[string, string]>([
    ['as it is', SECRET],
    ['URL-encoded', encodeURIComponent(SECRET)],
    [
      'URL-encoded in lower case',
      encodeURIComponent(SECRET).replace(/%../g, (hex) => hex.toLowerCase()),
    ],
    ['as a form field', new URLSearchParams({ secret: SECRET }).toString().slice('secret='.length)],
    ['inside JSON', JSON.stringify({ secret: SECRET }).slice('{"secret":"'.length, -2)],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 without padding', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
  ])('%s', (_name, form) => {
    expect(masked(`before ${form} after`, SECRET)).toBe('before **** after');
  });

  test.each(['', 'i', 'id', 'id:', 'user:'])(
    'in base64 behind %j, as in a Basic header',
    (before) => {
      const header = Buffer.from(`${before}${SECRET}:more`).toString('base64');
      const rest = masked(header, SECRET).split('****');
      expect(rest.length).toBe(2);
      for (const piece of rest) {
        expect(Buffer.from(piece, 'base64').toString()).not.toContain('canary');
        expect(Buffer.from(piece, 'base64').toString()).not.toContain('more"');
      }
    },
  );

  test('each time', () => {
    expect(masked('canary canary', 'canary')).toBe('**** ****');
  });

  test('whole, where another secret is a part of it', () => {
    expect(masked('canary-and-more', 'canary', 'canary-and-more')).toBe('****');
  });
});

test('secrets that overlap are masked as one, and nothing of either is left', () => {
  expect(masked('a canary-bird-song b', 'canary-bird', 'bird-song')).toBe('a **** b');
  expect(masked('canarybird', 'canary', 'bird')).toBe('********');
});

describe('a long secret', () => {
  const LONG = Array.from({ length: 400 }, (_, nth) => `${nth}c`).join('-');

  test('is masked whole', () => {
    expect(masked(`before ${LONG} after`, LONG)).toBe('before **** after');
  });

  test('that begins as another does is masked whole, and so is the other', () => {
    const other = `${LONG.slice(0, 500)}-other-${LONG.slice(500)}`;
    expect(masked(`${LONG} and ${other}.`, LONG, other)).toBe('**** and ****.');
  });

  test('is masked as far as it goes where it is cut off', () => {
    const [start = '', rest] = masked(`before ${LONG.slice(0, 300)}`, LONG).split('****');
    expect(start).toBe('before ');
    expect(rest?.length).toBeLessThan(64);
  });

  test('is masked in base64 as well', () => {
    const header = Buffer.from(`id:${LONG}:more`).toString('base64');
    const rest = masked(header, LONG).replace('****', '');
    expect(rest.length).toBeLessThan(16);
  });
});

test('a secret is masked as it is shown: without what nobody sees, and on one line', () => {
  const secret = 'cana\u200bry\u0007-bird\n  song';
  expect(masked('a canary-bird\n  song b', secret)).toBe('a **** b');
  expect(masked('a canary-bird song b', secret)).toBe('a **** b');
});

describe('time is linear', () => {
  const HEADER = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6';

  /** The least CPU time of three times, in microseconds. */
  const cost = (work: () => void) =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const before = process.cpuUsage();
        work();
        return process.cpuUsage(before).user;
      }),
    );

  test.each([
    ['that are all different', ''],
    ['that all begin alike, as tokens of one issuer do', HEADER],
  ])('in secrets %s', (_name, start) => {
    const costOf = (count: number) => {
      const secrets = Array.from({ length: count }, (_, nth) => `${start}${nth}-canary-${nth}`);
      const text = secrets.join(' and ');
      return cost(() => expect(masked(text, ...secrets)).not.toContain('canary'));
    };
    costOf(300);
    // Ten times as many may take three times ten times as long; a hundred times is what twice nested loops take.
    expect(costOf(20_000) / costOf(2000)).toBeLessThan(40);
  });

  test('in a text that repeats how a secret begins', () => {
    const secret = `${'a'.repeat(30_000)}b`;
    const costOf = (length: number) => {
      const text = 'a'.repeat(length);
      return cost(() => masked(text, secret));
    };
    costOf(30_000);
    expect(costOf(300_000) / costOf(30_000)).toBeLessThan(25);
  });

  test('and bounded for what is no secret by its length', () => {
    const costOf = (length: number) => cost(() => masked('', 'canary'.repeat(length / 6)));
    costOf(60_000);
    expect(costOf(6_000_000) / costOf(60_000)).toBeLessThan(25);
  });
});

test('text without a secret stays as it is', () => {
  expect(masked('nothing to hide', 'canary')).toBe('nothing to hide');
});

test('a value too short to be told from other text is left alone', () => {
  expect(masked('a cat', 'a', '')).toBe('a cat');
});

describe('text that goes to a terminal', () => {
  test.each<[string, string, string]>([
    ['an escape sequence', 'a\u001b[2Jb', 'a[2Jb'],
    ['a title', '\u001b]0;owned\u0007', ']0;owned'],
    ['an 8-bit control', 'a\u009b31mb', 'a31mb'],
    ['a carriage return', 'safe\rowned', 'safeowned'],
    ['a backspace', 'a\bb', 'ab'],
    ['a direction mark', 'a\u202eb', 'ab'],
  ])('loses %s', (_name, text, rest) => {
    expect(printable(text)).toBe(rest);
  });

  test('keeps line breaks, tabs and Swedish', () => {
    expect(printable('Åäö\n\tok')).toBe('Åäö\n\tok');
  });
});
