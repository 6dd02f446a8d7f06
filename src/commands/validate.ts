import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ownRules, packageRules } from '../blueprint/rules.js';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { isRecord, parseJson } from '../core/json.js';
import { type CommandInput, listOption, textOption } from '../options/input.js';
import { seconds } from '../options/seconds.js';
import {
  type ApartOptions,
  ruleSettings,
  type ValidationReport,
  validateApart,
  validateBlueprint,
} from '../validate/index.js';
import { baselineOf } from './baseline-file.js';
import type { CommandResult } from './command.js';
import { ownSettings, warnOfQuiet } from './own-settings.js';
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
  if (input.options.json === true && input.options.format !== undefined && format !== 'json') {
    throw new ConfigError(
      'format_twice',
      `--json and --format ${format} ask for two formats.`,
      'Leave one of them out.',
    );
  }
  const { root, name } = blueprintOf(input, context);
  const ofCommandLine = ruleSettings(listOption(input, 'rule'), packageRules);
  const own = ownSettings(input, context, root);
  const baseline = baselineOf(input, context, root);
  context.output.note(`Checking ${name}.`);
  const requested = {
    ...own,
    rules: { ...own.rules, ...ofCommandLine },
    baseline: baseline.entries,
  };
  const report = await checked(root, { ...limitsOf(input), requested }, context);
  const isWhole = !report.findings.some(({ rule }) => rule === 'file-slow');
  if (baseline.entries === 'write' && !isWhole) {
    context.output.warn('No baseline was written, as not all could be checked: see file-slow.');
  }
  const written = isWhole && report.entries && baseline.write(report.entries);
  if (written && format !== 'pretty') {
    context.output.note(written);
  }
  warnOfQuiet(report, input, context);
  const { inPlace = 0, inBaseline = 0, gone = 0 } = report.quiet ?? {};
  const failures = input.options.strict === true ? report.findings.length : report.errors;
  const { files, errors } = report;
  const findings = report.findings.map(({ others: _, ...finding }) => finding);
  return {
    exitCode: failures > 0 ? ExitCode.invalid : ExitCode.done,
    json: { findings, files, errors, silenced: inPlace + inBaseline, gone },
    ...rendered(format, report, { root, context }),
    ...(written && format === 'pretty' && { lines: [written] }),
  };
}

/** This package's own blueprint comes with the program, and is checked in it; any other in a process of its own. */
async function checked(
  root: string,
  options: Pick<ApartOptions, 'requested' | 'maxSeconds' | 'maxMegabytes'>,
  { packageRoot, signal }: Context,
): Promise<ValidationReport> {
  if (existsSync(root) && realpathSync(root) === realpathSync(packageRoot)) {
    return validateBlueprint(root, { ...ownRules(root), ...options.requested, signal });
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
    const root = resolve(cwd, dir);
    return { root, name: `the blueprint in ${root === cwd ? 'the current folder' : dir}` };
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
