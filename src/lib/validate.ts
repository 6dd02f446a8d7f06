import { ownRules, packageRules } from '../blueprint/rules.js';
import {
  packageRuleSettings,
  readLintFile,
  ruleSettings,
  validateBlueprint,
} from '../validate/index.js';

/** How a blueprint is validated; `types/validate.d.ts` says it to others. */
interface Options {
  readonly rules?: Readonly<Record<string, 'off' | 'warn' | 'error'>> | undefined;
  readonly packageRules?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks an Onify blueprint without a Hub, by the rules of `fortnox-blueprint validate DIR`: what other packages import as
 * `fortnox-blueprint/validate`. Nothing is printed, no baseline is read, and whether `CI` is set makes no difference. It
 * runs in this process, which has no limit of time or memory: one that may be hostile belongs in the program.
 *
 * @param dir the blueprint's folder; a relative one is taken from the current folder
 * @param options `rules`: how strict rules are, by their ids; `packageRules`: whether what the blueprint sets for
 *   itself counts (`.onifylint.json`, else its package.json, and `onify-ignore` comments), default true; `signal` ends it between two files
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
  const file = counts ? readLintFile(dir, packageRules) : undefined;
  const own = file?.rules ?? (counts ? packageRuleSettings(dir, packageRules) : {});
  const { quiet: _, ...report } = await validateBlueprint(dir, {
    ...ownRules(dir),
    rules: { ...own, ...ofOptions },
    unknownRules: file?.unknown ?? [],
    heedsIgnores: counts,
    ...(signal && { signal }),
  });
  const findings = report.findings.map(({ others: __, ...finding }) => finding);
  return { ...report, findings };
}
