import { expect, test } from 'vitest';
import { type SettingsModes, usualModes } from '../../sandbox/hub/modes.js';
import { SettingsStore } from '../../sandbox/hub/settings.js';

const SETTING = { key: '_a', value: 'old', type: 'string', tag: ['fortnox'], role: ['admin'] };

/** A store in memory with one setting, and a clock that a test sets. */
function stored(modes: Partial<SettingsModes> = {}) {
  const time = { now: 0 };
  const settings = new SettingsStore({
    modes: { ...usualModes, ...modes },
    now: () => time.now,
  });
  settings.post(SETTING);
  return { time, settings };
}

test('where the search lags, the list shows a write after a second, or at once with refresh', () => {
  const { time, settings } = stored({ search: 'lags' });
  settings.put('_a', { ...SETTING, value: 'new' }, false);
  expect(settings.map('fortnox')).toEqual({ _a: 'old' });
  expect(settings.record('_a')?.value).toBe('new');
  time.now += 1000;
  expect(settings.map('fortnox')).toEqual({ _a: 'new' });
  settings.put('_a', { ...SETTING, value: 'newest' }, true);
  expect(settings.map('fortnox')).toEqual({ _a: 'newest' });
});

test('where the search lags, the list lacks a setting that was just created', () => {
  const { settings } = stored({ search: 'lags' });
  settings.post({ ...SETTING, key: '_b' }, false);
  expect(Object.keys(settings.map('fortnox'))).toEqual(['_a']);
});

test('a setting that is hidden once is missing from one list', () => {
  const { settings } = stored();
  settings.hideOnce('_a');
  expect(settings.map('fortnox')).toEqual({});
  expect(settings.map('fortnox')).toEqual({ _a: 'old' });
});

test('a user sees only the settings of his roles', () => {
  const { settings } = stored();
  settings.post({ ...SETTING, key: '_b', role: [] });
  expect(settings.map('fortnox', ['user'])).toEqual({ _b: 'old' });
  expect(settings.record('_a', ['user'])).toBeUndefined();
  expect(settings.map('fortnox', ['admin'])).toEqual({ _a: 'old', _b: 'old' });
});

test('a PUT merges its fields, or replaces the setting by them', () => {
  const merged = stored({ put: 'merges' }).settings;
  merged.put('_a', { value: 'new' });
  expect(merged.get('_a')).toMatchObject({ value: 'new', tag: ['fortnox'], role: ['admin'] });
  const replaced = stored({ put: 'replaces' }).settings;
  replaced.put('_a', { value: 'new' });
  expect(replaced.get('_a')).toMatchObject({ value: 'new', tag: [], role: [] });
});
