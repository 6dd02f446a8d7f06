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

test('thousands of secrets are looked for in one pass', () => {
  const secrets = Array.from({ length: 3000 }, (_, nth) => `${nth}-canary-${nth}`);
  const text = secrets.join(' and ');
  expect(masked(text.repeat(5), ...secrets)).not.toContain('canary');
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
