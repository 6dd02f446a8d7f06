import { Findings } from './findings.js';
import { BlueprintReader } from './read.js';
import type { Rule, ValidationReport } from './rule.js';
import { rules } from './rules/index.js';
import type { RuleSettings } from './settings.js';

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
export { packageOf, packageRuleSettings, ruleSettings } from './settings.js';

/** How a blueprint is validated. */
export interface ValidationOptions {
  /** In place of what the rules say themselves. */
  readonly rules?: RuleSettings;
  /** Rules for this blueprint alone, besides the validator's own. */
  readonly extraRules?: readonly Rule[];
  /** Stored keys of the settings that this blueprint creates: then its flows may use no other, and it must be whole. */
  readonly settingKeys?: readonly string[];
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
  { rules: settings = {}, extraRules = [], settingKeys, signal }: ValidationOptions = {},
): Promise<ValidationReport> {
  const findings = new Findings(settings);
  const active = [...rules, ...extraRules].filter(({ id }) => settings[id] !== 'off');
  const job = { root, rules: active, findings, settingKeys, signal };
  const read = await new BlueprintReader(job).read();
  return { ...findings.report(), ...read };
}
