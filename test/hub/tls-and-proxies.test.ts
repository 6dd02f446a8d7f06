import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { testContext } from '../support/context.js';
import { authority, expired, foreign, key, local } from './certificates.js';
import { clientOf, listen, scripted } from './world.js';

const SETTING = { value: 'x' };
const hubWith = (cert: string) => scripted(() => ({ body: SETTING }), { key, cert });

const failing = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  );

describe('given a Hub with a certificate', () => {
  test('of an authority that nobody knows, it is named and not tried again', async () => {
    const { url } = await hubWith(local);
    const context = testContext();
    const failure = await failing(clientOf(url, context).setting('_a'));
    expect(failure).toMatchObject({
      code: 'hub_certificate_untrusted',
      exitCode: 5,
      hint: expect.stringContaining('--ca-file'),
    });
    expect(context.stderr()).not.toMatch(/again/);
  });

  test('of an authority that was given, it is trusted', async () => {
    const { url } = await hubWith(local);
    expect(await clientOf(url, testContext(), { ca: authority }).setting('_a')).toEqual(SETTING);
  });

  test('that nobody knows, it is taken where checks are off', async () => {
    const { url } = await hubWith(local);
    expect(await clientOf(url, testContext(), { insecure: true }).setting('_a')).toEqual(SETTING);
  });

  test.each([
    ['for another name', foreign, 'hub_certificate_name'],
    ['that has run out', expired, 'hub_certificate_expired'],
  ])('%s, it is named', async (_name, cert, code) => {
    const { url } = await hubWith(cert);
    expect(
      await failing(clientOf(url, testContext(), { ca: authority }).setting('_a')),
    ).toMatchObject({
      code,
    });
  });

  test('a Hub that does not speak https is named', async () => {
    const { port } = await scripted(() => ({}));
    const failure = await failing(clientOf(`https://localhost:${port}/api/v2`).setting('_a'));
    expect(failure).toMatchObject({ code: 'hub_no_tls' });
  });
});

/** A proxy; it notes what it was asked for, and wants a password where one is given. */
async function proxy(authorization?: string): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const isAllowed = ({ headers }: IncomingMessage) =>
    authorization === undefined || headers['proxy-authorization'] === authorization;
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    outgoing.writeHead(isAllowed(incoming) ? 200 : 407, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify({ value: 'through the proxy' }));
  });
  server.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    if (!isAllowed(incoming)) {
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    }
    const upstream = connect(Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
    return undefined;
  });
  return { port: await listen(server), asked };
}

describe('given a proxy in the environment', () => {
  test('https goes through it in a tunnel, and the Hub is still checked', async () => {
    const { url, port } = await hubWith(local);
    const { port: proxyPort, asked } = await proxy();
    const context = testContext({ env: { HTTPS_PROXY: `http://localhost:${proxyPort}` } });
    expect(await clientOf(url, context, { ca: authority }).setting('_a')).toEqual(SETTING);
    expect(asked).toEqual([`CONNECT localhost:${port}`]);
    const untrusting = await failing(clientOf(url, context).setting('_a'));
    expect(untrusting).toMatchObject({ code: 'hub_certificate_untrusted' });
  });

  test('plain http goes through it without a tunnel', async () => {
    const { port, asked } = await proxy();
    const context = testContext({ env: { http_proxy: `http://localhost:${port}` } });
    const setting = await clientOf('http://hub.example.com/api/v2', context).setting('_a');
    expect(setting?.value).toBe('through the proxy');
    expect(asked).toEqual(['GET http://hub.example.com/api/v2/my/config/settings/_a']);
  });

  test('a host in NO_PROXY is reached without it', async () => {
    const { url } = await hubWith(local);
    const env = { HTTPS_PROXY: 'http://localhost:1', NO_PROXY: 'localhost' };
    expect(await clientOf(url, testContext({ env }), { ca: authority }).setting('_a')).toEqual(
      SETTING,
    );
  });

  test('its password is sent to it, and masked everywhere else', async () => {
    const { url } = await hubWith(local);
    const authorization = `Basic ${Buffer.from('user:canary-password').toString('base64')}`;
    const { port } = await proxy(authorization);
    const context = testContext({
      env: { HTTPS_PROXY: `http://user:canary-password@localhost:${port}` },
    });
    expect(await clientOf(url, context, { ca: authority }).setting('_a')).toEqual(SETTING);
    expect(context.output.safe(`${authorization} canary-password`)).not.toMatch(
      /canary|Y2FuYXJ5LXBhc3N3b3Jk/,
    );
  });

  test('one that refuses is named', async () => {
    const { url } = await hubWith(local);
    const { port } = await proxy('Basic something');
    const context = testContext({ env: { HTTPS_PROXY: `http://localhost:${port}` } });
    expect(await failing(clientOf(url, context).setting('_a'))).toMatchObject({
      code: 'proxy_refused',
      exitCode: 5,
    });
  });

  test('one that is not there is pointed at', async () => {
    const { url } = await hubWith(local);
    const context = testContext({ env: { HTTPS_PROXY: 'http://localhost:1' } });
    expect(await failing(clientOf(url, context).setting('_a'))).toMatchObject({
      hint: expect.stringContaining('HTTPS_PROXY'),
    });
  });

  test.each(['localhost:3128', 'socks5://localhost:1', 'http://['])('%s is no proxy', (text) => {
    const context = testContext({ env: { HTTPS_PROXY: text } });
    expect(() => clientOf('https://hub/api/v2', context)).toThrow(
      /HTTPS_PROXY .* is no web address/,
    );
  });
});
