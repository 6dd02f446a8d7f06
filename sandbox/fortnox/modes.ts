import { randomUUID } from 'node:crypto';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a code, an access token and a refresh token live, in milliseconds; 31 days is the deadline to count on. */
export const LIFETIME = { code: 10 * MINUTE, accessToken: HOUR, refreshToken: 31 * DAY };

/** How the stand-in behaves where Fortnox's own documentation leaves it open, or may change. */
export interface FortnoxModes {
  /** How long a refresh token still works after it was used, in milliseconds. */
  gracePeriod: number;
  /** Access tokens are JWTs that hold the tenant id, or tell nothing. */
  accessTokens: 'jwt' | 'opaque';
  /** How `expires_in` comes. */
  expiresIn: 'number' | 'text' | 'zero' | 'missing';
  /** Makes the parts of answers that nobody can guess; told how many of the kind were made before, and for which company. */
  secret: (kind: 'code' | 'access' | 'refresh', nth: number, tenantId: number) => string;
}

/** The modes that a stand-in starts with: what Fortnox documents. */
export const documentedModes: FortnoxModes = {
  gracePeriod: 0,
  accessTokens: 'jwt',
  expiresIn: 'number',
  secret: () => randomUUID().replaceAll('-', ''),
};
