import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BlueprintError } from '../../src/core/errors.js';
import { ExitCode } from '../../src/core/exit-codes.js';
import { hubClient } from '../../src/hub/client.js';
import { otherProtocol } from '../../src/hub/probe.js';
import { testContext } from '../support/context.js';
import { key, local } from './certificates.js';
import { clientOf, connectionTo, listen, type Scripted, type Seen, scripted } from './world.js';

const LIST = '/api/v2/my/config/settings';

const failing = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  );

const listAt = (url: string, context = testContext()) =>
  failing(clientOf(url, context).settingsMap('fortnox'));

/** A server that answers whatever comes with bytes, or with the end of the connection. @returns its port */
async function raw(answer: (socket: Socket, count: number) => void): Promise<number> {
  const open = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      count += 1;
      answer(socket, count);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) {
      socket.destroy();
    }
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('given http to a port that speaks https', () => {
  const hint = (port: number) => `Write https://localhost:${port}/api/v2 in --api-url.`;

  test('which ends the connection, then a greeting shows what it speaks', async () => {
    const { port } = await scripted(() => ({}), { key, cert: local });
    const context = testContext();
    expect(await listAt(`http://localhost:${port}/api/v2`, context)).toMatchObject({
      code: 'hub_speaks_tls',
      exitCode: 5,
      message: 'This port speaks https.',
      hint: hint(port),
    });
    expect(context.stderr()).not.toMatch(/Trying again/);
  });

  test.each([
    'The plain HTTP request was sent to HTTPS port',
    "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
    'Client sent an HTTP request to an HTTPS server.',
  ])('which says so in a page of its own: %s', async (text) => {
    const headers = { 'content-type': 'text/html' };
    const { url, port } = await scripted(() => ({ status: 400, headers, body: `<p>${text}</p>` }));
    expect(await listAt(url)).toMatchObject({ code: 'hub_speaks_tls', hint: hint(port) });
  });

  test.each([301, 302, 307, 308])('which leads to https with %i', async (status) => {
    const location = 'https://localhost:8443/api/v2/my/config/settings?session=canary';
    const { url, seen } = await scripted(() => ({ status, headers: { location } }));
    const failure = await listAt(url);
    expect(failure).toMatchObject({
      code: 'hub_speaks_tls',
      exitCode: 5,
      hint: 'Write https://localhost:8443 in --api-url.',
    });
    expect(String(failure)).not.toContain('canary');
    expect(seen).toHaveLength(1);
  });
});

describe('given https to a port that speaks http', () => {
  test('which answers in plain text', async () => {
    const { port } = await scripted(() => ({}));
    expect(await listAt(`https://localhost:${port}/api/v2`)).toMatchObject({
      code: 'hub_no_tls',
      exitCode: 5,
    });
  });

  test('which ends the connection, then a plain request shows what it speaks', async () => {
    const port = await raw((socket, count) =>
      count === 1 ? socket.destroy() : socket.end('HTTP/1.1 404 Not Found\r\n\r\n'),
    );
    expect(await listAt(`https://localhost:${port}/api/v2`)).toMatchObject({ code: 'hub_no_tls' });
  });

  test('which speaks neither, then no protocol is named', async () => {
    const port = await raw((socket) => socket.destroy());
    const context = testContext();
    const failure = await listAt(`https://localhost:${port}/api/v2`, context);
    expect(failure).toMatchObject({ code: 'hub_unreachable' });
  });
});

test.each(['http', 'https'])(
  'a port that says nothing to %s, however long it is waited for, is told by the first failure',
  async (protocol) => {
    const port = await raw(() => undefined);
    const failure = new BlueprintError('hub_unreachable', 'No.', ExitCode.unreachable, {
      hint: 'Try.',
    });
    const apiUrl = `${protocol}://127.0.0.1:${port}/api/v2`;
    expect(await otherProtocol(failure, apiUrl, testContext().signal)).toBe(failure);
  },
);

describe('given a path too far', () => {
  /** A Hub whose API is where it should be, and nowhere else. */
  const hub = (elsewhere: Scripted, list: Scripted = { body: {} }) =>
    scripted(({ path }: Seen) => (path === LIST ? list : elsewhere));
  const notFound = { status: 404, body: { statusCode: 404, error: 'Not Found', message: 'no' } };

  test.each(['/docs/api/v2', '/api/v2/my/config/api/v2', '/documentation/api/v2'])(
    '%s, then there is no API, and where it is was found out',
    async (path) => {
      const { port } = await hub(notFound);
      const origin = `http://localhost:${port}`;
      expect(await listAt(origin + path)).toMatchObject({
        code: 'hub_no_api',
        exitCode: 6,
        message: `There is no Hub API at ${origin}${path}: it has no list of settings.`,
        hint: `The API answers at ${origin}/api/v2: give that address in --api-url.`,
      });
    },
  );

  test('of a page, then the API beside it is found as well', async () => {
    const { port } = await hub({ headers: { 'content-type': 'text/html' }, body: '<html>' });
    expect(await listAt(`http://localhost:${port}/docs/api/v2`)).toMatchObject({
      code: 'hub_not_json',
      hint: expect.stringContaining(`http://localhost:${port}/api/v2`),
    });
  });

  test('and a token that is not accepted, then the API is known by its refusal', async () => {
    const { port } = await hub(notFound, {
      status: 401,
      body: { statusCode: 401, error: 'Unauthorized', message: 'no' },
    });
    expect(await listAt(`http://localhost:${port}/docs/api/v2`)).toMatchObject({
      hint: expect.stringContaining(`http://localhost:${port}/api/v2`),
    });
  });

  test('and no API anywhere, then the next step is to check the path, and names the address without it', async () => {
    const { port } = await scripted(() => notFound);
    expect(await listAt(`http://localhost:${port}/docs/api/v2`)).toMatchObject({
      code: 'hub_no_api',
      hint: expect.stringMatching(
        new RegExp(`^Check the path /docs .* http://localhost:${port} is all`),
      ),
    });
  });

  test('or without a path, and no API anywhere, then it is the port that is to be checked', async () => {
    const { url } = await scripted(() => notFound);
    expect(await listAt(url)).toMatchObject({
      code: 'hub_no_api',
      hint: expect.stringMatching(/^Something else answers at this port: check the port/),
    });
  });
});

describe('given the web app, a login or an error page', () => {
  const page = { headers: { 'content-type': 'text/html' }, body: '<html>Onify</html>' };

  test.each<[string, Scripted, string, RegExp]>([
    ['the web app', page, 'hub_not_json', /not that of the web app/],
    ['a login', { status: 302, headers: { location: '/login' } }, 'hub_redirect', /web app/],
    ['an error page of a proxy', { ...page, status: 500 }, 'hub_refused', /Hub's log/],
  ])('%s is named', async (_name, answer, code, hint) => {
    const { url } = await scripted(() => answer);
    expect(await listAt(url)).toMatchObject({
      code,
      exitCode: 6,
      hint: expect.stringMatching(hint),
    });
  });
});

describe('given many requests at once', () => {
  test('to a port where nobody listens, then one is tried again and the others fail with it', async () => {
    const server = createHttpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const context = testContext();
    const hub = clientOf(`http://127.0.0.1:${port}/api/v2`, context);
    const failures = await Promise.all([1, 2, 3, 4, 5].map((id) => failing(hub.setting(`_${id}`))));
    expect(new Set(failures).size).toBe(1);
    expect(hub.requests).toBe(5 + 3);
    expect(context.stderr().match(/Trying again/g)).toHaveLength(3);
  });

  test('to a Hub, then all of them go at once', async () => {
    const { url, seen } = await scripted(() => ({ body: { value: 1 } }));
    const hub = clientOf(url);
    await Promise.all([1, 2, 3].map((id) => hub.setting(`_${id}`)));
    // Each on a connection of its own, so in any order.
    expect(seen.map(({ path }) => path.slice(-2)).sort()).toEqual(['_1', '_2', '_3']);
    expect(hub.requests).toBe(3);
  });

  test('after one that failed, then the next one is tried anew', async () => {
    const { url } = await scripted((_request, count) => ({
      status: count === 0 ? 400 : 200,
      body: { value: 1 },
    }));
    const hub = clientOf(url);
    await failing(hub.setting('_a'));
    expect(await hub.setting('_a')).toEqual({ value: 1 });
  });
});

describe('a Hub is named before it is asked', () => {
  const named = (apiUrl: string, json = false) => {
    const context = testContext({ json });
    const hub = hubClient(connectionTo(apiUrl), context);
    onTestFinished(() => hub.close());
    return context;
  };
  const apiUrl = 'https://hub.example.com:8181/api/v2';

  test('for a person, and for a program', () => {
    const context = named(apiUrl, true);
    context.output.result([], { command: 'status' });
    expect(context.stderr()).toBe(`Hub: ${apiUrl}\n`);
    expect(JSON.parse(context.stdout())).toEqual({ command: 'status', hub: apiUrl });
  });

  test('in a failure too', () => {
    const context = named(apiUrl, true);
    context.output.failure('No.', 'Try.', { ok: false });
    expect(JSON.parse(context.stdout())).toMatchObject({ ok: false, hub: apiUrl });
  });

  test('without user, password or query', () => {
    const context = named('https://user:canary@hub.example.com/api/v2?key=canary');
    expect(context.stderr()).toBe('Hub: https://hub.example.com/api/v2\n');
  });
});
