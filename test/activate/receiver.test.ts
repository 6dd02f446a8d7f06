import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import { openReceiver, type Receiver } from '../../src/activate/receiver.js';
import { readRedirectUri } from '../../src/activate/redirect-uri.js';
import type { Refusal } from '../../src/activate/refusals.js';
import { occupy, release, visit } from './fake-browser.js';

const STATE = 'the-state-of-this-run';
const CODE = '035411fc-ce95-4c4a-bc15-273daf5ddd67';
const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some((one) => one.address === '::1'),
);
const loopbackAddresses = hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'];

let port: number;
let base: string;
let ignored: Refusal[];
let receiver: Receiver;

const ENDING = { title: 'It is <over>', text: ['This is how it ended.'] };

/** Opens one that ends an approval as soon as the page has begun. */
async function open(redirectUri: string): Promise<Receiver> {
  const opened = await openAsIs(redirectUri);
  void opened.answer.then(() => opened.conclude(ENDING));
  return opened;
}

async function openAsIs(redirectUri: string): Promise<Receiver> {
  const read = readRedirectUri(redirectUri);
  if ('problem' in read || !read.loopback) {
    throw new Error('not a loopback address');
  }
  return openReceiver(read.loopback, STATE, (refusal) => ignored.push(refusal));
}

async function isAnswered(): Promise<boolean> {
  const notYet = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 30));
  return Promise.race([receiver.answer.then(() => true), notYet]);
}

beforeEach(async () => {
  port = await freePort();
  base = `http://localhost:${port}`;
  ignored = [];
  receiver = await open(base);
});

afterEach(async () => {
  await receiver.close();
});

describe('an approval', () => {
  test('is answered with a page and ends the wait', async () => {
    const got = await visit(`${base}/?code=${CODE}&state=${STATE}`);

    expect(got.status).toBe(200);
    expect(got.body).toContain('<h1>Approved in Fortnox</h1>');
    expect(got.body).toContain('How it ends is shown here, and in the terminal.');
    expect(await receiver.answer).toEqual({ kind: 'approved', code: CODE });
  });

  test('shows neither code nor state to the browser', async () => {
    const got = await visit(`${base}/?code=${CODE}&state=${STATE}`);
    expect(JSON.stringify(got)).not.toContain(CODE);
    expect(JSON.stringify(got)).not.toContain(STATE);
  });

  test('gets its page even where the receiver is closed at once', async () => {
    const closing = receiver.answer.then(() => receiver.close());
    const got = await visit(`${base}/?code=${CODE}&state=${STATE}`);
    await closing;
    expect(got.body).toMatch(/<\/html>\s*$/);
  });

  test('is told how it ended, below what it was shown first', async () => {
    const got = await visit(`${base}/?code=${CODE}&state=${STATE}`);
    expect(got.body).toMatch(
      /Approved in Fortnox[\s\S]*<h2>It is &lt;over&gt;<\/h2>\n<p>This is how it ended\.<\/p>\n<\/main>/,
    );
  });

  test('is told so where the program ends before it knows', async () => {
    await receiver.close();
    receiver = await openAsIs(base);
    const visiting = visit(`${base}/?code=${CODE}&state=${STATE}`);
    expect(await receiver.answer).toEqual({ kind: 'approved', code: CODE });
    await receiver.close();
    expect((await visiting).body).toMatch(/<h2>The program has ended<\/h2>[\s\S]*<\/html>\s*$/);
  });

  test('that hung up meanwhile is told nothing, and keeps nobody waiting', async () => {
    await receiver.close();
    receiver = await openAsIs(base);
    const client = connect(port, '127.0.0.1');
    client
      .on('error', () => undefined)
      .write(`GET /?code=${CODE}&state=${STATE} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    await receiver.answer;
    client.destroy();
    await receiver.conclude(ENDING);
    await receiver.conclude(ENDING);
  });

  test('counts once', async () => {
    await visit(`${base}/?code=${CODE}&state=${STATE}`);
    const second = await visit(`${base}/?code=another-code&state=${STATE}`);
    expect(second.status).toBe(410);
    expect(await receiver.answer).toEqual({ kind: 'approved', code: CODE });
  });

  test.each(loopbackAddresses)('arrives at %s', async (address) => {
    await visit(`${base}/?code=${CODE}&state=${STATE}`, { address });
    expect(await receiver.answer).toEqual({ kind: 'approved', code: CODE });
  });
});

describe('a refusal', () => {
  test('is answered with what happened and what to do', async () => {
    const got = await visit(`${base}/?error=error_missing_system_admin_right&state=${STATE}`);

    expect(got.status).toBe(400);
    expect(got.body).toContain('<h1>Fortnox is not connected</h1>');
    expect(got.body).toContain(
      'Only a system administrator of the company in Fortnox can approve this.',
    );
    expect(got.body).toContain('and have one of them log in');
    expect(await receiver.answer).toMatchObject({
      kind: 'refused',
      refusal: { code: 'fortnox_not_system_admin' },
    });
  });

  test('of an unknown name brings no markup into the page', async () => {
    const got = await visit(
      `${base}/?error=${encodeURIComponent('<b onload="x">&')}&state=${STATE}`,
    );
    expect(got.body).not.toMatch(/<b |onload="/);
  });

  test('may be a redirect with nothing but the state', async () => {
    await visit(`${base}/?state=${STATE}`);
    expect(await receiver.answer).toMatchObject({ refusal: { code: 'fortnox_empty_redirect' } });
  });
});

describe('what does not belong to this activation', () => {
  test.each([
    ['a code with a foreign state', `?code=${CODE}&state=other`],
    ['a code without state', `?code=${CODE}`],
    ['a refusal with a foreign state', '?error=access_denied&state=other'],
  ])('%s is told to the browser and does not end the wait', async (_name, query) => {
    const got = await visit(`${base}/${query}`);

    expect(got.status).toBe(400);
    expect(got.body).toContain('does not belong to this activation');
    expect(got.body).not.toContain(CODE);
    expect(ignored).toHaveLength(1);
    expect(await isAnswered()).toBe(false);
  });

  test.each([
    ['the address opened by hand', '', 200, 'Waiting for Fortnox'],
    ['an error without a state', '?error=access_denied', 400, 'The access was not approved'],
  ])('%s gets a page and does not end the wait', async (_name, query, status, text) => {
    const got = await visit(`${base}/${query}`);
    expect(got).toMatchObject({ status, body: expect.stringContaining(text) });
    expect(await isAnswered()).toBe(false);
  });

  test('is told of once, however much of it comes', async () => {
    for (const query of ['', '?error=access_denied', '?code=a-code', '?code=a-code&state=b', '']) {
      await visit(`${base}/${query}`);
    }
    expect(ignored).toHaveLength(1);
  });

  test('does not keep the right answer from arriving', async () => {
    await visit(`${base}/?code=foreign&state=other`);
    await visit(`${base}/?code=${CODE}&state=${STATE}`);
    expect(await receiver.answer).toEqual({ kind: 'approved', code: CODE });
  });

  const query = `?code=${CODE}&state=${STATE}`;
  test.each([
    ['the icon of the page', '/favicon.ico', {}],
    ['another path', `/other${query}`, {}],
    ['a path of two slashes', `//localhost/${query}`, {}],
    ['a foreign host name', `/${query}`, { headers: { host: 'evil.example' } }],
    ['a foreign name on our port', `/${query}`, { headers: { host: 'evil.example:2022' } }],
    ['an image', `/${query}`, { headers: { 'sec-fetch-dest': 'image' } }],
    ['a frame', `/${query}`, { headers: { 'sec-fetch-dest': 'iframe' } }],
    ['a prefetch', `/${query}`, { headers: { 'sec-purpose': 'prefetch' } }],
  ])('%s finds nothing', async (_name, path, options) => {
    const got = await visit(base + path, options);
    expect(got.status).toBe(404);
    expect(ignored).toEqual([]);
    expect(await isAnswered()).toBe(false);
  });

  test.each(['POST', 'HEAD', 'OPTIONS', 'DELETE'])(
    'the method %s is not allowed',
    async (method) => {
      const got = await visit(`${base}/${query}`, { method });
      expect(got.status).toBe(405);
      expect(got.headers.allow).toBe('GET');
      expect(await isAnswered()).toBe(false);
    },
  );
});

test('the start page leads on, for this once: a browser keeps nothing of it', async () => {
  const got = await visit(receiver.startAt('https://apps.fortnox.se/oauth-v1/auth?state=x'));
  expect(got.status).toBe(302);
  expect(got.headers.location).toBe('https://apps.fortnox.se/oauth-v1/auth?state=x');
  expect(got.headers['cache-control']).toBe('no-store');
  expect(String(got.headers['set-cookie'])).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
});

describe('every page', () => {
  test.each(['/', '/other', '/?code=x&state=y', `/?code=${CODE}&state=${STATE}`])(
    '%s allows nothing but its own style, and is neither kept nor passed on',
    async (path) => {
      const { headers, body } = await visit(base + path);
      const policy = String(headers['content-security-policy']);

      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; /);
      expect(policy).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(body).not.toMatch(/<script|<img|<link|\bsrc=|\bhref=|\bon\w+=/);
    },
  );

  test('can be read by a screen reader', async () => {
    const { body } = await visit(`${base}/?code=${CODE}&state=${STATE}`);
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(body).toMatch(/<title>[^<]+<\/title>/);
    expect(body).toMatch(/<main>\n<h1>[^<]+<\/h1>\n<p>/);
  });
});

describe('listening', () => {
  test.skipIf(process.platform === 'darwin')('is on the loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one !== undefined && !one.internal && one.family === 'IPv4');
    if (outside === undefined) {
      return;
    }
    const outcome = await visit(`${base}/`, { address: outside.address }).catch(
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('takes a path of its own', async () => {
    const other = await freePort();
    await receiver.close();
    receiver = await open(`http://127.0.0.1:${other}/back/from%20fortnox?kept=1`);
    expect((await visit(`http://127.0.0.1:${other}/`)).status).toBe(404);
    await visit(`http://127.0.0.1:${other}/back/from%20fortnox?kept=1&code=${CODE}&state=${STATE}`);
    expect(await receiver.answer).toEqual({ kind: 'approved', code: CODE });
  });

  test('names a port that is used', async () => {
    const used = await freePort();
    const other = await occupy('127.0.0.1', used);
    await expect(open(`http://localhost:${used}`)).rejects.toMatchObject({
      code: 'redirect_port_used',
      message: expect.stringContaining(`Port ${used}`),
    });
    await release(other);
  });

  test.each(loopbackAddresses)(
    'names a port that is used on %s, and listens on no other address either',
    async (address) => {
      const used = await freePort();
      const other = await occupy(address, used);
      await expect(open(`http://localhost:${used}`)).rejects.toMatchObject({
        code: 'redirect_port_used',
      });
      await release(other);
      await release(await occupy('127.0.0.1', used));
    },
  );
});

describe('a client that sends half a request', () => {
  test('is cut off by the receiver itself, long before Node does it', async () => {
    const client = connect(port, '127.0.0.1');
    const cut = once(client, 'close');
    client
      .on('error', () => undefined)
      .resume()
      .write('GET / HTTP/1.1\r\nHost: localhost\r\n');
    // Node's own limits are 60 s and 300 s: with them this test ends by its own.
    await cut;
    await visit(`${base}/?code=${CODE}&state=${STATE}`);
    expect(await receiver.answer).toEqual({ kind: 'approved', code: CODE });
  });
});

describe('closing', () => {
  test('cuts connections that never sent a request, at once', async () => {
    const idle = connect(port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const cut = new Promise((resolve) => idle.once('close', resolve));
    idle.on('error', () => undefined);

    await Promise.all([receiver.close(), cut]);
  });

  test('frees the port, and may happen twice', async () => {
    await receiver.close();
    await receiver.close();
    const again = await occupy('127.0.0.1', port);
    await release(again);
    expect(again.listening).toBe(false);
  });
});
