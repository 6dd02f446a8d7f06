import { describe, expect, test } from 'vitest';
import { accessTokenSpec, clientIdSpec, clientSecretSpec } from '../../src/blueprint/manifest.js';
import type { StoredSetting } from '../../src/hub/client.js';
import { needsSecret, planSettings } from '../../src/install/settings.js';
import { judgeToken, tokenJson } from '../../src/install/token-setting.js';

const ID = { ...clientIdSpec, value: 'JBL1UVnvfo4y' };
const SECRET = { ...clientSecretSpec, value: 'the-secret' };
const TOKEN = { ...accessTokenSpec, value: { access_token: 'a' } };

type Stored = Record<'id' | 'secret' | 'token', StoredSetting | undefined>;

/** The plan for a Hub on which all is right, but for the changes. */
function plan(changes: Partial<Stored>, clientSecret?: string) {
  const all: Stored = { id: ID, secret: SECRET, token: TOKEN, ...changes };
  const stored = new Map<string, StoredSetting>();
  if (all.id) {
    stored.set(clientIdSpec.key, all.id);
  }
  if (all.secret) {
    stored.set(clientSecretSpec.key, all.secret);
  }
  if (all.token) {
    stored.set(accessTokenSpec.key, all.token);
  }
  const [id, secret, token] = planSettings(stored, { clientId: 'JBL1UVnvfo4y', clientSecret });
  return { id, secret, token, needsSecret: needsSecret(stored) };
}

describe('the client id', () => {
  test.each<[string, StoredSetting | undefined, string]>([
    ['is created', undefined, 'create'],
    ['stays', ID, 'unchanged'],
    ['stays where the Hub shows the value alone', { value: ID.value }, 'unchanged'],
    ['stays with its tags in another order', { ...ID, tag: ['frontend', 'fortnox'] }, 'unchanged'],
    ['gets its value', { ...ID, value: 'other' }, 'update'],
    ['gets its type', { ...ID, type: 'password' }, 'update'],
    ['gets its tags', { ...ID, tag: [] }, 'update'],
    ['gets its role', { ...ID, role: ['user'] }, 'update'],
  ])('%s', (_name, id, action) => {
    expect(plan({ id }).id?.action).toBe(action);
  });

  test('is written whole', () => {
    expect(plan({ id: { value: 'other' } }).id?.record).toEqual(ID);
  });
});

describe('the client secret', () => {
  test('that nobody gave yet is not noted as set', () => {
    const note = (given?: string) => plan({ secret: undefined }, given).secret?.note;
    expect(note()).toBe('its value is still to be given');
    expect(note('given')).toBe('set');
  });

  test.each<[string, StoredSetting | undefined, string | undefined, string, string | undefined]>([
    ['is set', undefined, 'given', 'create', 'given'],
    ['stays where none is given', SECRET, undefined, 'unchanged', undefined],
    ['stays where the same is given', SECRET, 'the-secret', 'unchanged', undefined],
    ['is changed', SECRET, 'given', 'update', 'given'],
    [
      'keeps its value and gets its tags',
      { ...SECRET, tag: ['frontend'] },
      undefined,
      'update',
      'the-secret',
    ],
    ['stays where it is masked', { ...SECRET, value: '****' }, undefined, 'unchanged', undefined],
    [
      'is written again where it is masked',
      { ...SECRET, value: '••••' },
      'given',
      'unknown',
      'given',
    ],
    [
      'stays where the Hub leaves it out',
      { ...SECRET, value: undefined },
      undefined,
      'unchanged',
      undefined,
    ],
    ['is never the mask', { ...SECRET, value: '****', tag: [] }, undefined, 'update', undefined],
  ])('%s', (_name, secret, given, action, written) => {
    const { secret: change } = plan({ secret }, given);
    expect(change?.action).toBe(action);
    expect(change?.record?.value).toBe(written);
  });

  test.each<[string, StoredSetting | undefined, boolean]>([
    ['there is none', undefined, true],
    ['it is empty', { ...SECRET, value: '' }, true],
    ['it is there', SECRET, false],
    ['it is masked', { ...SECRET, value: '****' }, false],
    ['it is masked and its tags are to be corrected', { ...SECRET, value: '****', tag: [] }, true],
  ])('must be given where %s', (_name, secret, isNeeded) => {
    expect(plan({ secret }).needsSecret).toBe(isNeeded);
  });

  test('is no part of what a person or a program is shown', () => {
    const { secret } = plan({ secret: { ...SECRET, value: 'old-canary' } }, 'new-canary');
    const { record: _, ...shown } = secret ?? {};
    expect(JSON.stringify(shown)).not.toContain('canary');
    expect(shown).toMatchObject({ note: 'changed' });
  });
});

describe('the stored token', () => {
  const json = '{"access_token":"a"}';

  test.each<[string, StoredSetting | undefined, ReturnType<typeof judgeToken>]>([
    ['none', undefined, 'missing'],
    ['an object', TOKEN, 'fine'],
    ['an empty object', { ...TOKEN, value: {} }, 'fine'],
    ['an object, and the Hub shows the value alone', { value: { access_token: 'a' } }, 'fine'],
    ['an object shown as JSON', { ...TOKEN, value: json }, 'fine'],
    ['an object that is masked', { ...TOKEN, value: '********' }, 'fine'],
    ['JSON in a string', { ...TOKEN, type: 'string', value: json }, 'correct'],
    ['JSON, and the Hub shows the value alone', { value: json }, 'correct'],
    ['an object without a tag', { ...TOKEN, tag: [] }, 'correct'],
    ['an object that all may read', { ...TOKEN, role: [] }, 'correct'],
    ['nothing', { ...TOKEN, type: 'string', value: '' }, 'correct'],
    ['null', { ...TOKEN, value: null }, 'correct'],
    ['a token alone', { ...TOKEN, type: 'string', value: 'eyJhbGciOi.J9.x' }, 'leave'],
    ['a list', { ...TOKEN, value: '[]' }, 'leave'],
    ['something masked without a tag', { ...TOKEN, value: '****', tag: [] }, 'leave'],
  ])('%s', (_name, there, verdict) => {
    expect(judgeToken(there)).toBe(verdict);
  });

  test.each<[unknown, string | undefined]>([
    [json, json],
    [' {"a" : 1}', ' {"a" : 1}'],
    [{ a: 1 }, '{"a":1}'],
    ['', '{}'],
    [null, '{}'],
    ['garbage', undefined],
    ['****', undefined],
    [7, undefined],
    [[], undefined],
  ])('%j is written back as %j', (value, written) => {
    expect(tokenJson(value)).toBe(written);
  });

  test('that can not be read is left as it is, and is no drift', () => {
    const { token } = plan({ token: { ...TOKEN, type: 'string', value: 'garbage' } });
    expect(token).toMatchObject({ action: 'unknown', isSettled: true });
  });
});
