import { readStoredToken, type StoredToken } from './stored-token.js';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/**
 * How long a refresh token is counted on, in milliseconds: 31 days. Fortnox documents 45 and documented 31 until
 * about 2024; the shorter one is the safe deadline.
 * https://www.fortnox.se/developer/authorization/refresh-token
 */
const REFRESH_TOKEN_LIFE_MS = 31 * DAY;

/** From this long before its end a connection without a tenant id needs someone's attention. */
const WARNING_MS = 7 * DAY;

/**
 * - `missing`: no token is stored; Fortnox has not been connected yet
 * - `fresh`: the access token works
 * - `refresh-due`: the access token has ended and the next refresh replaces it; healthy
 * - `expiring`: the connection ends within 7 days unless it is refreshed before, and has no tenant id to fall back on
 * - `dead`: nothing stored can be refreshed any more; Fortnox must be connected again
 */
export type TokenState = 'missing' | 'fresh' | 'refresh-due' | 'expiring' | 'dead';

/** When the tokens end, ISO 8601 in UTC. */
interface TokenEnds {
  /** Undefined where the record does not say. */
  readonly accessExpiresAt: string | undefined;
  /** Undefined where there is no refresh token that works, or the record does not say. */
  readonly refreshExpiresAt: string | undefined;
}

/** The ends, and what they are the ends of. */
export interface TokenReport extends TokenEnds {
  /** What Fortnox granted, separated by spaces; empty where the record does not say. */
  readonly scope: string;
}

/** The life of the stored token, with nothing secret in it. */
export interface TokenTimes extends TokenReport {
  readonly state: TokenState;
  readonly tenantId: string | undefined;
  /** When the access token was issued: when Fortnox was known to be connected last. */
  readonly refreshedAt: string | undefined;
  /** When a person activated the connection. */
  readonly connectedAt: string | undefined;
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
  const accessEnd =
    token?.accessToken === undefined ? undefined : later(token.issuedAt, token.expiresIn * SECOND);
  const hasRefresh = token?.refreshToken !== undefined && !token.isRefreshRejected;
  const refreshEnd = hasRefresh ? later(token.refreshIssuedAt, REFRESH_TOKEN_LIFE_MS) : undefined;
  return {
    state: token ? stateOf(token, accessEnd, refreshEnd, now) : 'missing',
    accessExpiresAt: iso(accessEnd),
    refreshExpiresAt: iso(refreshEnd),
    tenantId: token?.tenantId,
    scope: token?.scope ?? '',
    refreshedAt: iso(token?.issuedAt),
    connectedAt: iso(token?.connectedAt),
  };
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
  const kept = 'kept by the Hub';
  const value = { ...answer, access_token: kept, refresh_token: isRefreshable ? kept : undefined };
  const { accessExpiresAt, refreshExpiresAt, scope } = tokenTimes(value, 0);
  return { accessExpiresAt, refreshExpiresAt, scope };
}

/** @returns the ends as they stand in JSON, where null is what is not known */
export function endsDocument({ accessExpiresAt, refreshExpiresAt }: TokenEnds): {
  accessExpiresAt: string | null;
  refreshExpiresAt: string | null;
} {
  return { accessExpiresAt: accessExpiresAt ?? null, refreshExpiresAt: refreshExpiresAt ?? null };
}

function stateOf(
  token: StoredToken,
  accessEnd: number | undefined,
  refreshEnd: number | undefined,
  now: number,
): TokenState {
  const isFresh = accessEnd !== undefined && now < accessEnd;
  const whileRefreshable = isFresh ? 'fresh' : 'refresh-due';
  const whileItLasts = isFresh ? 'expiring' : 'dead';
  // Client credentials need no refresh token, so a known tenant has no end that could be foreseen.
  if (token.tenantId !== undefined && !token.isClientRejected) {
    return whileRefreshable;
  }
  if (token.refreshToken === undefined || token.isRefreshRejected) {
    return whileItLasts;
  }
  // A refresh token of unknown age is worth a try; only the refresh itself can tell.
  if (refreshEnd === undefined) {
    return whileRefreshable;
  }
  if (now >= refreshEnd) {
    return whileItLasts;
  }
  return now >= refreshEnd - WARNING_MS ? 'expiring' : whileRefreshable;
}

function later(from: number | undefined, milliseconds: number): number | undefined {
  const end = from === undefined || milliseconds <= 0 ? Number.NaN : from + milliseconds;
  return Number.isNaN(new Date(end).getTime()) ? undefined : end;
}

function iso(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}
