import { packageRules } from '../blueprint/rules.js';
import type { Context } from '../core/context.js';
import { isRecord } from '../core/json.js';
import { counted } from '../core/text.js';
import type { CommandInput } from '../options/input.js';
import {
  LINT_FILE,
  ownText,
  packageOf,
  packageRuleSettings,
  readLintFile,
  type ValidationOptions,
  type ValidationReport,
} from '../validate/index.js';

const LET_COUNT = '--package-rules lets them count.';

/**
 * Tells whether what a blueprint sets for itself counts: its rules, comments and baseline. In CI a pull request must not
 * switch off what it is checked by.
 */
export function trusts(input: CommandInput, { env }: Context): boolean {
  const { packageRules: requested } = input.options;
  return requested === undefined ? !env.CI : requested !== false;
}

/**
 * Reads what a blueprint sets for itself; warns of what does not count.
 *
 * @param root its folder
 * @throws ConfigError where it can't be read, or names a setting that there is not
 */
export function ownSettings(
  input: CommandInput,
  context: Context,
  root: string,
): Pick<ValidationOptions, 'rules' | 'unknownRules' | 'heedsIgnores'> {
  if (!trusts(input, context)) {
    if (input.options.packageRules === undefined) {
      warnOfRules(context, root);
    }
    return { heedsIgnores: false };
  }
  const file = readLintFile(root, packageRules);
  if (!file) {
    return { rules: packageRuleSettings(root, packageRules) };
  }
  if (packageCount(root) > 0) {
    context.output.warn(
      `Both ${LINT_FILE} and the blueprint's package.json set rules; ${LINT_FILE} counts.`,
    );
  }
  return { rules: file.rules, unknownRules: file.unknown };
}

/** Warns of what was not asked, and of what a baseline holds in vain. */
export function warnOfQuiet(
  { quiet }: ValidationReport,
  { options }: CommandInput,
  { output }: Context,
): void {
  const { unheeded = 0, gone = 0 } = quiet ?? {};
  if (unheeded > 0) {
    const comments = `${counted(unheeded, 'onify-ignore comment')} ${isOrAre(unheeded)} not heeded`;
    const isInCi = options.packageRules === undefined;
    output.warn(isInCi ? `${comments} in CI; ${LET_COUNT}` : `${comments}.`);
  }
  if (gone > 0) {
    output.warn(
      `${counted(gone, 'finding')} of the baseline ${isOrAre(gone)} gone: write it again with --write-baseline.`,
    );
  }
}

function warnOfRules({ output }: Context, root: string): void {
  if (ownText(root, LINT_FILE) !== undefined) {
    output.warn(`The rule settings of ${LINT_FILE} are off in CI; ${LET_COUNT}`);
    return;
  }
  const count = packageCount(root);
  if (count > 0) {
    output.warn(
      `${counted(count, 'rule setting')} of the blueprint's package.json ${isOrAre(count)} off in CI; ${LET_COUNT}`,
    );
  }
}

/** How many rules the blueprint's package.json sets. */
function packageCount(root: string): number {
  const { fortnoxBlueprint } = packageOf(root);
  const rules = isRecord(fortnoxBlueprint) ? fortnoxBlueprint.rules : undefined;
  return isRecord(rules) ? Object.keys(rules).length : 0;
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}
