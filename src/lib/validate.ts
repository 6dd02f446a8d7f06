import { ownRules, packageRules } from '../blueprint/rules.js';
import { packageRuleSettings, ruleSettings, validateBlueprint } from '../validate/index.js';

/** How a blueprint is validated; `types/validate.d.ts` says it to others. */
interface Options {
  readonly rules?: Readonly<Record<string, 'off' | 'warn' | 'error'>> | undefined;
  readonly packageRules?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks an Onify blueprint without a Hub, as `fortnox-blueprint validate DIR` does: what other packages import as
 * `fortnox-blueprint/validate`. Nothing is printed.
 *
 * @param dir the blueprint's folder; a relative one is taken from the current folder
 * @param options `rules`: how strict rules are, by their ids; `packageRules`: whether `fortnoxBlueprint.rules` of the
 *   blueprint's package.json count, default true; `signal` ends it between two files
 * @returns the findings by file and line, how many are errors and how many warnings, how many files were checked, and
 *   what they were taken for
 * @throws ConfigError when the folder holds no blueprint, or a rule is unknown; it has a `code` and a `hint`
 * @throws InterruptedError when `signal` aborts
 */
export async function validate(dir: string, options: Options = {}) {
  const { rules = {}, packageRules: counts = true, signal } = options;
  const ofOptions = ruleSettings(
    Object.entries(rules).map(([id, setting]) => `${id}=${setting}`),
    packageRules,
  );
  const ofPackage = counts ? packageRuleSettings(dir, packageRules) : {};
  return validateBlueprint(dir, {
    ...ownRules(dir),
    rules: { ...ofPackage, ...ofOptions },
    ...(signal && { signal }),
  });
}
