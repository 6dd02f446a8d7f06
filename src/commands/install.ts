import { isCheckedAlready } from '../blueprint/checked.js';
import { type Blueprint, loadBlueprint } from '../blueprint/load.js';
import { ACCESS_TOKEN } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { type HubClient, hubClient } from '../hub/client.js';
import { carryOut } from '../install/apply.js';
import { ResourcesDir } from '../install/files.js';
import { makePlan, type Plan } from '../install/plan.js';
import { type HubState, readHub } from '../install/read-hub.js';
import { RECORD_PATH } from '../install/record.js';
import { type GivenValues, needsSecret } from '../install/settings.js';
import { storedSecrets } from '../token/stored-token.js';
import { tokenTimes } from '../token/times.js';
import { askSecret, registerStored } from './client-secret.js';
import type { CommandInput, CommandResult } from './command.js';
import { type InstallOptions, readInstallOptions } from './install-options.js';
import { dryRunResult, installedResult } from './install-result.js';

/** Puts the blueprint into a Hub: validate, plan, apply, verify. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult> {
  const started = context.now();
  const options = await readInstallOptions(input, context);
  const blueprint = await readableBlueprint(context);
  const paths = [...blueprint.files.map(({ path }) => path), RECORD_PATH];
  const dir =
    options.resourcesDir === undefined ? undefined : ResourcesDir.open(options.resourcesDir, paths);
  const hub = hubClient(options.connection, context);
  try {
    context.output.progress('Reading what the Hub holds');
    // The blueprint is checked while the Hub answers; nothing is written before both are done.
    const check = isCheckedAlready(context.packageRoot, blueprint)
      ? undefined
      : checkBlueprint(context);
    const [read] = await Promise.all([readState(hub, options, context), check]);
    const { state, given } = await complete(read, hub, options, context);
    const plan = planFor(blueprint, state, given, options, dir, context);
    if (!options.isDryRun) {
      dir?.checkWritable(filesToWrite(plan));
    }
    const remember = (value: unknown) => {
      for (const secret of storedSecrets(value)) {
        context.output.secret(secret);
      }
    };
    const job = { plan, blueprint, given, dir, waitMs: options.waitMs, hub, context, remember };
    const verified = options.isDryRun ? null : await carryOut(job);
    const outcome = { plan, verified, isConnected: isConnected(state, context) };
    const counts = { requests: hub.requests, durationMs: context.now() - started };
    return options.isDryRun
      ? dryRunResult(outcome, options.tellsDrift, counts)
      : installedResult(outcome, counts);
  } finally {
    await hub.close();
  }
}

async function readState(
  hub: HubClient,
  { skipped }: InstallOptions,
  context: Context,
): Promise<HubState> {
  const state = await readHub(hub, skipped);
  if (state.settings) {
    registerStored(state.settings, context);
  }
  return state;
}

/** Asks for the secret where it is missing, and a person is there to ask. */
async function complete(
  state: HubState,
  hub: HubClient,
  options: InstallOptions,
  context: Context,
): Promise<{ state: HubState; given: GivenValues }> {
  const { clientId, clientSecret, isDryRun } = options;
  const isMissing = !isDryRun && !clientSecret && state.settings && needsSecret(state.settings);
  if (!isMissing) {
    return { state, given: { clientId, clientSecret } };
  }
  const given = { clientId, clientSecret: await askSecret(context) };
  // A person takes time to answer, and a flow may have written since.
  return { state: await readState(hub, options, context), given };
}

function planFor(
  blueprint: Blueprint,
  state: HubState,
  given: GivenValues,
  { skipped }: InstallOptions,
  dir: ResourcesDir | undefined,
  { version, output }: Context,
): Plan {
  const present = dir && ((path: string) => dir.read(path));
  const hasConfig = !skipped.has('config');
  const plan = makePlan(blueprint, { ...state, version, given, present, hasConfig });
  const token = plan.settings.find(({ id }) => id === ACCESS_TOKEN);
  if (token?.action === 'unknown') {
    output.warn(
      `The setting ${ACCESS_TOKEN} holds no token that can be read. It is left as it is.`,
    );
  }
  return plan;
}

function isConnected({ settings }: HubState, context: Context): boolean {
  if (!settings) {
    return true;
  }
  const { state } = tokenTimes(settings.get(ACCESS_TOKEN)?.value, context.now());
  return state !== 'missing' && state !== 'dead';
}

/** What is written at most: what was there before is kept as well. */
function filesToWrite({ resources, record }: Plan) {
  const pending = [...resources, ...(record ? [record] : [])].filter(
    ({ state }) => state === 'pending',
  );
  return pending.map(({ id, content, replaced }) => ({
    id,
    content: replaced ? Buffer.concat([content, replaced]) : content,
  }));
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
  const { ownRules } = await import('../blueprint/rules.js');
  const report = await validateBlueprint(context.packageRoot, ownRules(context.packageRoot));
  if (report.errors === 0) {
    return;
  }
  throw new ConfigError(
    'blueprint_invalid',
    `This copy of the blueprint is damaged: validate finds ${report.errors} errors in it.`,
    'See them with "fortnox-blueprint validate", and install the package anew.',
  );
}
