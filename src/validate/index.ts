import { applySilence } from './adopt/apply.js';
import type { BaselineEntry } from './adopt/entry.js';
import { LINT_FILE } from './adopt/lint-file.js';
import { Findings } from './findings.js';
import { BlueprintReader } from './read.js';
import type { Rule, ValidationReport } from './rule.js';
import { ignoreRules } from './rules/ignore.js';
import { rules } from './rules/index.js';
import type { RuleSettings } from './settings.js';
import type { Problem } from './text.js';

export { readBaseline, writeBaseline } from './adopt/baseline.js';
export type { BaselineEntry } from './adopt/entry.js';
export { LINT_FILE, type LintFile, readLintFile } from './adopt/lint-file.js';
export { fileSchemas } from './adopt/schemas.js';
export { entriesOf, HTTP, HUB, inputOf, inputText } from './flow/connectors.js';
export type { Connector } from './flow/model.js';
export { renderAzure } from './format/azure.js';
export { renderGithub } from './format/github.js';
export { renderGitlab } from './format/gitlab.js';
export { renderSarif } from './format/sarif.js';
export { renderPretty } from './render.js';
export { each, type Finding, type Rule, rulesOf, type ValidationReport } from './rule.js';
export { rules } from './rules/index.js';
export { rulesPage } from './rules-page.js';
export { ownText, packageOf, packageRuleSettings, ruleSettings } from './settings.js';

/** How a blueprint is validated. */
export interface ValidationOptions {
  /** In place of what the rules say themselves. */
  readonly rules?: RuleSettings;
  /** Rules for this blueprint alone, besides the validator's own. */
  readonly extraRules?: readonly Rule[];
  /** Stored keys of the settings that this blueprint creates: then its flows may use no other, and it must be whole. */
  readonly settingKeys?: readonly string[];
  /** Names in its `.onifylint.json` that are no rule's. */
  readonly unknownRules?: readonly Problem[];
  /** Whether its `onify-ignore` comments silence anything; default true. */
  readonly heedsIgnores?: boolean;
  /** Findings that don't count, as they were there before; `write` makes a baseline of all that are there now. */
  readonly baseline?: readonly BaselineEntry[] | 'write';
  /** Ends it between two files, with an InterruptedError. */
  readonly signal?: AbortSignal;
}

/**
 * Checks a blueprint without a Hub. Nothing outside its folder is read.
 *
 * @param root its folder
 * @throws ConfigError when the folder holds no blueprint
 */
export async function validateBlueprint(
  root: string,
  options: ValidationOptions = {},
): Promise<ValidationReport> {
  const { rules: settings = {}, extraRules = [], settingKeys, signal } = options;
  const findings = new Findings(settings);
  const active = [...rules, ...extraRules].filter(({ id }) => settings[id] !== 'off');
  const job = { root, rules: active, findings, settingKeys, signal };
  const { ignores, ...read } = await new BlueprintReader(job).read();
  for (const rule of ignoreRules.filter(({ id }) => id === 'lint-rule')) {
    findings.add(rule, LINT_FILE, options.unknownRules ?? []);
  }
  const known = [...rules, ...extraRules].map(({ id }) => id);
  const isOff = (id: string) => settings[id] === 'off';
  const { silenced, ...counts } = applySilence(
    { root, findings, ignores, ids: known, isOff },
    options,
  );
  return { ...findings.report(silenced), ...read, ...counts };
}
