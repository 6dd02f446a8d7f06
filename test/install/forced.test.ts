import { describe, expect, test } from 'vitest';
import { ACCESS_TOKEN, settingSpecs } from '../../src/blueprint/manifest.js';
import type { StoredSetting } from '../../src/hub/client.js';
import { makeChange } from '../../src/install/change.js';
import { forcedSetting } from '../../src/install/forced.js';

const KEY = settingSpecs.find(({ key }) => key !== ACCESS_TOKEN)?.key ?? '';
const unchanged = (key: string) => ({ ...makeChange('setting', key, 'unchanged'), exists: true });
const stored = (key: string, value: unknown) => new Map<string, StoredSetting>([[key, { value }]]);

describe('--force, of a setting that is as it should be,', () => {
  test('writes the value that the Hub holds again', () => {
    expect(forcedSetting(unchanged(KEY), stored(KEY, 'kept'))).toMatchObject({
      action: 'update',
      isSettled: false,
      record: { key: KEY, value: 'kept' },
    });
  });

  test.each([
    ['the token', ACCESS_TOKEN, '{"access_token":"x"}'],
    ['a value that the Hub hides', KEY, '****'],
    ['a value that is no text', KEY, 17],
    ['a value that the Hub does not show', KEY, undefined],
  ])('leaves alone %s', (_name, key, value) => {
    expect(forcedSetting(unchanged(key), stored(key, value))).toEqual(unchanged(key));
  });

  test('leaves alone what was not read', () => {
    expect(forcedSetting(unchanged(KEY), undefined)).toEqual(unchanged(KEY));
  });

  test('changes nothing of what is written anyway', () => {
    const created = { ...makeChange('setting', KEY, 'create'), exists: false };
    expect(forcedSetting(created, stored(KEY, 'kept'))).toEqual(created);
  });
});
