import { describe, expect, test } from 'vitest';
import { checkActivationUrl } from '../../src/activate/activation-url.js';

const expected = { state: 'the-state', redirectUri: 'http://localhost:2022' };
const QUERY = 'client_id=a&state=the-state&redirect_uri=http%3A%2F%2Flocalhost%3A2022';

describe('the activation URL of the flow', () => {
  test.each([
    `https://apps.fortnox.se/oauth-v1/auth?${QUERY}`,
    `http://127.0.0.1:4711/oauth-v1/auth?${QUERY}`,
    `http://localhost:4711/oauth-v1/auth?${QUERY}`,
    'https://apps.fortnox.se/oauth-v1/auth?client_id=a&state=the-state',
  ])('is taken: %s', (url) => {
    expect(checkActivationUrl(url, expected)).toBe(url);
  });

  test.each([
    ['no text', undefined, 'is not a web address'],
    ['an object', { url: `https://apps.fortnox.se/?${QUERY}` }, 'is not a web address'],
    ['no address', 'please activate', 'is not a web address'],
    ['another scheme', `file:///etc/passwd?${QUERY}`, 'is not a web address'],
    ['a script', `javascript:alert(1)?${QUERY}`, 'is not a web address'],
    ['a user in it', `https://apps.fortnox.se@evil.example/?${QUERY}`, 'is not a web address'],
    ['plain http', `http://apps.fortnox.se/oauth-v1/auth?${QUERY}`, 'does not lead to Fortnox'],
    ['another host', `https://apps.fortnox.se.evil.example/?${QUERY}`, 'does not lead to'],
    ['another port', `https://apps.fortnox.se:8443/?${QUERY}`, 'does not lead to'],
    [
      'a fixed state',
      `https://apps.fortnox.se/?${QUERY.replace('the-state', 'somestate')}`,
      'state',
    ],
    ['two states', `https://apps.fortnox.se/?${QUERY}&state=other`, 'state'],
    ['no state', 'https://apps.fortnox.se/?client_id=a', 'state'],
    ['another redirect URI', `https://apps.fortnox.se/?${QUERY}0`, 'another redirect URI'],
  ])('is refused with %s', (_name, output, problem) => {
    expect(() => checkActivationUrl(output, expected)).toThrow(problem);
  });
});
