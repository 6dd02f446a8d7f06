import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ownRules, packageRules } from '../blueprint/rules.js';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { isRecord, parseJson } from '../core/json.js';
import { type CommandInput, listOption, textOption } from '../options/input.js';
import {
  renderGithub,
  renderPretty,
  ruleSettings,
  type ValidationReport,
  validateBlueprint,
} from '../validate/index.js';
import { baselineOf } from './baseline-file.js';
import type { CommandResult } from './command.js';
import { ownSettings, warnOfQuiet } from './own-settings.js';

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
  const { root, name } = blueprintOf(input, context);
  const ofCommandLine = ruleSettings(listOption(input, 'rule'), packageRules);
  const own = ownSettings(input, context, root);
  const baseline = baselineOf(input, context, root);
  context.output.note(`Checking ${name}.`);
  const report = await validateBlueprint(root, {
    ...ownRules(root),
    ...own,
    rules: { ...own.rules, ...ofCommandLine },
    baseline: baseline.entries,
    signal: context.signal,
  });
  const isForGithub = format === 'github';
  const written = report.entries && baseline.write(report.entries);
  if (written && isForGithub) {
    context.output.note(written);
  }
  const { inPlace = 0, inBaseline = 0, gone = 0 } = report.quiet ?? {};
  warnOfQuiet(report, input, context);
  const failures = input.options.strict === true ? report.findings.length : report.errors;
  const { files, errors } = report;
  const findings = report.findings.map(({ others: _, ...finding }) => finding);
  return {
    exitCode: failures > 0 ? ExitCode.invalid : ExitCode.done,
    json: { findings, files, errors, silenced: inPlace + inBaseline, gone },
    lines: isForGithub
      ? renderGithub(inRepository(report, root, context))
      : written
        ? [written]
        : renderPretty(report),
    isVerbatim: isForGithub,
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

/** GitHub looks for files from the repository's root, wherever in it the blueprint lies. */
function inRepository(report: ValidationReport, root: string, { env }: Context): ValidationReport {
  const folder = relative(env.GITHUB_WORKSPACE || root, root);
  if (folder === '' || folder.startsWith('..') || isAbsolute(folder)) {
    return report;
  }
  const prefix = `${folder.split(sep).join('/')}/`;
  const findings = report.findings.map((finding) => ({ ...finding, file: prefix + finding.file }));
  return { ...report, findings };
}
