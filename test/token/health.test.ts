import { describe, expect, test } from 'vitest';
import { type Evidence, healthOf, ownFailure } from '../../src/token/health.js';
import { connectionLost, formLink, notConnected } from '../../src/token/recovery.js';
import type { Runs } from '../../src/token/runs.js';
import { endsDocument, type TokenTimes } from '../../src/token/times.js';

const NOW = Date.parse('2025-06-15T12:00:00.000Z');
const FORM = 'https://onify.example.com/form/fortnox-activate';
const unseen: Runs = { schedule: 'unknown', lastFailure: undefined };

const health = (times: Partial<TokenTimes>, evidence: Partial<Evidence> = {}) =>
  healthOf({
    times: {
      state: 'fresh',
      accessExpiresAt: '2025-06-15T13:00:00.000Z',
      refreshExpiresAt: '2025-07-16T12:00:00.000Z',
      tenantId: '12345',
      scope: 'customer',
      refreshedAt: '2025-06-15T11:55:00.000Z',
      connectedAt: undefined,
      ...times,
    },
    runs: unseen,
    isProven: false,
    appUrl: undefined,
    now: NOW,
    ...evidence,
  });

describe('given a stored token, when the connection is judged', () => {
  test('fresh: when it was known to be connected, both ends, the scopes, the runs', () => {
    const { lines, attention } = health({});
    expect(attention).toEqual([]);
    expect(lines).toEqual([
      'Fortnox was connected at 2025-06-15 11:55 UTC; the access token is fresh.',
      'Access token until:   2025-06-15 13:00 UTC (in 60 minutes)',
      'Refresh token until:  2025-07-16 12:00 UTC (in 31 days)',
      'Scopes:               customer',
      'Tenant id:            12345',
      'Last refresh:         2025-06-15 11:55 UTC (5 minutes ago)',
      'Daily refresh:        not shown by this Hub',
    ]);
  });

  test('it never says that Fortnox is connected, but after a refresh that has just worked', () => {
    expect(health({}).lines.join()).not.toContain('is connected');
    expect(health({}, { isProven: true }).lines[0]).toBe(
      'Fortnox is connected: a refresh has just worked.',
    );
  });

  test('refresh-due: healthy, so there is no next step', () => {
    const { lines, attention } = health({ state: 'refresh-due' });
    expect(lines[0]).toMatch(/the next refresh renews the access token\.$/);
    expect(lines.join()).not.toContain('Next:');
    expect(attention).toEqual([]);
  });

  test('expiring with a refresh token: a refresh is the next step', () => {
    const { lines, attention } = health({
      state: 'expiring',
      refreshExpiresAt: '2025-06-16T12:00:00.000Z',
    });
    expect(attention).toEqual(['The connection to Fortnox ends soon unless it is refreshed.']);
    expect(lines[0]).toBe(attention[0]);
    expect(lines.slice(-2)).toEqual(['', 'Next: fortnox-blueprint refresh']);
  });

  test.each<[string, string | undefined]>([
    ['without a refresh token', undefined],
    ['with one that has ended', '2025-06-15T11:00:00.000Z'],
    ['with one that ends now', '2025-06-15T12:00:00.000Z'],
  ])('expiring %s: only a new activation is of help', (_name, refreshExpiresAt) => {
    const { lines } = health({ state: 'expiring', refreshExpiresAt });
    expect(lines[0]).toBe(
      'The connection to Fortnox ends with the access token: nothing stored can renew it any more.',
    );
    expect(lines.at(-1)).toBe('Next: fortnox-blueprint activate');
  });

  test.each<['missing' | 'dead', (form: string) => string]>([
    ['missing', notConnected],
    ['dead', connectionLost],
  ])('%s: where to activate, and nothing of ends', (state, sentence) => {
    // That the last refresh is days ago adds nothing to it.
    const { lines, attention } = health(
      { state, refreshedAt: '2025-06-01T12:00:00.000Z' },
      { appUrl: 'https://onify.example.com' },
    );
    expect(lines).toEqual([sentence(FORM), '', 'Next: fortnox-blueprint activate']);
    expect(attention).toEqual([sentence(FORM)]);
  });

  test('a tenant id that is not known is said to be so', () => {
    expect(health({ tenantId: undefined }).lines).toContain('Tenant id:            not known');
  });

  test('a refresh token past its end is said to be, where the connection goes on', () => {
    const { lines, attention } = health({ refreshExpiresAt: '2025-06-01T12:00:00.000Z' });
    expect(lines).toContain(
      'The refresh token has ended; client credentials alone keep the connection.',
    );
    expect(attention).toEqual([]);
  });
});

describe('given what the runs of the refresh show', () => {
  const at = '2025-06-15T11:58:00.000Z';

  test.each<[string, string, number]>([
    ['26 hours ago', '2025-06-14T10:00:00.000Z', 0],
    ['a minute longer ago', '2025-06-14T09:59:00.000Z', 1],
  ])('none since %s: it needs attention or not', (_name, refreshedAt, count) => {
    expect(health({ state: 'refresh-due', refreshedAt }).attention).toHaveLength(count);
  });

  test('none for days: since when, where to look, and what to do', () => {
    const { lines, attention } = health({
      state: 'refresh-due',
      refreshedAt: '2025-06-12T12:00:00.000Z',
    });
    expect(attention).toEqual([
      'The daily refresh has not run since 2025-06-12 12:00 UTC (3 days ago); look at fortnox-refresh-schedule.',
    ]);
    expect(lines.slice(-3)).toEqual([attention[0], '', 'Next: fortnox-blueprint refresh']);
  });

  test('a schedule that runs is told', () => {
    const { lines, attention } = health({}, { runs: { ...unseen, schedule: 'running' } });
    expect(lines).toContain('Daily refresh:        running');
    expect(attention).toEqual([]);
  });

  test('a schedule that does not run needs attention, and installing is the next step', () => {
    const { lines, attention } = health({}, { runs: { ...unseen, schedule: 'missing' } });
    expect(attention).toEqual([expect.stringMatching(/^The daily refresh is not running/)]);
    expect(lines.at(-1)).toBe('Next: fortnox-blueprint install');
  });

  test('a failure that nothing has worked after is told with its sentence', () => {
    const lastFailure = { at, message: 'The company has no licence. [licence]' };
    const { attention } = health({}, { runs: { ...unseen, lastFailure } });
    expect(attention).toEqual([
      'The last refresh failed at 2025-06-15 11:58 UTC (2 minutes ago): The company has no licence. [licence]',
    ]);
  });

  test('a failure that came at the moment of the last refresh is past', () => {
    const lastFailure = { at: '2025-06-15T11:55:00.000Z', message: 'No.' };
    expect(health({}, { runs: { ...unseen, lastFailure } }).attention).toEqual([]);
  });

  test('a failure before the last refresh is past', () => {
    const lastFailure = { at: '2025-06-15T11:50:00.000Z', message: 'No.' };
    expect(health({}, { runs: { ...unseen, lastFailure } }).attention).toEqual([]);
  });

  test('a failure before the activation is none of this connection', () => {
    const lastFailure = { at, message: 'No.' };
    const of = (connectedAt: string | undefined) =>
      ownFailure({ ...unseen, lastFailure }, { connectedAt } as TokenTimes);
    expect(of('2025-06-15T11:59:00.000Z')).toBeUndefined();
    expect(of('2025-06-15T11:57:00.000Z')).toBe(lastFailure);
    expect(of(undefined)).toBe(lastFailure);
  });

  test('a failure by which the connection is lost: the same is said here', () => {
    const lastFailure = { at, message: `${connectionLost('/form/fortnox-activate')} [refused]` };
    const { state, lines } = health({}, { runs: { ...unseen, lastFailure } });
    expect(state).toBe('dead');
    expect(lines).toEqual([
      connectionLost('/form/fortnox-activate'),
      '',
      'Next: fortnox-blueprint activate',
    ]);
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
    const times = { state: 'fresh', tenantId: '1', scope: 'a', refreshedAt: 'c' } as const;
    const ends = { accessExpiresAt: 'a', refreshExpiresAt: undefined };
    expect(Object.keys(endsDocument({ ...times, ...ends }))).toEqual([
      'accessExpiresAt',
      'refreshExpiresAt',
    ]);
  });
});
