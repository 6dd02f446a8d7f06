import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../core/errors.js';
import { isRecord, parseJson } from '../core/json.js';
import { pageAt } from '../core/pages.js';
import { didYouMean } from '../core/suggest.js';
import type { Rule, RuleSetting } from './rule.js';
import { rules } from './rules/index.js';
import { readText } from './source/files.js';

/** How strict rules are, by their ids. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

const HINT = `Write it as ID=off, ID=warn or ID=error; the rules: ${pageAt('rules.md')}`;

/** What the settings of rules are called, and what they mean. */
const SETTINGS = { off: 'off', warn: 'warning', warning: 'warning', error: 'error' } as const;

/**
 * Reads `--rule ID=off|warn|error`.
 *
 * @param texts as they stand on the command line
 * @param extraRules rules besides the validator's own
 * @throws ConfigError for an unknown rule or setting
 */
export function ruleSettings(
  texts: readonly string[],
  extraRules: readonly Rule[] = [],
): RuleSettings {
  const pairs = texts.map((text) => {
    const [id = '', ...rest] = text.split('=');
    return [id, rest.join('=')] as const;
  });
  return settingsOf(pairs, '--rule', extraRules);
}

/**
 * Reads what a blueprint's package.json says of rules, under `fortnoxBlueprint.rules`.
 *
 * @param root the blueprint's folder
 * @param extraRules rules besides the validator's own
 * @returns nothing where there is no such file, or it has no such settings
 * @throws ConfigError for an unknown rule or setting
 */
export function packageRuleSettings(root: string, extraRules: readonly Rule[] = []): RuleSettings {
  const { fortnoxBlueprint } = packageOf(root);
  const settings = isRecord(fortnoxBlueprint) ? (fortnoxBlueprint.rules ?? {}) : {};
  const where = 'package.json, fortnoxBlueprint.rules';
  if (!isRecord(settings)) {
    throw new ConfigError('rule_setting', `${where} must be an object.`, HINT);
  }
  const pairs = Object.entries(settings).map(([id, setting]) => [id, textOf(setting)] as const);
  return settingsOf(pairs, where, extraRules);
}

/** @returns how strict a word says that a rule is; undefined where it is none of those words */
export function settingOf(word: unknown): RuleSetting | undefined {
  return typeof word === 'string' && Object.hasOwn(SETTINGS, word)
    ? SETTINGS[word as keyof typeof SETTINGS]
    : undefined;
}

/** @returns the text of a file in a folder; undefined where there is none, or it can't be read */
export function ownText(root: string, name: string): string | undefined {
  try {
    // A link may lead out of the blueprint.
    const text = lstatSync(join(root, name)).isFile() ? readText(root, name) : undefined;
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** @returns what a folder's package.json holds; nothing where there is none, or none of its own */
export function packageOf(root: string): Readonly<Record<string, unknown>> {
  // Without one there are no settings; other rules report one that can't be read.
  const value = parseJson(ownText(root, 'package.json') ?? '');
  return isRecord(value) ? value : {};
}

function settingsOf(
  pairs: readonly (readonly [id: string, setting: string])[],
  where: string,
  extraRules: readonly Rule[],
): RuleSettings {
  const ids = [...rules, ...extraRules].map(({ id }) => id);
  return Object.fromEntries(
    pairs.map(([id, text]) => {
      if (!ids.includes(id)) {
        const message = `${where}: there is no rule "${id}".${didYouMean(id, ids)}`;
        throw new ConfigError('rule_unknown', message, HINT);
      }
      const setting = settingOf(text);
      if (setting === undefined) {
        throw new ConfigError('rule_setting', `${where}: ${id} can't be "${text}".`, HINT);
      }
      return [id, setting];
    }),
  );
}

function textOf(setting: unknown): string {
  return typeof setting === 'string' ? setting : JSON.stringify(setting);
}
