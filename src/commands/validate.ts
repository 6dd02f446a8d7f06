import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ownRules, packageRules } from '../blueprint/rules.js';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { isRecord, parseJson } from '../core/json.js';
import { counted } from '../core/text.js';
import { type CommandInput, listOption, textOption } from '../options/input.js';
import { seconds } from '../options/seconds.js';
import {
  type ApartOptions,
  packageOf,
  packageRuleSettings,
  renderGithub,
  renderPretty,
  ruleSettings,
  type ValidationReport,
  validateApart,
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
  const { root, name } = blueprintOf(input, context);
  const ofCommandLine = ruleSettings(listOption(input, 'rule'), packageRules);
  const ofPackage = countsPackageRules(input, context, root)
    ? packageRuleSettings(root, packageRules)
    : {};
  context.output.note(`Checking ${name}.`);
  const rules = { ...ofPackage, ...ofCommandLine };
  const report = await checked(root, { ...limitsOf(input), rules }, context);
  const failures = input.options.strict === true ? report.findings.length : report.errors;
  const { findings, files, errors } = report;
  const isForGithub = format === 'github';
  return {
    exitCode: failures > 0 ? ExitCode.invalid : ExitCode.done,
    json: { findings, files, errors },
    lines: isForGithub ? renderGithub(inRepository(report, root, context)) : renderPretty(report),
    isVerbatim: isForGithub,
  };
}

/** This package's own blueprint comes with the program, and is checked in it; any other in a process of its own. */
async function checked(
  root: string,
  options: Pick<ApartOptions, 'rules' | 'maxSeconds' | 'maxMegabytes'>,
  { packageRoot, signal }: Context,
): Promise<ValidationReport> {
  if (existsSync(root) && realpathSync(root) === realpathSync(packageRoot)) {
    return validateBlueprint(root, { ...ownRules(root), rules: options.rules, signal });
  }
  const program = join(packageRoot, 'dist', 'validate-child.js');
  return validateApart(root, { ...options, program, signal });
}

function limitsOf(input: CommandInput): Pick<ApartOptions, 'maxSeconds' | 'maxMegabytes'> {
  const ofSeconds = textOption(input, 'maxSeconds') ?? '20';
  const ofMemory = textOption(input, 'maxMemory') ?? '400';
  const maxMegabytes = Number(ofMemory);
  if (!(maxMegabytes >= MIN_MEGABYTES && maxMegabytes <= MAX_MEGABYTES)) {
    const message = `--max-memory takes a number of megabytes from ${MIN_MEGABYTES} to ${MAX_MEGABYTES}.`;
    throw new ConfigError('memory_malformed', message, 'Try --max-memory 400.');
  }
  return { maxSeconds: seconds(ofSeconds, '--max-seconds'), maxMegabytes };
}

// Node itself and what reads a blueprint take about half of the least.
const MIN_MEGABYTES = 200;
const MAX_MEGABYTES = 64_000;

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
