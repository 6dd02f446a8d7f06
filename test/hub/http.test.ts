import { createServer } from 'node:http';
import { type AddressInfo, createServer as createPlain } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { InterruptedError } from '../../src/core/errors.js';
import { testContext } from '../support/context.js';
import { said } from '../support/said.js';
import { clientOf, listen, type Scripted, scripted } from './world.js';

const SETTING = { value: 'x', type: 'string' };

/** A Hub that answers the first requests as told, and then as it should. */
const hubAfter = (...first: Scripted[]) =>
  scripted((_request, count) => first[count] ?? { body: SETTING });

const failing = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  );

describe('a request that meets a passing failure', () => {
  test.each<[string, Scripted]>([
    ['429', { status: 429, headers: { 'retry-after': '0' } }],
    [
      '502 with a web page',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad</h1>' },
    ],
    ['503', { status: 503, body: { message: 'starting' } }],
    ['504', { status: 504 }],
    ['a cut connection', { cuts: true }],
  ])('is sent again after %s', async (_name, failure) => {
    const { url, seen } = await hubAfter(failure);
    expect(await clientOf(url).setting('_a')).toEqual(SETTING);
    expect(seen).toHaveLength(2);
  });

  test('is sent four times at most, and then tells of the last failure', async () => {
    const headers = { 'retry-after': '0' };
    const { url, seen } = await scripted(() => ({
      status: 503,
      headers,
      body: { message: 'down for now' },
    }));
    expect(await failing(clientOf(url).setting('_a'))).toMatchObject({
      code: 'hub_not_ready',
      exitCode: 5,
      message: expect.stringContaining('down for now'),
    });
    expect(seen).toHaveLength(4);
  });

  test('says what it waits for', async () => {
    const { url } = await hubAfter({ status: 503 });
    const context = testContext();
    await clientOf(url, context).setting('_a');
    expect(said(context.stderr())).toMatch(
      /The Hub is not ready \(503 .* Trying again in 0\.\d s \(1 of 3\)/,
    );
  });

  test('waits as long as Retry-After says', async () => {
    const { url } = await hubAfter({ status: 429, headers: { 'retry-after': '1' } });
    const started = performance.now();
    await clientOf(url).setting('_a');
    expect(performance.now() - started).toBeGreaterThan(990);
  });

  test('ends at once when it is interrupted while it waits', async () => {
    const { url } = await scripted(() => ({ status: 503, headers: { 'retry-after': '60' } }));
    const context = testContext();
    const failure = failing(clientOf(url, context).setting('_a'));
    setTimeout(() => context.interrupt(), 50);
    expect(await failure).toBeInstanceOf(InterruptedError);
  });
});

test('a request that is under way ends at once when it is interrupted', async () => {
  const { url } = await scripted(() => ({ hangs: true }));
  const context = testContext();
  const failure = failing(clientOf(url, context).setting('_a'));
  setTimeout(() => context.interrupt(), 50);
  // Were it not heeded, the request would end by its own limit, as one that timed out.
  expect(await failure).toBeInstanceOf(InterruptedError);
});

test('a connection that is being made is given up when it is interrupted', async () => {
  // It takes connections, and never answers the greeting of TLS.
  const silent = createPlain((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => context.interrupt());
    onTestFinished(() => {
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    silent.close();
  });
  const context = testContext();
  const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/api/v2`;
  // A day: what ends, has heeded it.
  const hub = clientOf(url, context, { timeoutMs: 86_400_000 });
  expect(await failing(hub.setting('_a'))).toBeInstanceOf(InterruptedError);
});

test('a run of a workflow that is under way is interrupted, and not told as a Hub out of reach', async () => {
  const { url } = await scripted(() => ({ hangs: true }));
  const context = testContext();
  const run = clientOf(url, context).runWorkflow('flow', undefined, { timeoutSeconds: 5 });
  setTimeout(() => context.interrupt(), 50);
  expect(await failing(run)).toBeInstanceOf(InterruptedError);
});

test('an answer that takes its time, and pauses, is waited for as long as the time-out says', async () => {
  const server = createServer((_incoming, outgoing) => {
    setTimeout(() => {
      outgoing.writeHead(200, { 'content-type': 'application/json' });
      outgoing.write('{"value":"x",');
      setTimeout(() => outgoing.end('"type":"string"}'), 2500);
    }, 2500);
  });
  const url = `http://127.0.0.1:${await listen(server)}/api/v2`;
  const hub = clientOf(url, testContext(), { timeoutMs: 60_000 });
  expect(await hub.setting('_a')).toEqual(SETTING);
});

test('a client that is made after Ctrl-C asks nothing', async () => {
  const { url, seen } = await scripted(() => ({ hangs: true }));
  const context = testContext();
  context.interrupt();
  expect(await failing(clientOf(url, context).setting('_a'))).toBeInstanceOf(InterruptedError);
  expect(seen).toEqual([]);
});

test('what calls itself a web page is one, though it could be read as JSON', async () => {
  const page = { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '{}' };
  const { url } = await scripted(() => page);
  expect(await failing(clientOf(url).setting('_a'))).toMatchObject({ code: 'hub_not_json' });
});

describe('a request is not sent again', () => {
  test.each([400, 401, 403, 409, 422, 500])('after %i', async (status) => {
    const { url, seen } = await scripted(() => ({ status, body: { message: 'no' } }));
    await failing(clientOf(url).setting('_a'));
    expect(seen).toHaveLength(1);
  });

  test('when it runs a workflow: nobody knows what the first run did', async () => {
    const { url, seen } = await scripted(() => ({ cuts: true }));
    await failing(clientOf(url).runWorkflow('flow', undefined, { timeoutSeconds: 5 }));
    expect(seen).toHaveLength(1);
  });
});

describe('an answer that is not the API', () => {
  const answering = async (answer: Scripted) => {
    const { url } = await scripted(() => answer);
    return failing(clientOf(url).setting('_a'));
  };

  test.each<[string, Scripted, string]>([
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'hub_not_json'],
    ['a web page that says not found', { status: 404, body: '<!doctype html>' }, 'hub_not_json'],
    ['text', { body: 'hello' }, 'hub_not_json'],
    ['nothing', {}, 'hub_empty'],
    ['a redirect', { status: 302, headers: { location: '/login' } }, 'hub_redirect'],
    ['a redirect to nowhere', { status: 302, headers: { location: 'http://[' } }, 'hub_redirect'],
    ['JSON of another kind', { body: { value: 1, type: 5 } }, 'hub_unexpected'],
  ])('%s is named, exit code 6', async (_name, answer, code) => {
    expect(await answering(answer)).toMatchObject({ code, exitCode: 6 });
  });

  test('a redirect is named without what follows its path', async () => {
    const failure = await answering({
      status: 302,
      headers: { location: '/login?session=canary' },
    });
    expect(failure).toMatchObject({ message: expect.stringContaining('/login') });
    expect(String(failure)).not.toContain('canary');
  });
});

describe('a text of the Hub', () => {
  test('is masked before it is shortened, so that no half of a secret is left', async () => {
    const text = 'x'.repeat(480) + 'canary-secret-that-is-long-enough-to-be-cut';
    const { url } = await scripted(() => ({ status: 400, body: { message: text } }));
    const context = testContext();
    context.output.secret('canary-secret-that-is-long-enough-to-be-cut');
    const failure = await failing(clientOf(url, context).setting('_a'));
    expect(String(failure)).not.toContain('canary');
  });

  test('comes in one line, so that it can give no orders to a pipeline', async () => {
    const { url } = await scripted(() => ({
      status: 400,
      body: { message: 'no\n::set-output name=a::b' },
    }));
    expect(String(await failing(clientOf(url).setting('_a')))).not.toContain('\n');
  });
});

describe('a Hub that is out of reach', () => {
  test('one that is not there is named, exit code 5', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const failure = await failing(clientOf(`http://127.0.0.1:${port}/api/v2`).setting('_a'));
    expect(failure).toMatchObject({ code: 'hub_connection_refused', exitCode: 5 });
  });

  test('one that never answers is a time-out', async () => {
    const { url } = await scripted(() => ({ hangs: true }));
    const failure = await failing(clientOf(url, testContext(), { timeoutMs: 50 }).setting('_a'));
    expect(failure).toMatchObject({
      code: 'hub_timeout',
      message: expect.stringContaining('0.05 s'),
    });
  });

  test('a name that does not exist is not looked up again and again', async () => {
    const context = testContext();
    const failure = await failing(
      clientOf('http://no-such-host.invalid/api/v2', context).setting('_a'),
    );
    expect(failure).toMatchObject({
      exitCode: 5,
      code: expect.stringMatching(/hub_name_unknown|hub_timeout/),
    });
  });
});

test('--verbose shows method, path, status and time of each request, and no header', async () => {
  const { url } = await hubAfter();
  const context = testContext({ verbose: true });
  await clientOf(url, context).setting('_a');
  expect(context.stderr()).toMatch(/^GET \/api\/v2\/my\/config\/settings\/_a 200 \d+ ms\n$/);
});

test('the token is the whole authorization header, as it was given', async () => {
  const { url, seen } = await hubAfter();
  await clientOf(url).setting('_a');
  expect(seen[0]?.headers.authorization).toBe('Bearer canary-token');
});

test('thirty requests at once cause no warning', async () => {
  const warnings: Error[] = [];
  const listener = (warning: Error) => warnings.push(warning);
  process.on('warning', listener);
  const { url } = await hubAfter();
  const hub = clientOf(url);
  await Promise.all(Array.from({ length: 30 }, () => hub.setting('_a')));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);
  expect(warnings).toEqual([]);
});
