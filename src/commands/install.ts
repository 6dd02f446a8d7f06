import { isCheckedAlready } from '../blueprint/checked.js';
import { type Blueprint, loadBlueprint } from '../blueprint/load.js';
import { ACCESS_TOKEN } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { counted } from '../core/text.js';
import { type HubClient, hubClient } from '../hub/client.js';
import { type Applied, apply } from '../install/apply.js';
import { ResourcesDir } from '../install/files.js';
import { stoppedPartWay } from '../install/part-way.js';
import { filesToWrite, makePlan, type Plan } from '../install/plan.js';
import { type HubState, readHub } from '../install/read-hub.js';
import { RECORD_PATH } from '../install/record.js';
import { needsSecret } from '../install/settings.js';
import { registerSecrets } from '../install/stored-secrets.js';
import type { Target } from '../install/target.js';
import { verify } from '../install/verify.js';
import { askClientSecret } from '../options/app.js';
import type { CommandInput } from '../options/input.js';
import { type InstallOptions, readInstallOptions } from '../options/install.js';
import { tokenTimes } from '../token/times.js';
import type { CommandResult } from './command.js';
import { dryRunResult, installedResult } from './install-result.js';

/** Puts the blueprint into a Hub: read, ask, plan, apply, verify, tell. */
export async function run(
  input: CommandInput,
  context: Context,
): Promise<CommandResult<'install'>> {
  const started = context.now();
  const options = await readInstallOptions(input, context);
  const blueprint = await readableBlueprint(context);
  const paths = [...blueprint.files.map(({ path }) => path), RECORD_PATH];
  const dir = options.resourcesDir ? ResourcesDir.open(options.resourcesDir, paths) : undefined;
  const hub = hubClient(options.connection, context);
  const read = () => readState(hub, dir, options, context);
  const costs = () => ({ requests: hub.requests, durationMs: context.now() - started });
  try {
    context.output.progress('Reading what the Hub holds');
    // The blueprint is checked while the Hub answers; nothing is written before both are done.
    const isChecked = isCheckedAlready(context.packageRoot, blueprint);
    const [first] = await Promise.all([read(), isChecked || checkBlueprint(context)]);
    const { current, clientSecret } = await askWhereMissing(first, read, options, context);
    const values = { clientId: options.clientId, clientSecret };
    const hasConfig = !options.skipped.has('config');
    const plan = makePlan(current, { blueprint, version: context.version, values, hasConfig });
    warnOfUnreadable(plan, context);
    if (options.isDryRun) {
      return dryRunResult(plan, options.tellsDrift, costs());
    }
    dir?.checkWritable(filesToWrite(plan));
    const target = { hub, dir, waitMs: options.waitMs, context };
    const applied = await apply(plan, target);
    const isVerified = await verifyAndRecord(plan, applied, target);
    return installedResult(
      applied,
      { isVerified, isConnected: isConnected(current, context) },
      costs(),
    );
  } finally {
    await hub.close();
  }
}

async function readState(
  hub: HubClient,
  dir: ResourcesDir | undefined,
  { skipped }: InstallOptions,
  context: Context,
): Promise<HubState> {
  const current = await readHub(hub, dir, skipped);
  if (current.settings) {
    registerSecrets(current.settings, context.output);
  }
  return current;
}

/** Asks for the secret where it is missing, and a person is there to ask. */
async function askWhereMissing(
  current: HubState,
  read: () => Promise<HubState>,
  { clientSecret, isDryRun }: InstallOptions,
  context: Context,
): Promise<{ current: HubState; clientSecret: string | undefined }> {
  if (isDryRun || clientSecret || !current.settings || !needsSecret(current.settings)) {
    return { current, clientSecret };
  }
  const answer = await askClientSecret(context);
  // A person takes time to answer, and a flow may have written since.
  return { current: await read(), clientSecret: answer };
}

/** Leaves a token alone that can't be read, but not silently. */
function warnOfUnreadable({ settings }: Plan, { output }: Context): void {
  if (settings.some(({ id, action }) => id === ACCESS_TOKEN && action === 'unknown')) {
    output.warn(
      `The setting ${ACCESS_TOKEN} holds no token that can be read. It is left as it is.`,
    );
  }
}

/** Reads back what was applied, and then writes the install record: the last file of an installation. */
async function verifyAndRecord(plan: Plan, applied: Applied, target: Target): Promise<boolean> {
  try {
    const isVerified = await verify(plan, target);
    if (plan.record && !plan.record.isSettled) {
      target.dir?.write(plan.record);
    }
    return isVerified && applied.isShown;
  } catch (error) {
    throw stoppedPartWay(error, applied.outcomes);
  }
}

function isConnected({ settings }: HubState, context: Context): boolean {
  if (!settings) {
    return true;
  }
  const { state } = tokenTimes(settings.get(ACCESS_TOKEN)?.value, context.now());
  return state !== 'missing' && state !== 'dead';
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
  const { errors } = await validateBlueprint(context.packageRoot, ownRules(context.packageRoot));
  if (errors > 0) {
    const message = `This copy of the blueprint is damaged: validate finds ${counted(errors, 'error')} in it.`;
    const hint = 'See them with "fortnox-blueprint validate", and install the package again.';
    throw new ConfigError('blueprint_invalid', message, hint);
  }
}
