/** What the Hub's setting `_fortnox_access_token` holds, with every field brought to its type. */
export interface StoredToken {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly scope: string;
  /** Life of the access token in seconds; 0 where the record does not say. */
  readonly expiresIn: number;
  /** When the access token was issued, in milliseconds since 1970; null where the record does not say. */
  readonly issuedAt: number | null;
  /** When the refresh token was issued, in milliseconds since 1970. */
  readonly refreshIssuedAt: number | null;
  /** True when Fortnox has refused the refresh token since; client credentials keep the connection then. */
  readonly refreshRejected: boolean;
  readonly tenantId: string | null;
}

/** The latest moment that a Date can hold (ECMA-262, "Time Values and Time Range"). */
const LATEST = 8.64e15;

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function moment(value: unknown): number | null {
  if (typeof value !== 'string') {
    return null;
  }
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

function seconds(value: unknown): number {
  if (typeof value !== 'number' && typeof value !== 'string') {
    return 0;
  }
  const count = Number(value);
  return count > 0 && count < LATEST / 1000 ? count : 0;
}

function tenant(value: unknown): string | null {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? String(value) : null;
  }
  return text(value);
}

function object(value: unknown): Record<string, unknown> | null {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}

/**
 * The tenant id out of a Fortnox access token: the claim `tenantId` of a JWT (RFC 7519). It is decoded only, as
 * Fortnox is the one who checks its own tokens.
 *
 * @param accessToken any text
 * @returns the tenant id, or null when the text is no JWT or lacks the claim
 */
export function tenantOf(accessToken: string): string | null {
  const payload = accessToken.split('.')[1];
  if (payload === undefined) {
    return null;
  }
  return tenant(object(parsed(Buffer.from(payload, 'base64url').toString('utf8')))?.tenantId);
}

/**
 * Reads the value of the setting `_fortnox_access_token`: an object, or the JSON string that the manual blueprint
 * stored, with numbers as text and without a tenant id.
 *
 * @param value any value; never throws
 * @returns the token, or null when there is nothing in it that Fortnox could be asked with
 */
export function readStoredToken(value: unknown): StoredToken | null {
  const record = object(typeof value === 'string' ? parsed(value) : value);
  if (record === null) {
    return null;
  }
  const accessToken = text(record.access_token);
  const refreshToken = text(record.refresh_token);
  const tenantId =
    tenant(record.tenant_id) ?? (accessToken === null ? null : tenantOf(accessToken));
  if (accessToken === null && refreshToken === null && tenantId === null) {
    return null;
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
    refreshRejected: text(record.refresh_token_rejected) !== null,
    tenantId,
  };
}

/** A JWT (RFC 7519, section 3): Fortnox's access tokens are some. */
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;

/**
 * The tokens in a value from the Hub, to be registered with the output before anything is written: every
 * `access_token` and `refresh_token` and every JWT at any depth, also inside a JSON string.
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
    const held = typeof next === 'string' ? parsed(next) : next;
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

/**
 * The secrets in the value of the setting `_fortnox_access_token`. A text that cannot be read may be a damaged
 * record, so all of it is one.
 */
export function storedSecrets(value: unknown): string[] {
  const isUnread = typeof value === 'string' && value !== '' && object(parsed(value)) === null;
  return isUnread ? [value, ...tokenSecrets(value)] : tokenSecrets(value);
}
