import { loadBlueprint } from '../blueprint/load.js';
import { ACCESS_TOKEN, WORKFLOWS } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { BlueprintError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { counted } from '../core/text.js';
import { type HubClient, hubClient } from '../hub/client.js';
import { isDrift, outcomeDocument, outcomeOf } from '../install/change.js';
import { ResourcesDir } from '../install/files.js';
import {
  compareInstalled,
  installedLines,
  isAbsent,
  readInstalled,
  versionInstalled,
} from '../install/installed.js';
import { RECORD_PATH } from '../install/record.js';
import { registerSecrets } from '../install/stored-secrets.js';
import { clientIdOf } from '../options/app.js';
import { configLookup, connectionOf } from '../options/connection.js';
import type { CommandInput } from '../options/input.js';
import { resourcesDirOf } from '../options/install.js';
import { healthOf, ownFailure } from '../token/health.js';
import { runFlow } from '../token/run-flow.js';
import { type FailedRun, readRuns } from '../token/runs.js';
import { endsDocument, tokenTimes } from '../token/times.js';
import type { CommandResult } from './command.js';

/** Tells whether the blueprint is installed as shipped, and how the connection is. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult<'status'>> {
  const find = configLookup(input, context);
  const connection = await connectionOf(input, context, find);
  const clientId = clientIdOf(find);
  const path = resourcesDirOf(input, context, find);
  const blueprint = loadBlueprint(context.packageRoot);
  const files = [...blueprint.files.map(({ path }) => path), RECORD_PATH];
  const dir = path === undefined ? undefined : ResourcesDir.open(path, files);
  const { apiUrl, appUrl } = connection;
  const hub = hubClient(connection, context);
  try {
    const check = input.options.check === true ? await checked(hub, appUrl, context) : NOT_CHECKED;
    context.output.progress('Reading what the Hub holds');
    const [installed, runs] = await Promise.all([
      readInstalled(hub, blueprint, dir),
      readRuns(hub, context.now()),
    ]);
    registerSecrets(installed.settings, context.output);
    const changes = compareInstalled(blueprint, installed, clientId, apiUrl);
    const installedVersion = versionInstalled(installed, apiUrl);
    const now = context.now();
    const times = tokenTimes(installed.settings.get(ACCESS_TOKEN)?.value, now);
    const { tenantId = null, refreshedAt = null, connectedAt = null } = times;
    const lastFailure = check.failure ?? ownFailure(runs, times);
    const isProven = check.result === 'passed';
    const health = healthOf({ times, runs: { ...runs, lastFailure }, isProven, appUrl, now });
    const drifts = changes.filter(isDrift).length;
    const difference = `${counted(drifts, 'difference')} from what this version ships.`;
    const attention = [...(drifts > 0 ? [difference] : []), ...health.attention];
    const { version } = context;
    const documents = changes.map((change) => outcomeDocument(outcomeOf(change)));
    return {
      exitCode: attention.length === 0 ? ExitCode.done : ExitCode.attention,
      json: {
        blueprint: { version, installed: installedVersion ?? null, changes: documents },
        schedule: runs.schedule,
        lastFailure: lastFailure ?? null,
        check: check.result,
        attention,
        token: {
          state: health.state,
          ...endsDocument(times),
          tenantId,
          refreshedAt,
          connectedAt,
        },
      },
      lines: [
        ...installedLines(changes, version, installedVersion),
        // Of a Hub without the blueprint there is no connection to tell of.
        ...(isAbsent(changes) ? [] : ['', ...health.lines]),
      ],
    };
  } finally {
    await hub.close();
  }
}

/** How a refresh went that was run to see whether it works; null where none was. */
interface Check {
  readonly result: 'passed' | 'failed' | null;
  readonly failure: FailedRun | undefined;
}

const NOT_CHECKED: Check = { result: null, failure: undefined };

/** Runs the refresh flow. What it says is part of the result; a Hub that can't run it is a failure as ever. */
async function checked(
  hub: HubClient,
  appUrl: string | undefined,
  context: Context,
): Promise<Check> {
  context.output.progress('The Hub refreshes the token ...');
  try {
    await runFlow(hub, WORKFLOWS.refreshToken, { command: 'status --check', appUrl }, context);
    return { result: 'passed', failure: undefined };
  } catch (error) {
    if (!(error instanceof BlueprintError)) {
      throw error;
    }
    // A flow that is not there is a difference, which is told of with all others.
    if (error.code === 'flow_missing') {
      return NOT_CHECKED;
    }
    if (error.code !== 'flow_failed') {
      throw error;
    }
    const at = new Date(context.now()).toISOString();
    return { result: 'failed', failure: { at, message: error.message } };
  }
}
