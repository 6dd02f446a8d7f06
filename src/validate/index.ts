import { Findings } from './findings.js';
import type { Progress } from './isolate/protocol.js';
import { BlueprintReader } from './read.js';
import type { Rule, ValidationReport } from './rule.js';
import { rules } from './rules/index.js';
import type { RuleSettings } from './settings.js';
import type { Unread } from './source/files.js';

export { entriesOf, HTTP, HUB, inputOf, inputText } from './flow/connectors.js';
export type { Connector } from './flow/model.js';
export { type ApartOptions, validateApart } from './isolate/apart.js';
export type { Line, Task } from './isolate/protocol.js';
export { renderGithub, renderPretty } from './render.js';
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
  const read = await new BlueprintReader(job).read();
  return { ...findings.report(), ...read };
}
