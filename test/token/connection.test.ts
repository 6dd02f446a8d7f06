import { describe, expect, test } from 'vitest';
import { connectionLines } from '../../src/token/lines.js';
import { connectionLost, formLink, notConnected } from '../../src/token/recovery.js';
import { endsDocument, type TokenTimes } from '../../src/token/times.js';

const NOW = Date.parse('2025-06-15T12:00:00.000Z');
const FORM = 'https://onify.example.com/form/fortnox-activate';

const lines = (times: Partial<TokenTimes>, appUrl?: string) =>
  connectionLines(
    {
      state: 'fresh',
      accessExpiresAt: '2025-06-15T13:00:00.000Z',
      refreshExpiresAt: '2025-07-16T12:00:00.000Z',
      tenantId: '12345',
      scope: 'customer',
      ...times,
    },
    appUrl,
    NOW,
  );

describe('given a stored token, when the connection is told', () => {
  test('fresh: the sentence, both ends, the scopes and the tenant id', () => {
    expect(lines({})).toEqual([
      'Fortnox is connected; the access token is fresh.',
      'Access token until:   2025-06-15 13:00 UTC (in 60 minutes)',
      'Refresh token until:  2025-07-16 12:00 UTC (in 31 days)',
      'Scopes:               customer',
      'Tenant id:            12345',
    ]);
  });

  test('refresh-due: healthy, so there is no next step', () => {
    const [sentence, ...rest] = lines({ state: 'refresh-due' });
    expect(sentence).toBe('Fortnox is connected; the next refresh renews the access token.');
    expect(rest.join()).not.toContain('Next:');
  });

  test('expiring with a refresh token: a refresh is the next step', () => {
    const told = lines({ state: 'expiring', refreshExpiresAt: '2025-06-16T12:00:00.000Z' });
    expect(told[0]).toBe('The connection to Fortnox ends soon unless it is refreshed.');
    expect(told.slice(-2)).toEqual(['', 'Next: fortnox-blueprint refresh']);
  });

  test.each<[string, string | undefined]>([
    ['without a refresh token', undefined],
    ['with one that has ended', '2025-06-15T11:00:00.000Z'],
    ['with one that ends now', '2025-06-15T12:00:00.000Z'],
  ])('expiring %s: only a new activation is of help', (_name, refreshExpiresAt) => {
    const told = lines({ state: 'expiring', refreshExpiresAt });
    expect(told[0]).toBe(
      'The connection to Fortnox ends with the access token: nothing stored can renew it any more.',
    );
    expect(told.at(-1)).toBe('Next: fortnox-blueprint activate');
  });

  test.each<['missing' | 'dead', (form: string) => string]>([
    ['missing', notConnected],
    ['dead', connectionLost],
  ])('%s: where to activate, and nothing of ends', (state, sentence) => {
    const told = lines({ state }, 'https://onify.example.com');
    expect(told.slice(0, -2).join()).toBe(sentence(FORM));
    expect(told.join()).not.toMatch(/until|Tenant/);
    expect(told.slice(-2)).toEqual(['', 'Next: fortnox-blueprint activate']);
  });

  test('a tenant id that is not known is said to be so', () => {
    expect(lines({ tenantId: undefined }).at(-1)).toBe('Tenant id:            not known');
  });
});

describe('the place where a person activates', () => {
  test.each<[string | undefined, string]>([
    [undefined, '/form/fortnox-activate'],
    ['https://onify.example.com', FORM],
    ['https://example.com/onify', 'https://example.com/onify/form/fortnox-activate'],
  ])('in the web app %s is %s', (appUrl, link) => {
    expect(formLink(appUrl)).toBe(link);
  });

  test.each([notConnected, connectionLost])('comes with who must approve', (sentence) => {
    expect(sentence(FORM)).toContain(`ctivate it`);
    expect(sentence(FORM)).toContain(FORM);
    expect(sentence(FORM)).toMatch(/a system administrator of the company must approve it/);
  });
});

describe('the ends in JSON', () => {
  test('are as they are', () => {
    const ends = { accessExpiresAt: 'a', refreshExpiresAt: 'b' };
    expect(endsDocument(ends)).toEqual(ends);
  });

  test('are null where they are not known, as JSON has no other word for it', () => {
    const ends = { accessExpiresAt: undefined, refreshExpiresAt: undefined };
    expect(JSON.stringify(endsDocument(ends))).toBe(
      '{"accessExpiresAt":null,"refreshExpiresAt":null}',
    );
  });

  test('come without anything else of the token', () => {
    const times = { state: 'fresh', tenantId: '1', scope: 'a' } as const;
    const ends = { accessExpiresAt: 'a', refreshExpiresAt: undefined };
    expect(Object.keys(endsDocument({ ...times, ...ends }))).toEqual([
      'accessExpiresAt',
      'refreshExpiresAt',
    ]);
  });
});
