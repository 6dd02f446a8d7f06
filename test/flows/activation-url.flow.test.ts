import { describe, expect, test } from 'vitest';
import { hubCipher } from '../../sandbox/hub/cipher.js';
import { type Answer, HUB_NAMES, run } from './harness.js';
import { expectNothingSecret, SECRET, Settings, storedToken } from './world.js';

const KEY = 'fortnox-generate-activation-url';
const given = {
  redirectURI: 'http://localhost:2022',
  scopes: 'customer invoice',
  state: 'from the caller & more',
};

async function urlOf(
  input: Record<string, unknown>,
  scriptContext?: Record<string, unknown>,
): Promise<URL> {
  const done = await run(
    KEY,
    new Settings(storedToken()).answers(),
    { input },
    scriptContext ? { scriptContext } : {},
  );
  expect(done.error).toBeUndefined();
  return new URL(String(done.output.output));
}

describe('given a redirect URI and scopes', () => {
  test('the URL is the one that Fortnox documents, each value encoded', async () => {
    const url = await urlOf(given);
    expect(url.origin + url.pathname).toBe('https://apps.fortnox.se/oauth-v1/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'JBL1UVnvfo4y',
      redirect_uri: 'http://localhost:2022',
      scope: 'customer invoice',
      state: 'from the caller & more',
      access_type: 'offline',
      response_type: 'code',
      account_type: 'service',
    });
  });

  test("without a state from the caller, the Hub's generateUuid makes one, which it seals with the time", async () => {
    const state = (await urlOf({ ...given, state: undefined })).searchParams.get('state') ?? '';
    expect(state).toMatch(/^[\da-f]+$/);
    expect(HUB_NAMES.decrypt(state, 'hex')).toMatch(/^fortnox-activation \d{13} b8ff6d2e-0001$/);
  });

  test.each<[string, Record<string, unknown>]>([
    ['has no encrypt', {}],
    ['has one that answers a promise', { encrypt: async () => 'ab'.repeat(20), decrypt: () => '' }],
    ['can not decrypt what it encrypts', { ...hubCipher(), decrypt: () => 'another text' }],
    [
      'encrypts to what is no part of an address',
      { encrypt: (text: string) => text, decrypt: (text: string) => text },
    ],
  ])('on a Hub that %s the state is not sealed', async (_name, names) => {
    const { functions } = HUB_NAMES;
    const url = await urlOf({ ...given, state: undefined }, { functions, ...names });
    expect(url.searchParams.get('state')).toBe('b8ff6d2e-0001');
  });

  test('on a Hub without generateUuid the state differs each time', async () => {
    const states = new Set<string | null>();
    for (let time = 0; time < 5; time += 1) {
      states.add((await urlOf({ ...given, state: '' }, {})).searchParams.get('state'));
    }
    expect(states.size).toBe(5);
    for (const state of states) {
      expect(state).toHaveLength(32);
    }
  });

  test('nothing but the URL and the status is left', async () => {
    const done = await run(KEY, new Settings(storedToken()).answers(), { input: given });
    expect(Object.keys(done.output).sort()).toEqual(['output', 'state', 'status']);
    expectNothingSecret(done);
  });
});

describe('given something that no URL can be made of', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
    ['no redirect URI', { redirectURI: '' }, {}, /redirect URI is missing/],
    ['a relative redirect URI', { redirectURI: '/callback' }, {}, /redirect URI/],
    [
      'a redirect URI with a fragment',
      { redirectURI: 'http://localhost:2022/#x' },
      {},
      /redirect URI/,
    ],
    ['no scopes', { scopes: ' ' }, {}, /scopes are missing/],
    ['no client id', {}, { _fortnox_app_clientid: undefined }, /fortnox_app_clientid is missing/],
  ])('%s fails with a sentence', async (_name, input, settings, sentence) => {
    const hub = new Settings(storedToken());
    hub.change(settings);
    const done = await run(KEY, hub.answers(), { input: { ...given, ...input } });
    expect(done.error?.message).toMatch(sentence);
    expectNothingSecret(done);
  });

  test.each<[string, Answer]>([
    ['hangs', 'hangs'],
    ['is not there', { fails: 'ECONNREFUSED' }],
    ['answers 500', { statusCode: 500, body: { message: SECRET.client } }],
  ])('a Hub that %s is named', async (_name, answer) => {
    const done = await run(KEY, { 'read-settings': answer }, { input: given });
    expect(done.error?.message).toMatch(/could not be read from the Hub/);
    expectNothingSecret(done);
  });
});
