import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asked } from '../../sandbox/options.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { hub } from '../support/hub.js';

const tlsDir = join(import.meta.dirname, '../fixtures/tls');
const [cert, key] = ['server.pem', 'server.key'].map((name) =>
  readFileSync(join(tlsDir, name), 'utf8'),
) as [string, string];

/** The status of a read over https, whoever made the certificate. */
function status({ apiUrl, token }: Sandbox): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: token };
    const options = { headers, rejectUnauthorized: false };
    const sent = request(`${apiUrl}/my/config/settings`, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
}

const plainly = ({ apiUrl }: Sandbox) =>
  fetch(apiUrl.replace('https:', 'http:'), { redirect: 'manual' });

test.each([
  ['nginx-400', 400, 'The plain HTTP request was sent to HTTPS port'],
  ['redirect', 301, ''],
] as const)('a port that speaks https answers plain HTTP by %s', async (plainHttp, code, text) => {
  const { sandbox } = await hub({ tls: { cert, key, plainHttp } });
  expect(await status(sandbox)).toBe(200);
  const answer = await plainly(sandbox);
  expect(answer.status).toBe(code);
  expect(await answer.text()).toContain(text);
  const location = plainHttp === 'redirect' ? sandbox.apiUrl : null;
  expect(answer.headers.get('location')).toBe(location);
});

test('a port that speaks https cuts plain HTTP', async () => {
  const { sandbox } = await hub({ tls: { cert, key, plainHttp: 'closed' } });
  expect(await status(sandbox)).toBe(200);
  await expect(plainly(sandbox)).rejects.toThrow();
});

test('the command line takes a certificate with its key', () => {
  const files = ['--tls-cert', join(tlsDir, 'server.pem'), '--tls-key', join(tlsDir, 'server.key')];
  expect(asked([...files, '--plain-http', 'redirect'])?.options.tls).toEqual({
    cert,
    key,
    plainHttp: 'redirect',
  });
  expect(() => asked(files.slice(2))).toThrow('--tls-cert and --tls-key go together.');
  expect(() => asked(['--plain-http', 'x'])).toThrow(/closed, nginx-400 or redirect/);
});
