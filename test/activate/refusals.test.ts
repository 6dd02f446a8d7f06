import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import { isBlockedPort } from '../../src/activate/blocked-ports.js';
import { listenOn } from '../../src/activate/loopback-server.js';
import { refusalOf } from '../../src/activate/refusals.js';
import { occupy, release, visit } from './fake-browser.js';

describe('given an error of Fortnox in the redirect, then it is told as', () => {
  test.each<[string, string, RegExp, RegExp]>([
    ['access_denied', 'fortnox_access_denied', /not approved/, /approve when Fortnox asks/],
    ['invalid_scope', 'fortnox_invalid_scope', /one of the scopes/, /--scopes/],
    ['error_missing_license', 'fortnox_license_missing', /no licence/, /administrator .* adds it/],
    ['error_missing_app_license', 'fortnox_license_missing', /no licence/, /then activate again/],
    [
      'error_missing_system_admin_right',
      'fortnox_not_system_admin',
      /Only a system admin/,
      /log in/,
    ],
    ['unauthorized_client', 'fortnox_unauthorized_client', /this app/, /fortnox_app_clientid/],
    ['invalid_request', 'fortnox_invalid_request', /activation URL/, /--redirect-uri/],
    ['server_error', 'fortnox_unavailable', /problem of its own/, /in some minutes/],
    ['temporarily_unavailable', 'fortnox_unavailable', /problem of its own/, /in some minutes/],
    ['something_new', 'fortnox_refused', /with "something_new"/, /support@onify\.co/],
  ])('%s: %s', (error, code, message, hint) => {
    const refusal = refusalOf(error);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(message);
    expect(refusal.hint).toMatch(hint);
  });

  test.each<[string, string]>([
    ['', 'Fortnox refused the approval.'],
    ['<>"', 'Fortnox refused the approval.'],
    ['a b\nc', 'Fortnox refused the approval with "abc".'],
    ['x'.repeat(500), `Fortnox refused the approval with "${'x'.repeat(60)}".`],
  ])('%j, of which only a name is shown', (error, message) => {
    expect(refusalOf(error).message).toBe(message);
  });
});

describe('given a port that browsers do not open', () => {
  test('then it is refused at once, and the way to paste is named', async () => {
    await expect(listenOn(['127.0.0.1'], 6000, () => undefined)).rejects.toMatchObject({
      code: 'redirect_port_blocked',
      message: 'Browsers refuse to open port 6000, so no answer can arrive there.',
      hint: expect.stringContaining('--no-browser'),
    });
  });

  test('then it is one that the Fetch standard lists, as this Node knows it', async () => {
    const ports = Array.from({ length: 10_100 }, (_, at) => at + 1);
    const blocked = [];
    for (const port of ports.filter(isBlockedPort)) {
      // A name that resolves nowhere: what is not refused for its port fails otherwise.
      const failure = await fetch(`http://a.invalid:${port}/`).catch(({ cause }) => cause);
      blocked.push([port, failure.message]);
    }
    expect(blocked).toHaveLength(82);
    expect(blocked.filter(([, message]) => message !== 'bad port')).toEqual([]);
  });
});

describe('given addresses and a port to listen on', () => {
  const hello = (_request: unknown, response: { end(text: string): void }) => response.end('hello');

  test('then requests to them are answered, until it is closed', async () => {
    const port = await freePort();
    const close = await listenOn(['127.0.0.1'], port, hello);
    expect((await visit(`http://127.0.0.1:${port}/`)).body).toBe('hello');
    await close();
    await expect(visit(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  test.each([
    ['half a request', 'GET / HTTP/1.1\r\nHost: localhost\r\n'],
    ['half a body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf'],
    ['nothing', ''],
  ])('then a client that sends %s is cut off', async (_name, sent) => {
    const port = await freePort();
    const close = await listenOn(['127.0.0.1'], port, () => undefined, 200);
    const client = connect(port, '127.0.0.1');
    client
      .on('error', () => undefined)
      .resume()
      .write(sent);
    await once(client, 'close');
    await close();
  });

  test('then an address that this machine does not have is left out', async () => {
    const port = await freePort();
    const close = await listenOn(['192.0.2.1', '127.0.0.1'], port, hello);
    expect((await visit(`http://127.0.0.1:${port}/`)).body).toBe('hello');
    await close();
  });

  test('then none at all is a failure with a way on', async () => {
    const port = await freePort();
    await expect(listenOn(['192.0.2.1'], port, hello)).rejects.toMatchObject({
      code: 'redirect_port_failed',
      exitCode: 2,
      hint: expect.stringContaining('--no-browser'),
    });
  });

  test('then a port that another program has is named', async () => {
    const other = await occupy('127.0.0.1', 0);
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(listenOn(['127.0.0.1'], port, hello)).rejects.toMatchObject({
      code: 'redirect_port_used',
      exitCode: 2,
      message: expect.stringContaining(`Port ${port}`),
    });
    await release(other);
  });

  test('then a port that one of them can not have is given up as a whole', async () => {
    const port = await freePort();
    const twice = listenOn(['127.0.0.1', '127.0.0.1'], port, hello);
    await expect(twice).rejects.toMatchObject({ code: 'redirect_port_used' });
    await expect(visit(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  test('then it may be closed twice', async () => {
    const close = await listenOn(['127.0.0.1'], await freePort(), hello);
    await close();
    await close();
  });
});
