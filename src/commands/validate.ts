import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Context } from '../context.js';
import { ConfigError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import { validateBlueprint } from '../validate/index.js';
import { renderGithub, renderPretty } from '../validate/render.js';
import { packageRuleSettings, ruleSettings } from '../validate/settings.js';
import { type CommandInput, type CommandResult, textOption } from './command.js';

// Most runs are over before code that V8 optimizes on the side is ready, and wait for it all the same: so only what
// runs for longer is optimized. In bytes of bytecode; the default is some 130,000. Node 22 no longer has the flag.
if (process.version.startsWith('v20.')) setFlagsFromString('--interrupt-budget=1000000');

/** Checks a blueprint offline. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult> {
  const format = textOption(input, 'format') ?? 'pretty';
  if (!['pretty', 'json', 'github'].includes(format)) {
    throw new ConfigError(
      'format_unknown',
      `--format does not know "${format}".`,
      'It takes pretty, json or github.',
    );
  }
  const [dir] = input.arguments;
  const root = dir === undefined ? context.packageRoot : resolve(context.cwd, dir);
  const ofPackage = input.options.packageRules === false ? {} : packageRuleSettings(root);
  const asked = Array.isArray(input.options.rule) ? input.options.rule.map(String) : [];
  const report = await validateBlueprint(root, {
    rules: { ...ofPackage, ...ruleSettings(asked) },
    signal: context.signal,
  });
  const failures = input.options.strict === true ? report.findings.length : report.errors;
  const { findings, files, errors } = report;
  return {
    exitCode: failures > 0 ? ExitCode.invalid : ExitCode.done,
    json: { findings, files, errors },
    lines: format === 'github' ? renderGithub(report) : renderPretty(report),
  };
}
