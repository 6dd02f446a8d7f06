import { describe, expect, test } from 'vitest';
import { isPage } from '../../src/hub/bad-answers.js';
import { refusal } from '../../src/hub/refusal.js';

type Answer = Parameters<typeof refusal>[0];

const JSON_TYPE = 'application/json';
const request = { method: 'GET', path: '/my/config/settings' };
const answer = (changes: Partial<Answer>): Answer => ({
  ...request,
  status: 400,
  location: null,
  contentType: JSON_TYPE,
  body: '{}',
  apiUrl: 'https://hub.example.com:8181/api/v2',
  ...changes,
});
const asIs = (text: string) => text;

describe('given an answer that is not a good one, then its code, sentence and exit code are', () => {
  const where = 'GET /my/config/settings';

  test.each<[Partial<Answer>, string, string, number]>([
    [{ status: 401 }, 'hub_unauthorized', 'The Hub does not accept the token.', 4],
    [{ status: 403 }, 'hub_forbidden', `The token may not do this on the Hub (${where}).`, 4],
    [
      { status: 302, location: '/login?session=1' },
      'hub_redirect',
      `The Hub redirects ${where} to /login, as to a login page.`,
      6,
    ],
    [
      { status: 301, location: 'https://sso.example.com/authorize#a' },
      'hub_redirect',
      `The Hub redirects ${where} to /authorize, as to a login page.`,
      6,
    ],
    [
      { status: 302, location: 'https://hub.example.com:8443/login' },
      'hub_redirect',
      `The Hub redirects ${where} to /login, as to a login page.`,
      6,
    ],
    [
      { status: 404, location: 'https://hub.example.com:8181/', apiUrl: 'http://hub.example.com' },
      'hub_no_api',
      'There is no Hub API at http://hub.example.com: it has no list of settings.',
      6,
    ],
    [
      { status: 307, location: null },
      'hub_redirect',
      `The Hub redirects ${where}, as to a login page.`,
      6,
    ],
    [
      { status: 308, location: 'http://[' },
      'hub_redirect',
      `The Hub redirects ${where}, as to a login page.`,
      6,
    ],
    [
      { status: 200, contentType: 'text/html', body: '<html>' },
      'hub_not_json',
      `A web page came back in place of data (${where}, 200).`,
      6,
    ],
    [
      { status: 404, contentType: 'text/html', body: 'Not found' },
      'hub_no_api',
      'There is no Hub API at https://hub.example.com:8181/api/v2: it has no list of settings.',
      6,
    ],
    [
      { status: 502, contentType: '', body: '  <h1>Bad Gateway</h1>' },
      'hub_not_ready',
      `The Hub is not ready (502 to ${where}, from what stands before it).`,
      5,
    ],
    [
      { status: 407 },
      'proxy_refused',
      'The proxy does not let a request through to hub.example.com:8181.',
      5,
    ],
    [{ status: 200, body: ' \n' }, 'hub_empty', `The Hub's answer is empty (${where}, 200).`, 6],
    [
      { status: 200, body: 'OK' },
      'hub_not_json',
      `The Hub's answer is not valid JSON (${where}, 200).`,
      6,
    ],
    [{ status: 400 }, 'hub_refused', `The Hub answered 400 to ${where}.`, 6],
    [{ status: 400, body: 'no' }, 'hub_refused', `The Hub answered 400 to ${where}.`, 6],
    [
      { status: 422, body: '{"message":"tag is missing"}' },
      'hub_refused',
      `The Hub answered 422 to ${where}: tag is missing`,
      6,
    ],
    [
      { status: 500, body: '{"error":{"message":"out of memory"},"message":"failed"}' },
      'hub_refused',
      `The Hub answered 500 to ${where}: out of memory`,
      6,
    ],
    [
      { status: 500, body: '{"error":"Internal","message":" two\\n lines "}' },
      'hub_refused',
      `The Hub answered 500 to ${where}: two lines`,
      6,
    ],
    [{ status: 500, body: 'null' }, 'hub_refused', `The Hub answered 500 to ${where}.`, 6],
    [{ status: 500, body: '["x"]' }, 'hub_refused', `The Hub answered 500 to ${where}.`, 6],
    [{ status: 500, body: '{"message":1}' }, 'hub_refused', `The Hub answered 500 to ${where}.`, 6],
  ])('%j: %s', (changes, code, message, exitCode) => {
    expect(refusal(answer(changes), asIs)).toMatchObject({ code, message, exitCode });
  });
});

describe('given an answer that is not a good one, then the next step is', () => {
  test.each<[string, Partial<Answer>, RegExp]>([
    ['to give the token as it was made', { status: 401 }, /"Bearer " included/],
    ['to use a token with rights', { status: 403 }, /the role admin/],
    ["to give the API's address", { status: 302 }, /not that of the web app/],
    ["to give the API's address", { status: 200, body: '<html>' }, /not that of the web app/],
    ['to look for a proxy', { status: 200, body: '' }, /whether a proxy stands in between/],
    ["to look at the Hub's log", { status: 500 }, /Hub's log/],
    ['to check the Hub', { status: 400 }, /Check --api-url and the Hub/],
  ])('%s', (_name, changes, hint) => {
    expect(refusal(answer(changes), asIs).hint).toMatch(hint);
  });
});

describe('given a status, then trying again', () => {
  test.each<[number, boolean]>([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [409, false],
    [429, true],
    [500, false],
    [502, true],
    [503, true],
    [504, true],
  ])('may help after %i: %s', (status, mayPass) => {
    expect(refusal(answer({ status }), asIs).mayPass).toBe(mayPass);
  });
});

describe('the reason that a Hub gives', () => {
  test('is masked as a whole, and only then cut', () => {
    const secret = 's'.repeat(600);
    const masked = (text: string) => text.replaceAll(secret, '****');
    const body = JSON.stringify({ message: `${secret} is wrong` });
    expect(refusal(answer({ body }), masked).message).toMatch(/: \*{4} is wrong$/);
  });

  test('is cut at 500 characters', () => {
    const body = JSON.stringify({ message: 'x'.repeat(5000) });
    expect(refusal(answer({ body }), asIs).message).toHaveLength(
      'The Hub answered 400 to GET /my/config/settings: '.length + 500,
    );
  });
});

describe('a web page', () => {
  test.each<[string, string, boolean]>([
    ['text/html; charset=utf-8', '', true],
    ['application/xhtml+xml', '', true],
    ['TEXT/HTML', '{}', true],
    ['', '<!doctype html>', true],
    [JSON_TYPE, '  <html>', true],
    [JSON_TYPE, '{"a":"<b>"}', false],
    ['text/plain', 'OK', false],
    ['', '', false],
  ])('of type "%s" with the body "%s": %s', (contentType, body, expected) => {
    expect(isPage({ contentType, body })).toBe(expected);
  });
});
