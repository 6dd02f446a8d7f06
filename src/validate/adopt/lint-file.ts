import { ConfigError } from '../../core/errors.js';
import { isRecord } from '../../core/json.js';
import { pageAt } from '../../core/pages.js';
import { didYouMean } from '../../core/suggest.js';
import type { Rule } from '../rule.js';
import { rules as validatorRules } from '../rules/index.js';
import { ownText, type RuleSettings, settingOf } from '../settings.js';
import { type ConfigFile, readConfig } from '../source/config-json.js';
import { type Problem, problem } from '../text.js';

/** The file of a blueprint that sets rules. */
export const LINT_FILE = '.onifylint.json';

/** What the settings of a blueprint can begin with. */
export const PRESETS = ['recommended', 'strict'] as const;

/** What a blueprint's own file says of rules. */
export interface LintFile {
  readonly rules: RuleSettings;
  /** How many rules it names. */
  readonly count: number;
  /** Names that are no rule's. */
  readonly unknown: readonly Problem[];
}

const KEYS = ['$schema', 'extends', 'rules'];
const HINT = `Such a file is shown in ${pageAt('validation.md')}; schemas/onifylint.schema.json describes it.`;

/**
 * Reads a blueprint's `.onifylint.json`.
 *
 * @param root the blueprint's folder
 * @param extraRules rules besides the validator's own
 * @returns undefined where there is none
 * @throws ConfigError where it is not as it should be; its message names the line and column
 */
export function readLintFile(root: string, extraRules: readonly Rule[] = []): LintFile | undefined {
  const text = ownText(root, LINT_FILE);
  if (text === undefined) {
    return undefined;
  }
  const file = readConfig(text);
  const value = objectIn(file, file.value, []);
  for (const key of Object.keys(value)) {
    if (!KEYS.includes(key)) {
      throw invalid(file, [key], `there is no "${key}".${didYouMean(key, KEYS)}`);
    }
  }
  const { extends: preset = 'recommended', rules = {} } = value;
  if (!PRESETS.some((name) => name === preset)) {
    throw invalid(file, ['extends'], '"extends" must be "recommended" or "strict".');
  }
  const all = [...validatorRules, ...extraRules];
  const own = settingsIn(
    file,
    objectIn(file, rules, ['rules']),
    all.map(({ id }) => id),
  );
  const strict = all.map(({ id }) => [id, 'error'] as const);
  return {
    ...own,
    rules: { ...(preset === 'strict' && Object.fromEntries(strict)), ...own.rules },
  };
}

function settingsIn(
  file: ConfigFile,
  rules: Record<string, unknown>,
  ids: readonly string[],
): LintFile {
  const known = Object.entries(rules).flatMap(([id, word]) => {
    const setting = settingOf(word);
    if (setting === undefined) {
      throw invalid(file, ['rules', id], `${id} must be "error", "warning" or "off".`);
    }
    return ids.includes(id) ? [[id, setting] as const] : [];
  });
  const unknown = Object.keys(rules)
    .filter((id) => !ids.includes(id))
    .map((id) => {
      const message = `There is no rule "${id}".${didYouMean(id, ids)}`;
      return problem(file.at(['rules', id]), message);
    });
  return { rules: Object.fromEntries(known), count: Object.keys(rules).length, unknown };
}

function objectIn(
  file: ConfigFile,
  value: unknown,
  path: readonly string[],
): Record<string, unknown> {
  if (file.problem) {
    throw invalid(file, path, file.problem.message);
  }
  if (!isRecord(value)) {
    throw invalid(file, path, `${path[0] === undefined ? 'it' : '"rules"'} must be an object.`);
  }
  return value;
}

function invalid(file: ConfigFile, path: readonly string[], reason: string): ConfigError {
  const { line = 1, column = 1 } = file.problem ?? file.at(path);
  const message = `${LINT_FILE}:${line}:${column}: ${reason}`;
  return new ConfigError('lint_file_invalid', message, HINT);
}
