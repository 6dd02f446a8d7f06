import { isCheckedAlready } from '../blueprint/checked.js';
import { ACCESS_TOKEN } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { type HubClient, hubClient } from '../hub/client.js';
import { type Applied, apply } from '../install/apply.js';
import { isDowngrade, refusedDowngrade } from '../install/downgrade.js';
import { ResourcesDir } from '../install/files.js';
import { stoppedPartWay } from '../install/part-way.js';
import { filesToWrite, makePlan, type Plan } from '../install/plan.js';
import { planDiff } from '../install/plan-diff.js';
import { type HubState, readHub } from '../install/read-hub.js';
import { RECORD_PATH } from '../install/record.js';
import { armSchedule, type Schedule } from '../install/schedule.js';
import { needsSecret } from '../install/settings.js';
import { registerSecrets } from '../install/stored-secrets.js';
import type { Target } from '../install/target.js';
import { verify } from '../install/verify.js';
import { askClientSecret } from '../options/app.js';
import type { CommandInput } from '../options/input.js';
import { type InstallOptions, readInstallOptions } from '../options/install.js';
import { tokenTimes } from '../token/times.js';
import { checkBlueprint, readableBlueprint } from './checked-blueprint.js';
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
  try {
    context.output.progress('Reading what the Hub holds');
    // The blueprint is checked while the Hub answers; nothing is written before both are done.
    const isChecked = isCheckedAlready(context.packageRoot, blueprint);
    const [first] = await Promise.all([read(), isChecked || checkBlueprint(context)]);
    const { current, clientSecret } = await askWhereMissing(first, read, options, context);
    const { clientId, alertEmail, isForced } = options;
    const plan = makePlan(current, {
      blueprint,
      version: context.version,
      values: { clientId, clientSecret, alertEmail },
      hasConfig: !options.skipped.has('config'),
      hub: options.connection.apiUrl,
      isForced,
    });
    warnOfUnreadable(plan, context);
    const run = {
      plan,
      diff: options.showsDiff ? planDiff(plan, current.settings) : undefined,
      costs: () => ({ requests: hub.requests, durationMs: context.now() - started }),
    };
    if (options.isDryRun) {
      return dryRunResult(run, input, options.tellsDrift);
    }
    if (isDowngrade(plan) && !options.mayDowngrade) {
      throw refusedDowngrade(plan);
    }
    dir?.clearLeftovers([...paths, ...plan.resources.map(({ id }) => id)]);
    const files = filesToWrite(plan);
    if (files.length > 0) {
      dir?.excludeFromGit();
    }
    dir?.checkWritable(files);
    const target = { hub, dir, waitMs: options.waitMs, context };
    const applied = await apply(plan, target);
    const ending = await finish(plan, applied, target);
    const hasAll = options.skipped.size === 0;
    return installedResult(run, applied, {
      ...ending,
      hasAll,
      isConnected: isConnected(current, context),
    });
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

/** Reads back what was applied, starts the schedule, and then writes the install record: the last file of all. */
async function finish(
  plan: Plan,
  applied: Applied,
  target: Target,
): Promise<{ isVerified: boolean; schedule: Schedule }> {
  try {
    const [isVerified, schedule] = await Promise.all([
      verify(plan, target),
      armSchedule(plan, applied.isScheduled, target),
    ]);
    if (plan.record && !plan.record.isSettled) {
      target.dir?.write(plan.record);
    }
    return { isVerified: isVerified && applied.isShown, schedule };
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
