import { describe, expect, test } from 'vitest';
import { unreachable } from '../../src/hub/unreachable.js';

const target = { host: 'hub.example.com:8181', seconds: 30, isProxied: false };

const coded = (code: string, cause?: unknown) =>
  Object.assign(new Error(code, { cause }), { code });
/** As undici throws it: an error without a code, which the one with a code has caused. */
const failed = (code: string) => new TypeError('fetch failed', { cause: coded(code) });

describe('given what a request failed with, then the failure is', () => {
  test.each<[string, string, boolean, string]>([
    ['ECONNREFUSED', 'hub_connection_refused', true, 'Nothing answers at hub.example.com:8181.'],
    ['ENOTFOUND', 'hub_name_unknown', false, 'The name hub.example.com is not known.'],
    ['EAI_AGAIN', 'hub_name_unknown', true, 'The name hub.example.com could not be looked up.'],
    [
      'ETIMEDOUT',
      'hub_timeout',
      true,
      'The Hub at hub.example.com:8181 did not answer within 30 s.',
    ],
    [
      'UND_ERR_CONNECT_TIMEOUT',
      'hub_timeout',
      true,
      'The Hub at hub.example.com:8181 did not answer within 30 s.',
    ],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'hub_certificate_untrusted',
      false,
      'The certificate of hub.example.com:8181 is not trusted.',
    ],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'hub_certificate_untrusted',
      false,
      'The certificate of hub.example.com:8181 is not trusted.',
    ],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'hub_certificate_untrusted',
      false,
      'The certificate of hub.example.com:8181 is not trusted.',
    ],
    [
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'hub_certificate_untrusted',
      false,
      'The certificate of hub.example.com:8181 is not trusted.',
    ],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'hub_certificate_name',
      false,
      'The certificate of hub.example.com:8181 is made out for another name.',
    ],
    [
      'CERT_HAS_EXPIRED',
      'hub_certificate_expired',
      false,
      'The certificate of hub.example.com:8181 is not valid at this time.',
    ],
    [
      'CERT_NOT_YET_VALID',
      'hub_certificate_expired',
      false,
      'The certificate of hub.example.com:8181 is not valid at this time.',
    ],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'hub_no_tls',
      false,
      'What answers at hub.example.com:8181 does not speak https.',
    ],
    ['EPROTO', 'hub_no_tls', false, 'What answers at hub.example.com:8181 does not speak https.'],
    [
      'ECONNRESET',
      'hub_unreachable',
      true,
      'The Hub at hub.example.com:8181 could not be reached (ECONNRESET).',
    ],
    [
      'UND_ERR_SOCKET',
      'hub_unreachable',
      true,
      'The Hub at hub.example.com:8181 could not be reached (UND_ERR_SOCKET).',
    ],
  ])('%s: %s', (code, expected, mayPass, message) => {
    expect(unreachable(failed(code), target)).toMatchObject({
      code: expected,
      message,
      mayPass,
      exitCode: 5,
    });
  });
});

describe('the cause is found', () => {
  test('in the error itself', () => {
    expect(unreachable(coded('ENOTFOUND'), target).code).toBe('hub_name_unknown');
  });

  test('among the errors of several addresses, of which one tells more', () => {
    const error = new AggregateError([coded('EADDRNOTAVAIL'), coded('ECONNREFUSED')]);
    const thrown = new TypeError('fetch failed', { cause: error });
    expect(unreachable(thrown, target).code).toBe('hub_connection_refused');
  });

  test('in a time-out by its name, as that has a number for a code', () => {
    const error = new DOMException('time-out', 'TimeoutError');
    expect(unreachable(error, target).code).toBe('hub_timeout');
  });

  test('in what undici says of a proxy, as that has no code of its own', () => {
    const cause = new Error('Proxy response (407) !== 200 when HTTP Tunneling');
    expect(unreachable(new TypeError('fetch failed', { cause }), target).code).toBe(
      'proxy_refused',
    );
  });

  test('in what fetch says of a port that it never asks, where another try is of no use', () => {
    const failure = unreachable(new TypeError('fetch failed', { cause: new Error('bad port') }), {
      ...target,
      host: 'hub.example.com:6000',
    });
    expect(failure).toMatchObject({
      code: 'hub_port_blocked',
      mayPass: false,
      message: 'Port 6000 of hub.example.com is one that web clients refuse to ask, browsers too.',
    });
  });

  test('not without end: an error may be its own cause', () => {
    const error = coded('ELOOP');
    error.cause = error;
    expect(unreachable(error, target).message).toContain('(ELOOP)');
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'ENOTFOUND'],
    ['an error without a code', new Error('ENOTFOUND')],
  ])('nowhere in %s', (_name, thrown) => {
    const failure = unreachable(thrown, target);
    expect(failure.cause).toBe(thrown);
    expect(failure).toMatchObject({
      code: 'hub_unreachable',
      message: 'The Hub at hub.example.com:8181 could not be reached (no code).',
    });
  });
});

describe('the next step', () => {
  test.each<[string, RegExp]>([
    ['ECONNREFUSED', /usually listens on 8181/],
    ['ENOTFOUND', /Check --api-url and the network/],
    ['ETIMEDOUT', /--timeout allows more time/],
    ['CERT_HAS_EXPIRED', /Renew it on the Hub/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /--ca-file/],
    ['EPROTO', /Try http:\/\//],
    ['ECONNRESET', /Check --api-url and the network/],
  ])('after %s: %s', (code, hint) => {
    expect(unreachable(failed(code), target).hint).toMatch(hint);
  });

  test.each(['ETIMEDOUT', 'ECONNRESET'])('after %s of a run: to see what it did', (code) => {
    expect(unreachable(failed(code), { ...target, isRun: true }).hint).toMatch(
      /^The flow may have run all the same/,
    );
  });

  test('after a run that never began: as ever', () => {
    expect(unreachable(failed('ECONNREFUSED'), { ...target, isRun: true }).hint).toMatch(/8181/);
  });

  test('names the proxy where the environment has one', () => {
    const proxied = { ...target, isProxied: true };
    expect(unreachable(failed('ECONNREFUSED'), proxied).hint).toMatch(/HTTPS_PROXY\.$/);
    expect(unreachable(failed('ECONNREFUSED'), target).hint).not.toMatch(/HTTPS_PROXY/);
  });

  test('never tells to turn the check of certificates off', () => {
    expect(unreachable(failed('CERT_HAS_EXPIRED'), target).hint).not.toMatch(/insecure/);
  });
});
