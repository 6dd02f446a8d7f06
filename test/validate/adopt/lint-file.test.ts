import { describe, expect, test } from 'vitest';
import { readLintFile } from '../../../src/validate/index.js';
import { blueprintFolder, findings } from '../blueprint.js';

const read = (value: unknown) =>
  readLintFile(
    blueprintFolder({
      '.onifylint.json': typeof value === 'string' ? value : JSON.stringify(value, null, 2),
    }),
  );

describe('.onifylint.json', () => {
  test('sets rules', () => {
    const rules = { 'config-role': 'off', 'config-json': 'warning', 'script-console': 'error' };
    expect(read({ $schema: './x.json', extends: 'recommended', rules })).toMatchObject({
      rules,
      count: 3,
      unknown: [],
    });
  });

  test('makes every rule an error that it does not set itself, with strict', () => {
    const { rules } = read({ extends: 'strict', rules: { 'config-role': 'warn' } }) ?? {};
    expect(rules).toMatchObject({ 'config-process': 'error', 'config-role': 'warning' });
  });

  test('may be missing', () => {
    expect(readLintFile(blueprintFolder({ 'config.json': '{}' }))).toBeUndefined();
  });

  test('names a rule that is not: told at its place, with the one that was meant', async () => {
    const { unknown, rules } = read({ rules: { 'config-rol': 'off' } }) ?? {};
    expect(rules).toEqual({});
    const [found] = await findings({ 'config.json': '{}' }, { unknownRules: unknown ?? [] });
    expect(found).toMatchObject({
      rule: 'lint-rule',
      file: '.onifylint.json',
      line: 3,
      column: 5,
      message: 'There is no rule "config-rol". Did you mean config-role?',
    });
  });

  test.each<[string, unknown, RegExp]>([
    ['text that is not JSON', '{\n  "rules": {,}\n}', /^\.onifylint\.json:2:13: This is not valid/],
    ['a list', '[]', /^\.onifylint\.json:1:1: it must be an object/],
    ['rules that are a list', { rules: [] }, /:2:3: "rules" must be an object/],
    ['another setting', { rules: { 'config-role': 1 } }, /:3:5: config-role must be "error"/],
    ['another preset', { extends: 'all' }, /:2:3: "extends" must be "recommended" or "strict"/],
    ['another member', { rule: {} }, /:2:3: there is no "rule"\. Did you mean rules\?/],
  ])('is refused, and the place named: %s', (_case, value, message) => {
    expect(() => read(value)).toThrow(message);
  });
});
