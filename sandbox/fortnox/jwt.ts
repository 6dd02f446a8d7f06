import { createHmac } from 'node:crypto';
import type { Grant } from './company.js';
import { LIFETIME } from './modes.js';

/**
 * Makes an access token as Fortnox does: a JWT (RFC 7519) signed with HMAC SHA-256, which clients only ever decode.
 *
 * @param id the claim `jti`
 */
export function accessTokenFor(grant: Grant, id: string): string {
  const claims = {
    tenantId: grant.tenantId,
    clientId: grant.clientId,
    scope: grant.scope.split(' '),
    exp: Math.floor(grant.at / 1000) + LIFETIME.accessToken / 1000,
    jti: id,
  };
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', 'stand-in').update(signed).digest('base64url')}`;
}
