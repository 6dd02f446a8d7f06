import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRules } from '../../src/blueprint/rules.js';
import {
  packageRuleSettings,
  ruleSettings,
  rulesPage,
  rules as validatorRules,
} from '../../src/validate/index.js';
import { blueprintFolder, findings } from './blueprint.js';

const root = join(import.meta.dirname, '../..');
const rules = [...validatorRules, ...packageRules];
const open = { 'config.json': '{ "workflow": [{ "key": "x", "bpmnresource": "/flows/x.bpmn" }] }' };

describe('the rules', () => {
  test('have an id of their own each', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test.each(rules.map(({ id, why }) => [id, why]))('%s says why in a sentence', (id, why) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });

  test('are each broken in some test', () => {
    const texts = [import.meta.dirname, join(import.meta.dirname, 'table')]
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(name, 'utf8'))
      .join('');
    const untested = rules.filter(({ id }) => !texts.includes(`'${id}'`)).map(({ id }) => id);
    expect(untested).toEqual([]);
  });

  test('docs/rules.md lists them as they are; else run: npm run rules', () => {
    expect(readFileSync(join(root, 'docs/rules.md'), 'utf8')).toBe(
      rulesPage([{ title: 'This package alone', rules: packageRules }]),
    );
  });
});

describe('a rule can be set', () => {
  const severities = async (settings: Parameters<typeof findings>[1]) =>
    (await findings(open, settings))
      .filter(({ rule }) => rule === 'config-role')
      .map(({ severity }) => severity);

  test('as it is without a setting', async () => {
    expect(await severities({})).toEqual(['warning']);
  });

  test('to off', async () => {
    expect(await severities({ rules: ruleSettings(['config-role=off']) })).toEqual([]);
  });

  test('to error', async () => {
    expect(await severities({ rules: ruleSettings(['config-role=error']) })).toEqual(['error']);
  });

  test("in the blueprint's package.json", async () => {
    const folder = blueprintFolder({
      'package.json':
        '{ "fortnoxBlueprint": { "rules": { "config-role": "off", "config-json": "warn" } } }',
    });
    expect(packageRuleSettings(folder)).toEqual({ 'config-role': 'off', 'config-json': 'warning' });
  });

  test.each([
    ['no package.json', {}],
    ['one that is not valid JSON', { 'package.json': '{' }],
    ['one without settings', { 'package.json': '{ "name": "x" }' }],
  ])('not by %s', (_case, files) => {
    expect(packageRuleSettings(blueprintFolder({ 'config.json': '{}', ...files }))).toEqual({});
  });
});

describe('a setting that is wrong is refused', () => {
  test.each([
    [
      'an unknown rule, with the one that was meant',
      'config-rol=off',
      /no rule "config-rol"\. Did you mean config-role\?/,
    ],
    ['an unknown setting', 'config-role=never', /config-role can't be "never"/],
    ['no setting', 'config-role', /config-role can't be ""/],
  ])('%s', (_case, text, message) => {
    expect(() => ruleSettings([text])).toThrow(message);
  });

  test("in the blueprint's package.json too, and the place is named", () => {
    const folder = blueprintFolder({
      'package.json': '{ "fortnoxBlueprint": { "rules": { "x": "off" } } }',
    });
    expect(() => packageRuleSettings(folder)).toThrow(
      /^package\.json, fortnoxBlueprint\.rules: there is no rule "x"/,
    );
  });

  test('rules that are no object', () => {
    const folder = blueprintFolder({
      'package.json': '{ "fortnoxBlueprint": { "rules": ["x"] } }',
    });
    expect(() => packageRuleSettings(folder)).toThrow(/must be an object/);
  });
});
