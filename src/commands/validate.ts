import { resolve } from 'node:path';
import { ownRules, packageRules } from '../blueprint/rules.js';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { type CommandInput, listOption, textOption } from '../options/input.js';
import {
  packageRuleSettings,
  renderGithub,
  renderPretty,
  ruleSettings,
  validateBlueprint,
} from '../validate/index.js';
import type { CommandResult } from './command.js';

/** Checks a blueprint offline. */
export async function run(
  input: CommandInput,
  context: Context,
): Promise<CommandResult<'validate'>> {
  const format = textOption(input, 'format') ?? 'pretty';
  if (!['pretty', 'json', 'github'].includes(format)) {
    throw new ConfigError(
      'format_unknown',
      '--format does not know that format.',
      'It takes pretty, json or github.',
    );
  }
  const [dir] = input.arguments;
  const root = dir === undefined ? context.packageRoot : resolve(context.cwd, dir);
  const ofPackage =
    input.options.packageRules === false ? {} : packageRuleSettings(root, packageRules);
  const report = await validateBlueprint(root, {
    ...ownRules(root),
    rules: { ...ofPackage, ...ruleSettings(listOption(input, 'rule'), packageRules) },
    signal: context.signal,
  });
  const failures = input.options.strict === true ? report.findings.length : report.errors;
  const { findings, files, errors } = report;
  return {
    exitCode: failures > 0 ? ExitCode.invalid : ExitCode.done,
    json: { findings, files, errors },
    lines: format === 'github' ? renderGithub(report) : renderPretty(report),
    isVerbatim: format === 'github',
  };
}
