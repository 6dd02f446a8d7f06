import { setFlagsFromString } from 'node:v8';
import type { Finding, RuleSetting } from './finding.js';
import { Findings } from './findings.js';
import { BlueprintReader } from './read.js';
import { rules } from './rules/index.js';
import { isOwnPackage } from './settings.js';

export type { Finding } from './finding.js';

/** How a blueprint is validated. */
export interface ValidationOptions {
  /** By the ids of rules, in place of what the rules say themselves. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Ends it between two files, with an InterruptedError. */
  readonly signal?: AbortSignal;
}

/** What a validation found. */
export interface ValidationReport {
  /** By file and line. */
  readonly findings: readonly Finding[];
  /** How many files were checked. */
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

// Most runs are over before code that V8 optimizes on the side is ready, and wait for it all the same: so only what
// runs for longer is optimized. It takes less memory, too. In bytes of bytecode; the default is some 130,000. Node 22 no longer has the flag.
if (process.version.startsWith('v20.')) {
  setFlagsFromString('--interrupt-budget=1000000');
}

/**
 * Checks a blueprint without a Hub. Nothing outside its folder is read.
 *
 * @param root its folder
 * @throws ConfigError when the folder holds no blueprint
 */
export async function validateBlueprint(
  root: string,
  { rules: settings = {}, signal }: ValidationOptions = {},
): Promise<ValidationReport> {
  const findings = new Findings(settings);
  const reader = new BlueprintReader(
    root,
    rules.filter(({ id }) => settings[id] !== 'off'),
    findings,
    signal,
  );
  const files = await reader.read(isOwnPackage(root));
  return { ...findings.report(), files };
}
