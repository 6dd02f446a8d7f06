import { readStoredToken, type StoredToken } from './stored-token.js';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/**
 * How long a refresh token is counted on, in milliseconds. Fortnox's documentation said 31 days until about 2024
 * and says 45 now; the shorter one is the safe deadline.
 * https://www.fortnox.se/developer/authorization/refresh-token
 */
const REFRESH_TOKEN_LIFE = 31 * DAY;

/** From this long before its end, in milliseconds, a connection without a tenant id needs someone's attention. */
const WARNING_TIME = 7 * DAY;

/**
 * - `missing`: no token is stored; Fortnox has not been connected yet
 * - `fresh`: the access token works
 * - `refresh-due`: the access token has ended and the next refresh replaces it; healthy
 * - `expiring`: the connection ends within 7 days unless it is refreshed before, and has no tenant id to fall back on
 * - `dead`: nothing stored can be refreshed any more; Fortnox must be connected again
 */
type TokenState = 'missing' | 'fresh' | 'refresh-due' | 'expiring' | 'dead';

/** The life of the stored token, with nothing secret in it. Times are ISO 8601 in UTC. */
export interface TokenTimes {
  readonly state: TokenState;
  /** When the access token ends; null where the record does not say. */
  readonly accessExpiresAt: string | null;
  /** When the refresh token ends; null where there is none that works, or the record does not say. */
  readonly refreshExpiresAt: string | null;
  readonly tenantId: string | null;
  /** What Fortnox granted, separated by blanks; empty where the record does not say. */
  readonly scope: string;
}

function later(from: number | null, milliseconds: number): number | null {
  if (from === null || milliseconds <= 0) {
    return null;
  }
  const end = from + milliseconds;
  return Number.isNaN(new Date(end).getTime()) ? null : end;
}

function iso(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

function stateOf(
  token: StoredToken,
  accessEnd: number | null,
  refreshEnd: number | null,
  now: number,
): TokenState {
  const isFresh = token.accessToken !== null && accessEnd !== null && now < accessEnd;
  // Client credentials need no refresh token, so a known tenant has no end that could be foreseen.
  if (token.tenantId !== null) {
    return isFresh ? 'fresh' : 'refresh-due';
  }
  if (token.refreshToken === null || token.refreshRejected) {
    return isFresh ? 'expiring' : 'dead';
  }
  // A refresh token of unknown age is worth a try; only the refresh itself can tell.
  if (refreshEnd === null) {
    return isFresh ? 'fresh' : 'refresh-due';
  }
  if (now >= refreshEnd) {
    return isFresh ? 'expiring' : 'dead';
  }
  if (now >= refreshEnd - WARNING_TIME) {
    return 'expiring';
  }
  return isFresh ? 'fresh' : 'refresh-due';
}

/**
 * Tells the state of the stored token and when it ends.
 *
 * @param value the value of the setting `_fortnox_access_token`, whatever it is; never throws
 * @param now milliseconds since 1970
 * @returns the state, both ends, the tenant id and the scope
 */
export function tokenTimes(value: unknown, now: number): TokenTimes {
  const token = readStoredToken(value);
  if (token === null) {
    return {
      state: 'missing',
      accessExpiresAt: null,
      refreshExpiresAt: null,
      tenantId: null,
      scope: '',
    };
  }
  const accessEnd =
    token.accessToken === null ? null : later(token.issuedAt, token.expiresIn * SECOND);
  const hasRefresh = token.refreshToken !== null && !token.refreshRejected;
  const refreshEnd = hasRefresh ? later(token.refreshIssuedAt, REFRESH_TOKEN_LIFE) : null;
  return {
    state: stateOf(token, accessEnd, refreshEnd, now),
    accessExpiresAt: iso(accessEnd),
    refreshExpiresAt: iso(refreshEnd),
    tenantId: token.tenantId,
    scope: token.scope,
  };
}

/** The same life as `activate` and `refresh` report it. */
export interface TokenReport {
  readonly accessExpiresAt: string | null;
  readonly refreshExpiresAt: string | null;
  readonly scope: string;
}

/**
 * The life of the connection that an activation has just made, from the flow's answer, which holds no token.
 *
 * @param answer scope, life of the access token in seconds, and when each token was issued (ISO 8601)
 * @returns both ends; a missing `refresh_token_timestamp` means that there is no refresh token
 */
export function activatedTimes(answer: {
  readonly scope: string;
  readonly expires_in: number;
  readonly timestamp: string;
  readonly refresh_token_timestamp?: string | null | undefined;
}): TokenReport {
  const isRefreshable = typeof answer.refresh_token_timestamp === 'string';
  const { accessExpiresAt, refreshExpiresAt, scope } = tokenTimes(
    {
      ...answer,
      access_token: 'kept by the Hub',
      refresh_token: isRefreshable ? 'kept by the Hub' : null,
    },
    0,
  );
  return { accessExpiresAt, refreshExpiresAt, scope };
}
