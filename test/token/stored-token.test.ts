import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readStoredToken,
  storedSecrets,
  tenantOf,
  tokenSecrets,
} from '../../src/token/stored-token.js';

function jwt(claims: unknown): string {
  return ['{"alg":"HS256"}', JSON.stringify(claims), 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
}

describe('the tenant id of an access token', () => {
  test('is the claim tenantId, as a number', () => {
    expect(tenantOf(jwt({ tenantId: 1234567 }))).toBe('1234567');
  });

  test('is the claim tenantId, as text', () => {
    expect(tenantOf(jwt({ tenantId: '1234567' }))).toBe('1234567');
  });

  test.each([
    ['an opaque token', 'd3b07384-d9a0'],
    ['a JWT without the claim', jwt({ sub: 'x' })],
    ['a claim that is an object', jwt({ tenantId: {} })],
    ['claims that are null', jwt(null)],
    ['three parts of nonsense', 'a.b.c'],
  ])('is unknown for %s', (_name, token) => {
    expect(tenantOf(token)).toBeUndefined();
  });

  test('of the record goes before the claim', () => {
    const record = { access_token: jwt({ tenantId: 1 }), tenant_id: '2' };
    expect(readStoredToken(record)?.tenantId).toBe('2');
  });
});

describe('the secrets of a value', () => {
  test('are both tokens of a record', () => {
    expect(
      tokenSecrets({ access_token: 'one', refresh_token: 'two', scope: 'customer' }).sort(),
    ).toEqual(['one', 'two']);
  });

  test('are found in a JSON string and at any depth', () => {
    const value = {
      output: { kept: JSON.stringify({ refresh_token: 'two' }) },
      list: [{ accessToken: 'one' }],
    };
    expect(tokenSecrets(value).sort()).toEqual(['one', 'two']);
  });

  test('include a JWT under any name', () => {
    const token = jwt({ tenantId: 1 });
    expect(tokenSecrets({ output: token })).toEqual([token]);
  });

  test('are the whole text where a stored text cannot be read', () => {
    expect(storedSecrets('{"access_token":"one')).toEqual(['{"access_token":"one']);
  });

  test('are not a text that is no stored value, such as the activation URL', () => {
    expect(tokenSecrets('https://apps.fortnox.se/oauth-v1/auth?state=x')).toEqual([]);
  });

  test('are none in a record that install has just made', () => {
    expect(storedSecrets({})).toEqual([]);
  });

  test('are found in any JSON value without failing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.uuid(), (value, secret) => {
        expect(tokenSecrets({ value, inner: [{ refresh_token: secret }] })).toContain(secret);
      }),
      { numRuns: 200 },
    );
  });
});
