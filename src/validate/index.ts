import type { Finding } from './finding.js';
import { contentRules } from './rules/content.js';
import { packageRules } from './rules/package.js';
import { readSource } from './source.js';

export type { Finding } from './finding.js';

/** What a validation found. */
export interface ValidationReport {
  readonly findings: readonly Finding[];
  /** How many files were checked. */
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/**
 * Checks a blueprint without a Hub.
 *
 * @param root its folder
 * @returns the findings, by file and line
 * @throws ConfigError when the folder holds no blueprint
 */
export async function validateBlueprint(root: string): Promise<ValidationReport> {
  const source = await readSource(root);
  const findings: Finding[] = [];
  for (const { id: rule, severity, check } of [...packageRules, ...contentRules]) {
    for (const found of await check(source)) findings.push({ rule, severity, ...found });
  }
  findings.sort((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { findings, files: source.files.length, errors, warnings: findings.length - errors };
}
