import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activatedTimes, tokenTimes } from '../../src/token/times.js';

const NOW = Date.parse('2025-06-15T12:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function ago(milliseconds: number): string {
  return new Date(NOW - milliseconds).toISOString();
}

function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** A token as the refresh flow stores it, issued some time ago. */
function stored(age: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    access_token: 'an-access-token',
    refresh_token: 'a-refresh-token',
    scope: 'customer invoice',
    token_type: 'bearer',
    expires_in: 3600,
    timestamp: ago(age),
    tenant_id: null,
    refresh_token_timestamp: ago(age),
    ...changes,
  };
}

describe('the state of a stored token', () => {
  const cases: readonly [string, unknown, string][] = [
    ['nothing stored', undefined, 'missing'],
    ['the empty record that install makes', {}, 'missing'],
    ['a text that is not valid JSON', 'kept', 'missing'],
    ['an array', [stored(0)], 'missing'],
    ['empty texts', { access_token: '', refresh_token: ' ' }, 'missing'],
    ['an access token of 59 minutes', stored(59 * MINUTE), 'fresh'],
    ['an access token of an hour', stored(60 * MINUTE), 'refresh-due'],
    ['a refresh token of 24 days less a minute', stored(24 * DAY - MINUTE), 'refresh-due'],
    ['a refresh token of 24 days', stored(24 * DAY), 'expiring'],
    ['a refresh token of 31 days less a minute', stored(31 * DAY - MINUTE), 'expiring'],
    ['a refresh token of 31 days', stored(31 * DAY), 'dead'],
    [
      'a refresh token of 24 days with a tenant id',
      stored(24 * DAY, { tenant_id: '12345' }),
      'refresh-due',
    ],
    [
      'a refresh token of 400 days with a tenant id',
      stored(400 * DAY, { tenant_id: '12345' }),
      'refresh-due',
    ],
    ['a tenant id as a number', stored(400 * DAY, { tenant_id: 12345 }), 'refresh-due'],
    [
      'a tenant id in the access token only',
      stored(400 * DAY, { access_token: jwt({ tenantId: 7 }) }),
      'refresh-due',
    ],
    [
      'client credentials, ended',
      stored(2 * DAY, { refresh_token: null, tenant_id: '12345' }),
      'refresh-due',
    ],
    [
      'client credentials, fresh',
      stored(MINUTE, { refresh_token: null, tenant_id: '12345' }),
      'fresh',
    ],
    ['a fresh access token alone', stored(MINUTE, { refresh_token: null }), 'expiring'],
    ['an ended access token alone', stored(DAY, { refresh_token: null }), 'dead'],
    ['a rejected refresh token, ended', stored(DAY, { refresh_token_rejected: ago(DAY) }), 'dead'],
    [
      'a rejected refresh token, fresh',
      stored(MINUTE, { refresh_token_rejected: ago(MINUTE) }),
      'expiring',
    ],
    [
      'a rejected refresh token with a tenant id',
      stored(DAY, { refresh_token_rejected: ago(DAY), tenant_id: '1' }),
      'refresh-due',
    ],
    [
      'a refresh token of unknown age',
      stored(0, { timestamp: 'soon', refresh_token_timestamp: null }),
      'refresh-due',
    ],
    [
      'a fresh access token on an old refresh token',
      stored(MINUTE, { refresh_token_timestamp: ago(25 * DAY) }),
      'expiring',
    ],
    [
      'client credentials that were refused, with a refresh token',
      stored(DAY, { tenant_id: '1', client_credentials_rejected: ago(DAY) }),
      'refresh-due',
    ],
    [
      'client credentials that were refused, with an old refresh token',
      stored(25 * DAY, { tenant_id: '1', client_credentials_rejected: ago(DAY) }),
      'expiring',
    ],
    [
      'client credentials that have worked since they were refused',
      stored(DAY, {
        tenant_id: '1',
        refresh_token: null,
        client_credentials_rejected: ago(2 * DAY),
        client_credentials_proven: ago(DAY),
      }),
      'refresh-due',
    ],
    [
      'every grant refused',
      stored(DAY, {
        tenant_id: '1',
        refresh_token_rejected: ago(DAY),
        client_credentials_rejected: ago(DAY),
      }),
      'dead',
    ],
    [
      'a refresh token that came after one was refused',
      stored(MINUTE, { refresh_token_rejected: ago(DAY) }),
      'fresh',
    ],
    [
      'a connection that was ended',
      { connection: 2, rotation: 7, disconnected_at: ago(DAY) },
      'missing',
    ],
    ['a life given as text', stored(59 * MINUTE, { expires_in: '3600' }), 'fresh'],
    ['no life given', stored(MINUTE, { expires_in: undefined }), 'refresh-due'],
    ['a negative life', stored(MINUTE, { expires_in: -5 }), 'refresh-due'],
  ];

  test.each(cases)('given %s, it is as expected', (_name, value, state) => {
    expect(tokenTimes(value, NOW).state).toBe(state);
  });

  test('is the same for the JSON string of the manual blueprint', () => {
    const { tenant_id: _none, refresh_token_timestamp: _neither, ...manual } = stored(10 * MINUTE);
    expect(tokenTimes(JSON.stringify(manual), NOW)).toEqual({
      state: 'fresh',
      accessExpiresAt: '2025-06-15T12:50:00.000Z',
      refreshExpiresAt: '2025-07-16T11:50:00.000Z',
      tenantId: undefined,
      scope: 'customer invoice',
      refreshedAt: '2025-06-15T11:50:00.000Z',
      connectedAt: undefined,
    });
  });
});

describe('the ends of a stored token', () => {
  test('are an hour and 31 days after each token was issued', () => {
    const times = tokenTimes(stored(10 * MINUTE, { refresh_token_timestamp: ago(DAY) }), NOW);
    expect(times.accessExpiresAt).toBe('2025-06-15T12:50:00.000Z');
    expect(times.refreshExpiresAt).toBe('2025-07-15T12:00:00.000Z');
  });

  test('leave the refresh token out where Fortnox has refused it', () => {
    const value = stored(MINUTE, { refresh_token_rejected: ago(MINUTE), tenant_id: '1' });
    expect(tokenTimes(value, NOW).refreshExpiresAt).toBeUndefined();
  });

  test('are unknown where they lie past any date', () => {
    expect(tokenTimes(stored(0, { expires_in: 1e300 }), NOW).accessExpiresAt).toBeUndefined();
    const last = new Date(8.64e15).toISOString();
    const times = tokenTimes(stored(0, { timestamp: last, refresh_token_timestamp: last }), NOW);
    expect([times.accessExpiresAt, times.refreshExpiresAt]).toEqual([undefined, undefined]);
  });

  test('never hold a token', () => {
    const times = JSON.stringify(
      tokenTimes(stored(MINUTE, { access_token: jwt({ tenantId: 7 }) }), NOW),
    );
    expect(times).not.toMatch(/eyJ|a-refresh-token/);
  });
});

describe('the times of a new activation', () => {
  test('are counted from the answer, which holds no token', () => {
    const answer = {
      scope: 'customer',
      expires_in: 3600,
      timestamp: ago(0),
      refresh_token_timestamp: ago(0),
    };
    expect(activatedTimes(answer)).toEqual({
      accessExpiresAt: '2025-06-15T13:00:00.000Z',
      refreshExpiresAt: '2025-07-16T12:00:00.000Z',
      scope: 'customer',
    });
  });

  test('have no end of a refresh token where there is none', () => {
    const answer = {
      scope: 'customer',
      expires_in: 3600,
      timestamp: ago(0),
      refresh_token_timestamp: null,
    };
    expect(activatedTimes(answer).refreshExpiresAt).toBeUndefined();
  });
});

describe('any value in the store', () => {
  const anything = fc.anything({
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withSparseArray: true,
  });
  const field = fc.oneof(
    anything,
    fc.string(),
    fc.double(),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.jsonValue().map((claims) => jwt(claims)),
  );
  const record = fc.record(
    {
      access_token: field,
      refresh_token: field,
      scope: field,
      expires_in: field,
      timestamp: field,
      tenant_id: field,
      refresh_token_timestamp: field,
      refresh_token_rejected: field,
    },
    { requiredKeys: [] },
  );

  test('gets a state and readable times', () => {
    const values = fc.oneof(
      anything,
      record,
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 4e12 }), (value, now) => {
        const times = tokenTimes(value, now);
        expect(['missing', 'fresh', 'refresh-due', 'expiring', 'dead']).toContain(times.state);
        for (const end of [times.accessExpiresAt, times.refreshExpiresAt]) {
          if (end !== undefined) {
            expect(new Date(end).toISOString()).toBe(end);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
