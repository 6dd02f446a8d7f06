import { loadBlueprint } from '../blueprint/load.js';
import { ACCESS_TOKEN } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { ExitCode } from '../core/exit-codes.js';
import { hubClient } from '../hub/client.js';
import { isDrift, outcomeDocument, outcomeOf } from '../install/change.js';
import { ResourcesDir } from '../install/files.js';
import { compareInstalled, installedLines, isAbsent, readInstalled } from '../install/installed.js';
import { registerSecrets } from '../install/stored-secrets.js';
import { clientIdOf } from '../options/app.js';
import { configLookup, connectionOf } from '../options/connection.js';
import type { CommandInput } from '../options/input.js';
import { resourcesDirOf } from '../options/install.js';
import { connectionLines } from '../token/lines.js';
import { endsDocument, tokenTimes } from '../token/times.js';
import type { CommandResult } from './command.js';

/** Tells whether the blueprint is installed as shipped, and how the connection is. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult<'status'>> {
  const find = configLookup(input, context);
  const connection = await connectionOf(input, context, find);
  const clientId = clientIdOf(find);
  const path = resourcesDirOf(input, context, find);
  const dir = path === undefined ? undefined : ResourcesDir.open(path, []);
  const blueprint = loadBlueprint(context.packageRoot);
  const hub = hubClient(connection, context);
  try {
    const installed = await readInstalled(hub, blueprint, dir);
    registerSecrets(installed.settings, context.output);
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
