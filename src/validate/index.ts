import { applySilence } from './adopt/apply.js';
import { LINT_FILE } from './adopt/lint-file.js';
import { Findings } from './findings.js';
import type { Progress } from './isolate/protocol.js';
import { BlueprintReader } from './read.js';
import type { Requested } from './requested.js';
import type { Rule, ValidationReport } from './rule.js';
import { ignoreRules } from './rules/ignore.js';
import { rules } from './rules/index.js';
import type { Unread } from './source/files.js';

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
export { type ApartOptions, validateApart } from './isolate/apart.js';
export { type Line, PARENT, type Task, type Watch } from './isolate/protocol.js';
export { renderPretty } from './render.js';
export { each, type Finding, type Rule, rulesOf, type ValidationReport } from './rule.js';
export { rules } from './rules/index.js';
export { rulesPage } from './rules-page.js';
export { ownText, packageOf, packageRuleSettings, ruleSettings } from './settings.js';

/** How a blueprint is validated. */
export interface ValidationOptions extends Requested {
  /** Rules for this blueprint alone, besides the validator's own. */
  readonly extraRules?: readonly Rule[];
  /** Stored keys of the settings that this blueprint creates: then its flows may use no other, and it must be whole. */
  readonly settingKeys?: readonly string[];
  /** Ends it between two files, with an InterruptedError. */
  readonly signal?: AbortSignal;
  /** What is told in place of being read. */
  readonly skipped?: readonly Unread[];
  /** Is told of each file before anything is done with it. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Checks a blueprint without a Hub, in this process: one that may be hostile belongs in {@link validateApart}. Nothing
 * outside its folder is read.
 *
 * @param root its folder
 * @throws ConfigError when the folder holds no blueprint
 */
export async function validateBlueprint(
  root: string,
  options: ValidationOptions = {},
): Promise<ValidationReport> {
  const { rules: settings = {}, extraRules = [], skipped = [], settingKeys } = options;
  const { signal, onProgress } = options;
  const findings = new Findings(settings);
  const active = [...rules, ...extraRules].filter(({ id }) => settings[id] !== 'off');
  const job = { root, rules: active, findings, settingKeys, signal, skipped, onProgress };
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
