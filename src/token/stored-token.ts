import { isRecord, parseJson } from '../core/json.js';
import type { Output } from '../core/output.js';

/** What the Hub's setting `_fortnox_access_token` holds, with every field brought to its type. */
export interface StoredToken {
  readonly accessToken: string | undefined;
  readonly refreshToken: string | undefined;
  readonly scope: string;
  /** Life of the access token in seconds; 0 where the record does not say. */
  readonly expiresIn: number;
  /** When the access token was issued, in milliseconds since 1970; undefined where the record does not say. */
  readonly issuedAt: number | undefined;
  /** When the refresh token was issued, in milliseconds since 1970. */
  readonly refreshIssuedAt: number | undefined;
  /** Fortnox has refused the refresh token since; client credentials keep the connection then. */
  readonly isRefreshRejected: boolean;
  /** Fortnox has refused client credentials since they last worked. */
  readonly isClientRejected: boolean;
  readonly tenantId: string | undefined;
  /** When a person activated the connection, in milliseconds since 1970; 0.1.0 did not keep it. */
  readonly connectedAt: number | undefined;
}

/** The latest moment that a Date can hold (ECMA-262, "Time Values and Time Range"). */
const MAX_TIME_MS = 8.64e15;

/** A JWT (RFC 7519, section 3): Fortnox's access tokens are some. */
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * Reads the value of the setting `_fortnox_access_token`: an object, or the JSON string that the manual blueprint
 * stored, with numbers as text and without a tenant id.
 *
 * @param value any value; never throws
 * @returns the token, or undefined when there is nothing in it that Fortnox could be asked with
 */
export function readStoredToken(value: unknown): StoredToken | undefined {
  const record = typeof value === 'string' ? parseJson(value) : value;
  if (!isRecord(record)) {
    return undefined;
  }
  const accessToken = text(record.access_token);
  const refreshToken = text(record.refresh_token);
  const tenantId = tenant(record.tenant_id) ?? (accessToken && tenantOf(accessToken));
  if (!accessToken && !refreshToken && !tenantId) {
    return undefined;
  }
  const issuedAt = moment(record.timestamp);
  return {
    accessToken,
    refreshToken,
    scope: text(record.scope) ?? '',
    expiresIn: seconds(record.expires_in),
    issuedAt,
    // Without a time of its own, the refresh token came with the access token.
    refreshIssuedAt: moment(record.refresh_token_timestamp) ?? issuedAt,
    isRefreshRejected: isRejected(record.refresh_token_rejected, record.refresh_token_timestamp),
    isClientRejected: isRejected(
      record.client_credentials_rejected,
      record.client_credentials_proven,
    ),
    tenantId,
    connectedAt: moment(record.connected_at),
  };
}

/**
 * The tenant id out of a Fortnox access token: the claim `tenantId` of a JWT (RFC 7519). It is decoded only, as
 * Fortnox is the one who checks its own tokens.
 *
 * @param accessToken any text
 * @returns the tenant id, or undefined when the text is not a JWT or lacks the claim
 * @internal exported for its tests
 */
export function tenantOf(accessToken: string): string | undefined {
  const payload = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url');
  const claims = parseJson(payload.toString('utf8'));
  return isRecord(claims) ? tenant(claims.tenantId) : undefined;
}

/** Registers with the output what is secret in the stored token's value, before anything of it can be printed. */
export function hideStored(value: unknown, output: Output): void {
  for (const secret of storedSecrets(value)) {
    output.secret(secret);
  }
}

/**
 * The secrets in the value of the setting `_fortnox_access_token`. A text that cannot be read may be a damaged
 * record, so all of it is one.
 *
 * @internal exported for its tests
 */
export function storedSecrets(value: unknown): string[] {
  const isUnread = typeof value === 'string' && value !== '' && !isRecord(parseJson(value));
  return isUnread ? [value, ...tokenSecrets(value)] : tokenSecrets(value);
}

/**
 * The tokens in a value from the Hub: every `access_token` and `refresh_token` and every JWT at any depth, also
 * inside a JSON string.
 *
 * @param value the output of a flow, or any other; never throws
 * @returns the secrets, possibly none
 */
export function tokenSecrets(value: unknown): string[] {
  const found = new Set<string>();
  const seen = new Set<unknown>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    const held = typeof next === 'string' ? parseJson(next) : next;
    if (typeof next === 'string' && JWT.test(next)) {
      found.add(next);
    }
    if (held === null || typeof held !== 'object' || seen.has(held)) {
      continue;
    }
    seen.add(held);
    for (const [name, inner] of Object.entries(held)) {
      if (/^(access|refresh)_?token$/i.test(name) && typeof inner === 'string') {
        found.add(inner);
      }
      open.push(inner);
    }
  }
  found.delete('');
  return [...found];
}

// What worked after it was refused is not refused any more.
function isRejected(rejected: unknown, proven: unknown): boolean {
  return text(rejected) !== undefined && !((moment(proven) ?? 0) > (moment(rejected) ?? 0));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function moment(value: unknown): number | undefined {
  const milliseconds = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

function seconds(value: unknown): number {
  const count = typeof value === 'string' || typeof value === 'number' ? Number(value) : 0;
  return count > 0 && count < MAX_TIME_MS / 1000 ? count : 0;
}

function tenant(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : text(value);
}
