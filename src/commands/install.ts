import { resolve } from 'node:path';
import { type Blueprint, loadBlueprint } from '../blueprint/load.js';
import { DEFAULT_CLIENT_ID } from '../blueprint/settings.js';
import { configLookup, connectionOf, type Lookup, seconds } from '../config/connection.js';
import type { Context } from '../context.js';
import { ConfigError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import { hubClient } from '../hub/client.js';
import { Application, changesOf, type Plan } from '../install/apply.js';
import { changeDocument, changeLines, isDrift } from '../install/change.js';
import { ResourcesDir } from '../install/files.js';
import { planConfig, planRecord, planResources } from '../install/plan.js';
import { parseRecord, RECORD_PATH } from '../install/record.js';
import { type GivenValues, planSettings, readSettings, type StoredSettings } from '../install/settings.js';
import { verify } from '../install/verify.js';
import { givenSecret, missingSecret, registerStored } from './client-secret.js';
import { type CommandInput, type CommandResult, textOption } from './command.js';

type Part = 'resources' | 'settings' | 'config';

/** Puts the blueprint into a Hub: plan, apply, verify. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult> {
  const started = context.now();
  const find = configLookup(input, context);
  const skipped = skippedParts(input);
  const isDryRun = input.options.dryRun === true;
  const connection = await connectionOf(input, context, find);
  const secret = await givenSecret(input, context, find);
  const clientId = find('FORTNOX_APP_CLIENTID')?.value.trim() ?? DEFAULT_CLIENT_ID;
  const wait = textOption(input, 'wait');
  const waitMs = wait === undefined ? 0 : seconds(wait, '--wait') * 1000;

  const blueprint = await readableBlueprint(context);
  const dir = skipped.has('resources') ? undefined : openResources(input, context, find, blueprint);
  const hub = hubClient(connection, context);
  try {
    context.output.progress('Reading what the Hub holds');
    // The blueprint is checked while the Hub answers; nothing is written before both are done.
    const [stored, workflows] = await Promise.all([
      skipped.has('settings') ? undefined : readSettings(hub),
      skipped.has('config') ? undefined : hub.workflows('fortnox'),
      checkBlueprint(context),
    ]);
    if (stored) registerStored(stored, context);
    const clientSecret = secret ?? (stored && (await missingSecret(stored, isDryRun, context)));
    const given: GivenValues = { clientId, clientSecret };
    const plan = makePlan(blueprint, context, { dir, stored, given, workflows, skipped });
    const drifts = changesOf(plan).filter(isDrift).length;
    if (!isDryRun) {
      if (dir && [...plan.resources, plan.record].some((change) => change && isDrift(change)))
        dir.checkWritable();
      await new Application(plan, hub, context).run(dir, blueprint.config, waitMs);
    }
    const isVerified = isDryRun ? null : await verify(hub, blueprint, plan, given);
    return {
      exitCode:
        isDryRun && input.options.exitCode === true && drifts > 0 ? ExitCode.attention : ExitCode.done,
      json: {
        dryRun: isDryRun,
        changes: changesOf(plan).map(changeDocument),
        verified: isVerified,
        requests: hub.requests,
        durationMs: context.now() - started,
        next: nextSteps(isDryRun, drifts),
      },
      lines: report(plan, isDryRun, drifts, isVerified),
    };
  } finally {
    await hub.close();
  }
}

function skippedParts(input: CommandInput): Set<Part> {
  const parts: readonly string[] = ['resources', 'settings', 'config'];
  const given = Array.isArray(input.options.skip) ? (input.options.skip as string[]) : [];
  const wrong = given.find((part) => !parts.includes(part));
  if (wrong !== undefined) {
    const hint = `It takes ${parts.join(', ')}.`;
    throw new ConfigError('skip_unknown', `--skip does not know "${wrong}".`, hint);
  }
  return new Set(given as Part[]);
}

async function readableBlueprint(context: Context): Promise<Blueprint> {
  try {
    return loadBlueprint(context.packageRoot);
  } catch (error) {
    // What can't even be read has findings, which say more.
    await checkBlueprint(context);
    throw error;
  }
}

async function checkBlueprint(context: Context): Promise<void> {
  const { validateBlueprint } = await import('../validate/index.js');
  const report = await validateBlueprint(context.packageRoot);
  if (report.errors === 0) return;
  throw new ConfigError(
    'blueprint_invalid',
    `This copy of the blueprint is damaged: validate finds ${report.errors} errors in it.`,
    'See them with "fortnox-blueprint validate", and install the package anew.',
  );
}

function openResources(
  input: CommandInput,
  context: Context,
  find: Lookup,
  blueprint: Blueprint,
): ResourcesDir {
  const given = find('ONIFY_RESOURCES_DIR', textOption(input, 'resourcesDir'));
  if (!given) {
    throw new ConfigError(
      'resources_dir_unset',
      "The Hub's resources directory is missing.",
      'Give it with --resources-dir or in ONIFY_RESOURCES_DIR, or leave files out with --skip resources.',
    );
  }
  const paths = [...blueprint.files.map(({ path }) => path), RECORD_PATH];
  return ResourcesDir.open(resolve(context.cwd, given.value), paths);
}

interface State {
  readonly dir: ResourcesDir | undefined;
  readonly stored: StoredSettings | undefined;
  readonly given: GivenValues;
  readonly workflows: Record<string, unknown>[] | undefined;
  readonly skipped: ReadonlySet<Part>;
}

function makePlan(blueprint: Blueprint, context: Context, state: State): Plan {
  const { dir, stored, given, workflows, skipped } = state;
  const present = (path: string) => dir?.read(path);
  const record = parseRecord(present(RECORD_PATH));
  return {
    settings: stored ? planSettings(stored, given) : [],
    resources: dir ? planResources(blueprint.files, present, record) : [],
    config: skipped.has('config') ? [] : planConfig(blueprint, workflows, record),
    record: dir && !skipped.has('config') ? planRecord(blueprint, context.version, present) : undefined,
  };
}

function nextSteps(isDryRun: boolean, drifts: number): string[] {
  if (isDryRun) return drifts > 0 ? ['fortnox-blueprint install'] : [];
  return ['fortnox-blueprint status', 'fortnox-blueprint activate'];
}

function report(plan: Plan, isDryRun: boolean, drifts: number, isVerified: true | null): string[] {
  const lines = changeLines(changesOf(plan));
  if (isDryRun) {
    lines.push(drifts > 0 ? `${drifts} would change. Nothing was written.` : 'Nothing would change.');
    if (drifts > 0) lines.push('', 'Next: fortnox-blueprint install');
    return lines;
  }
  const checked = isVerified
    ? 'read back and compared'
    : 'the Hub does not list workflows, so those were not compared';
  lines.push(
    drifts > 0 ? `Installed: ${drifts} changed, ${checked}.` : 'Installed as shipped. Nothing was written.',
  );
  lines.push('', 'Next: fortnox-blueprint status tells whether Fortnox is connected,');
  lines.push('      fortnox-blueprint activate connects it.');
  return lines;
}
