import { describe, expect, test } from 'vitest';
import { DEFAULT_REDIRECT_URI, readRedirectUri } from '../../src/activate/redirect-uri.js';

function read(text: string) {
  const redirectUri = readRedirectUri(text);
  if ('problem' in redirectUri) {
    throw new Error(redirectUri.problem);
  }
  return redirectUri;
}

describe('a redirect URI', () => {
  test('by default is listened at on both loopback addresses', () => {
    expect(read(DEFAULT_REDIRECT_URI)).toEqual({
      text: 'http://localhost:2022',
      loopback: {
        bind: ['127.0.0.1', '::1'],
        port: 2022,
        origin: 'http://localhost:2022',
        path: '/',
        hostHeaders: ['localhost:2022', '127.0.0.1:2022', '[::1]:2022'],
      },
    });
  });

  test('keeps its text, as Fortnox compares it character by character', () => {
    expect(read(' HTTP://LocalHost:2022/Back ').text).toBe('HTTP://LocalHost:2022/Back');
  });

  test.each([
    ['http://127.0.0.1:2022/back', ['127.0.0.1'], 2022, '/back'],
    ['http://[::1]:2022', ['::1'], 2022, '/'],
    ['http://localhost', ['127.0.0.1', '::1'], 80, '/'],
    ['http://localhost:2022/back?from=fortnox', ['127.0.0.1', '::1'], 2022, '/back'],
  ])('%s can be listened at', (text, bind, port, path) => {
    expect(read(text).loopback).toMatchObject({ bind, port, path });
  });

  test('on port 80 is asked for with or without the port', () => {
    expect(read('http://localhost').loopback?.hostHeaders).toEqual(
      expect.arrayContaining(['localhost', 'localhost:80']),
    );
  });

  test.each([
    'https://localhost:2022',
    'https://example.com/back',
    'http://10.0.0.1:2022',
    'http://localhost.evil.example',
  ])('%s cannot be listened at', (text) => {
    expect(read(text).loopback).toBeUndefined();
  });

  test.each([
    ['nothing', ''],
    ['no scheme', 'localhost:2022'],
    ['another scheme', 'ftp://localhost:2022'],
    ['no host', 'http://'],
    ['a relative address', '/back'],
    ['one slash', 'http:/localhost'],
    ['a fragment', 'http://localhost:2022/#here'],
    ['an empty fragment', 'http://localhost:2022/#'],
    ['a user', 'http://me@localhost:2022'],
    ['a password', 'http://me:secret@localhost:2022'],
    ['port 0', 'http://localhost:0'],
    ['a space inside', 'http://localhost:2022/a b'],
    ['a port that is none', 'http://localhost:99999'],
  ])('is refused with %s, without repeating it', (_name, text) => {
    const redirectUri = readRedirectUri(text);
    expect(redirectUri).toHaveProperty('problem');
    expect(JSON.stringify(redirectUri)).not.toContain('secret');
  });
});
