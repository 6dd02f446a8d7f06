import { describe, expect, test } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import { examine } from '../../src/doctor/doctor.js';
import { HubProber } from '../../src/hub/prober.js';
import { foreign, key, local } from '../hub/certificates.js';
import { type Scripted, scripted } from '../hub/world.js';
import { testContext } from '../support/context.js';

const settings = (answer: Scripted) => () => answer;

/** Looks at a server that answers every request alike. @returns its checks by their ids */
async function look(apiUrl: string) {
  const connection = {
    apiUrl,
    token: 'Bearer canary-token',
    appUrl: undefined,
    ca: undefined,
    insecure: false,
    timeoutMs: 2000,
  };
  const context = testContext();
  const prober = new HubProber(connection, context);
  const options = { prober, connection, context, resourcesDir: undefined, triesWrites: true };
  const { checks, profile } = await examine(options).finally(() => prober.close());
  return { profile, requests: prober.requests, of: new Map(checks.map((one) => [one.id, one])) };
}

describe('what stands in the way of a first request', () => {
  test.each([
    ['a wrong token', { status: 401, body: { statusCode: 401, error: 'Unauthorized' } }, 'token'],
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'api'],
    ['a login', { status: 302, headers: { location: '/login' }, body: '' }, 'api'],
    ['another API', { status: 404, body: { message: 'Not found' } }, 'api'],
    ['a list', { body: [] }, 'api'],
  ] as const)('%s is told, and nothing else is sent', async (_name, answer, id) => {
    const { url } = await scripted(settings(answer));
    const { of, requests } = await look(url);
    expect(of.get(id)).toMatchObject({ state: 'attention', hint: expect.stringMatching(/\w/) });
    expect(requests).toBe(1);
  });

  test('a port that nothing listens on is told by the address', async () => {
    const { of, requests } = await look(`http://127.0.0.1:${await freePort()}/api/v2`);
    expect(of.get('address')).toMatchObject({ state: 'attention' });
    expect(of.get('token')).toMatchObject({ state: 'unknown' });
    expect(requests).toBe(1);
  });

  test('https to a port without it is told by TLS', async () => {
    const { url } = await scripted(settings({ body: {} }));
    const { of } = await look(url.replace('http:', 'https:'));
    expect(of.get('tls')).toMatchObject({ state: 'attention' });
  });
});

test('http to a port that speaks https is told, with the address to write', async () => {
  const { port } = await scripted(settings({ body: {} }), { key, cert: local });
  const { of } = await look(`http://127.0.0.1:${port}/api/v2`);
  expect(of.get('tls')).toEqual({
    id: 'tls',
    state: 'attention',
    message: 'This port speaks https.',
    hint: `Write https://127.0.0.1:${port}/api/v2 in --api-url.`,
  });
});

test('a certificate that nobody trusts is told, with what to give', async () => {
  const { url } = await scripted(settings({ body: {} }), { key, cert: foreign });
  const { of } = await look(url);
  expect(of.get('address')).toMatchObject({ state: 'ok' });
  expect(of.get('tls')).toMatchObject({ state: 'attention' });
});

test.each([
  ['the same', 0, 'ok'],
  ['ten minutes ahead', 600_000, 'attention'],
  ['ten minutes behind', -600_000, 'attention'],
])('a clock that is %s is told by the header Date', async (_name, skew, state) => {
  const date = new Date(Date.now() + skew).toUTCString();
  const { url } = await scripted(settings({ headers: { date }, body: {} }));
  const { of } = await look(url);
  expect(of.get('clock')).toMatchObject({ state });
});

test('a Hub that answers every read with a page is told to be unknown, not to lack them', async () => {
  const page: Scripted = { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' };
  const { url } = await scripted(({ path }) =>
    path.endsWith('/my/config/settings') ? { body: {} } : page,
  );
  const { profile, of } = await look(url);
  expect(profile.workflows.list).toBe('unknown');
  expect(of.get('token')).toMatchObject({ state: 'unknown' });
});

test('the token goes to the API alone, not to the web app', async () => {
  const app = await scripted(settings({ body: 'hello' }));
  const hub = await scripted(settings({ body: {} }));
  const connection = {
    apiUrl: hub.url,
    token: 'Bearer canary-token',
    appUrl: app.url.replace('/api/v2', ''),
    ca: undefined,
    insecure: false,
    timeoutMs: 2000,
  };
  const context = testContext();
  const prober = new HubProber(connection, context);
  const options = { prober, connection, context, resourcesDir: undefined, triesWrites: false };
  await examine(options).finally(() => prober.close());
  expect(app.seen).toHaveLength(1);
  expect(JSON.stringify(app.seen)).not.toContain('canary');
});
