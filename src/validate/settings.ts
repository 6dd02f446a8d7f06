import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import type { RuleSetting } from './finding.js';
import { rules } from './rules/index.js';
import { isRecord } from './source/config.js';
import { readText } from './source/files.js';

/** What the settings of rules are called, and what they mean. */
const SETTINGS: Readonly<Record<string, RuleSetting>> = {
  off: 'off',
  warn: 'warning',
  error: 'error',
};

/**
 * Reads `--rule ID=off|warn|error`.
 *
 * @param texts as they were given
 * @throws ConfigError for an unknown rule or setting
 */
export function ruleSettings(texts: readonly string[]): Record<string, RuleSetting> {
  const settings: Record<string, RuleSetting> = {};
  for (const text of texts) {
    const [id = '', ...rest] = text.split('=');
    settings[id] = settingOf(id, rest.join('='), '--rule');
  }
  return settings;
}

/**
 * Reads what a blueprint's package.json says of rules, under `fortnoxBlueprint.rules`.
 *
 * @param root the blueprint's folder
 * @returns nothing where there is no such file, or none of its own
 * @throws ConfigError for an unknown rule or setting
 */
export function packageRuleSettings(root: string): Record<string, RuleSetting> {
  const { fortnoxBlueprint } = packageOf(root);
  const given = isRecord(fortnoxBlueprint) ? fortnoxBlueprint.rules : undefined;
  if (given === undefined) {
    return {};
  }
  const where = 'package.json, fortnoxBlueprint.rules';
  if (!isRecord(given)) {
    throw new ConfigError('rule_setting', `${where} must be an object.`, HINT);
  }
  return Object.fromEntries(
    Object.entries(given).map(([id, setting]) => [id, settingOf(id, String(setting), where)]),
  );
}

/** @returns whether a folder is this package, or a copy or checkout of it */
export function isOwnPackage(root: string): boolean {
  return packageOf(root).name === 'fortnox-blueprint';
}

const HINT = 'Write it as ID=off, ID=warn or ID=error; docs/rules.md lists the rules.';

function settingOf(id: string, setting: string, where: string): RuleSetting {
  if (!rules.some((rule) => rule.id === id)) {
    const near = didYouMean(
      id,
      rules.map((rule) => rule.id),
    );
    throw new ConfigError('rule_unknown', `${where}: there is no rule "${id}".${near}`, HINT);
  }
  const known = Object.hasOwn(SETTINGS, setting) ? SETTINGS[setting] : undefined;
  if (known === undefined) {
    throw new ConfigError('rule_setting', `${where}: ${id} can't be "${setting}".`, HINT);
  }
  return known;
}

function packageOf(root: string): Record<string, unknown> {
  try {
    // A link may lead out of the blueprint.
    if (!lstatSync(join(root, 'package.json')).isFile()) {
      return {};
    }
    const text = readText(root, 'package.json');
    const value: unknown = JSON.parse(typeof text === 'string' ? text : '');
    return isRecord(value) ? value : {};
  } catch {
    // Without one, or with one that is no JSON, there are no settings; other rules tell of the rest.
    return {};
  }
}
