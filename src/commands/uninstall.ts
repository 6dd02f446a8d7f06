import { loadBlueprint } from '../blueprint/load.js';
import { WORKFLOWS } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { hubClient } from '../hub/client.js';
import { runningProcesses } from '../hub/lifecycle.js';
import { ResourcesDir } from '../install/files.js';
import { readHub } from '../install/read-hub.js';
import { parseRecord, RECORD_PATH } from '../install/record.js';
import { type Left, planRemoval } from '../install/removal.js';
import { remove } from '../install/remove.js';
import { registerSecrets } from '../install/stored-secrets.js';
import { isRemovalConfirmed } from '../options/confirm.js';
import type { CommandInput } from '../options/input.js';
import { readUninstallOptions } from '../options/uninstall.js';
import type { CommandResult } from './command.js';
import { declinedResult, plannedResult, removedResult } from './uninstall-result.js';

/** Takes the blueprint out of a Hub: read, plan, ask, remove, tell what stays. */
export async function run(
  input: CommandInput,
  context: Context,
): Promise<CommandResult<'uninstall'>> {
  const options = await readUninstallOptions(input, context);
  const blueprint = loadBlueprint(context.packageRoot);
  const dir = options.resourcesDir ? ResourcesDir.open(options.resourcesDir, []) : undefined;
  const hub = hubClient(options.connection, context);
  const target = { hub, dir, waitMs: 0, context };
  try {
    context.output.progress('Reading what the Hub holds');
    const [current, running] = await Promise.all([
      readHub(hub, dir, new Set()),
      runningProcesses(hub, WORKFLOWS.schedule),
    ]);
    if (current.settings) {
      registerSecrets(current.settings, context.output);
    }
    const record = parseRecord(current.readFile?.(RECORD_PATH));
    const paths = [
      ...new Set([...Object.keys(record?.files ?? {}), ...blueprint.files.map(({ path }) => path)]),
    ];
    const { apiUrl } = options.connection;
    const { keepsSettings, takesToken } = options;
    const backups = dir?.backupsOf(paths) ?? [];
    const removal = planRemoval(current, blueprint, backups, {
      keepsSettings,
      takesToken,
      hub: apiUrl,
    });
    const processes = (running ?? []).map(({ id }) => processLeft(String(id ?? '')));
    if (options.isDryRun) {
      return plannedResult(removal, processes, input);
    }
    const count = removal.hub.length + removal.files.length;
    const isMeant =
      count === 0 || options.isConfirmed || (await isRemovalConfirmed(context, apiUrl, count));
    if (!isMeant) {
      return declinedResult(removal, processes);
    }
    dir?.clearLeftovers([...paths, RECORD_PATH]);
    const removed = await remove(removal, target);
    return removedResult(removed, processes);
  } finally {
    await hub.close();
  }
}

function processLeft(id: string): Left {
  const why = `a run of ${WORKFLOWS.schedule}; end it on the page Processes of the Hub`;
  return { kind: 'process', id, why };
}
