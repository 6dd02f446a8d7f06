import { describe, expect, test } from 'vitest';
import { readProfile, wordOf } from '../../sandbox/hub/like.js';
import { HUB_MODES, type HubModes } from '../../sandbox/hub/modes.js';
import { PROFILE_VALUES } from '../../sandbox/hub/profile.js';

/** Every part of a profile with each of its values, as the JSON that says only that. */
const parts = Object.entries(PROFILE_VALUES).flatMap(([name, values]) =>
  Array.isArray(values)
    ? values.map((value): [string, string, object] => [name, value, { [name]: value }])
    : Object.entries(values).flatMap(([inner, words]) =>
        (words as readonly string[]).map((value): [string, string, object] => [
          `${name}.${inner}`,
          value,
          { [name]: { [inner]: value } },
        ]),
      ),
);

const read = (profile: object) => readProfile(JSON.stringify({ format: 1, ...profile }));

describe('a profile', () => {
  test.each(parts)('whose %s is %s sets one mode to that value', (_part, value, profile) => {
    const [set, ...others] = Object.entries(read(profile).modes) as [
      keyof HubModes,
      string | boolean,
    ][];
    expect(others).toEqual([]);
    const [mode, to] = set ?? ['put', ''];
    expect(HUB_MODES[mode].values).toContain(to);
    expect(wordOf(to)).toBe(value);
  });

  test('has a mode of its own for each part', () => {
    const modes = parts.map(([part, , profile]) => [part, Object.keys(read(profile).modes)[0]]);
    expect(new Set(modes.map(([, mode]) => mode)).size).toBe(
      new Set(modes.map(([part]) => part)).size,
    );
  });

  test('that doesn’t know a part leaves it as usual', () => {
    expect(read({ settings: { put: 'unknown' }, failures: 'unknown' }).modes).toEqual({});
    expect(read({}).modes).toEqual({});
  });

  test('hands on the version of the API', () => {
    expect(read({ apiVersion: '2.14.1' }).apiVersion).toBe('2.14.1');
  });

  test.each([
    ['no JSON', '{', /not valid JSON/],
    ['another format', '{"format":2}', /format 1/],
    ['a list', '[]', /format 1/],
    ['null', 'null', /format 1/],
    ['a part that is none', '{"format":1,"settings":{"putt":"creates"}}', /"settings.putt"/],
    ['a value that is none', '{"format":1,"app":"vue"}', /"app".*pug, none or unknown, not "vue"/],
  ])('that is %s is refused', (_name, text, message) => {
    expect(() => readProfile(text)).toThrow(message);
  });
});
