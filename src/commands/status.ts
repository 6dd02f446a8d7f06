import { resolve } from 'node:path';
import { loadBlueprint } from '../blueprint/load.js';
import { ACCESS_TOKEN } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { ExitCode } from '../core/exit-codes.js';
import { hubClient } from '../hub/client.js';
import { isDrift, outcomeDocument, outcomeOf } from '../install/change.js';
import { ResourcesDir } from '../install/files.js';
import { compareInstalled, installedLines, isAbsent, readInstalled } from '../install/installed.js';
import { configLookup, connectionOf } from '../options/connection.js';
import { connectionLines } from '../token/lines.js';
import { endsDocument, tokenTimes } from '../token/times.js';
import { registerStored } from './client-secret.js';
import { type CommandInput, type CommandResult, textOption } from './command.js';
import { clientIdOf } from './install-options.js';

/** Tells whether the blueprint is installed as shipped, and how the connection is. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult> {
  const find = configLookup(input, context);
  const connection = await connectionOf(input, context, find);
  const clientId = clientIdOf(find);
  const folder = find('ONIFY_RESOURCES_DIR', textOption(input, 'resourcesDir'))?.value;
  const dir =
    folder === undefined ? undefined : ResourcesDir.open(resolve(context.cwd, folder), []);
  const blueprint = loadBlueprint(context.packageRoot);
  const hub = hubClient(connection, context);
  try {
    const installed = await readInstalled(hub, blueprint, dir);
    registerStored(installed.settings, context);
    const changes = compareInstalled(blueprint, installed, clientId);
    const now = context.now();
    const times = tokenTimes(installed.settings.get(ACCESS_TOKEN)?.value, now);
    const { state, tenantId = null } = times;
    const isHealthy = !changes.some(isDrift) && ['fresh', 'refresh-due'].includes(state);
    const { version } = context;
    const documents = changes.map((change) => outcomeDocument(outcomeOf(change)));
    return {
      exitCode: isHealthy ? ExitCode.done : ExitCode.attention,
      json: {
        blueprint: { version, changes: documents },
        token: { state, ...endsDocument(times), tenantId },
      },
      lines: [
        ...installedLines(changes, version),
        // Of a Hub without the blueprint there is no connection to tell of.
        ...(isAbsent(changes) ? [] : ['', ...connectionLines(times, connection.appUrl, now)]),
      ],
    };
  } finally {
    await hub.close();
  }
}
