import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ownRules, packageRules } from '../blueprint/rules.js';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { isRecord, parseJson } from '../core/json.js';
import { counted } from '../core/text.js';
import { type CommandInput, listOption, textOption } from '../options/input.js';
import {
  packageOf,
  packageRuleSettings,
  ruleSettings,
  validateBlueprint,
} from '../validate/index.js';
import type { CommandResult } from './command.js';
import { isFormat, rendered } from './validate-formats.js';

/** Checks a blueprint offline. */
export async function run(
  input: CommandInput,
  context: Context,
): Promise<CommandResult<'validate'>> {
  const format = textOption(input, 'format') ?? 'pretty';
  if (!isFormat(format)) {
    throw new ConfigError(
      'format_unknown',
      '--format does not know that format.',
      'It takes pretty, json, github, gitlab, sarif or azure.',
    );
  }
  const { root, name } = blueprintOf(input, context);
  const ofCommandLine = ruleSettings(listOption(input, 'rule'), packageRules);
  const ofPackage = countsPackageRules(input, context, root)
    ? packageRuleSettings(root, packageRules)
    : {};
  context.output.note(`Checking ${name}.`);
  const report = await validateBlueprint(root, {
    ...ownRules(root),
    rules: { ...ofPackage, ...ofCommandLine },
    signal: context.signal,
  });
  const failures = input.options.strict === true ? report.findings.length : report.errors;
  const { findings, files, errors } = report;
  return {
    exitCode: failures > 0 ? ExitCode.invalid : ExitCode.done,
    json: { findings, files, errors },
    ...rendered(format, report, { root, context }),
  };
}

/** The folder that is checked, and what a person calls it. */
function blueprintOf(input: CommandInput, { cwd, packageRoot, version }: Context) {
  const [dir] = input.arguments;
  if (dir !== undefined) {
    return { root: resolve(cwd, dir), name: `the blueprint in ${dir}` };
  }
  return looksLikeBlueprint(cwd)
    ? { root: cwd, name: 'the blueprint in the current folder' }
    : { root: packageRoot, name: `the blueprint of this package, version ${version}` };
}

function looksLikeBlueprint(folder: string): boolean {
  if (existsSync(join(folder, 'flows'))) {
    return true;
  }
  try {
    const config = parseJson(readFileSync(join(folder, 'config.json'), 'utf8'));
    return isRecord(config) && ['workflow', 'form'].some((name) => Array.isArray(config[name]));
  } catch {
    return false;
  }
}

/** In CI a pull request must not switch off what it is checked by. */
function countsPackageRules(input: CommandInput, context: Context, root: string): boolean {
  const { packageRules: requested } = input.options;
  if (requested !== undefined || !context.env.CI) {
    return requested !== false;
  }
  const { fortnoxBlueprint } = packageOf(root);
  const rules = isRecord(fortnoxBlueprint) ? fortnoxBlueprint.rules : undefined;
  const count = isRecord(rules) ? Object.keys(rules).length : 0;
  if (count > 0) {
    context.output.warn(
      `${counted(count, 'rule setting')} of the blueprint's package.json ${count === 1 ? 'is' : 'are'} off in CI; --package-rules lets them count.`,
    );
  }
  return false;
}
