import { resolve } from 'node:path';
import { type Blueprint, loadBlueprint } from '../blueprint/load.js';
import { ACCESS_TOKEN, DEFAULT_CLIENT_ID } from '../blueprint/settings.js';
import { configLookup, connectionOf } from '../config/connection.js';
import type { Context } from '../context.js';
import { ExitCode } from '../exit-codes.js';
import { connectionLost, notConnected } from '../fortnox/recovery.js';
import { formLink } from '../fortnox/run-flow.js';
import { storedSecrets } from '../fortnox/stored-token.js';
import { tokenLines } from '../fortnox/token-lines.js';
import { type TokenTimes, tokenTimes } from '../fortnox/token-times.js';
import { type HubClient, hubClient } from '../hub/client.js';
import { type Change, changeDocument, changeLines, isDrift } from '../install/change.js';
import { ResourcesDir } from '../install/files.js';
import { planConfig, planResources } from '../install/plan.js';
import { parseRecord, RECORD_PATH } from '../install/record.js';
import { planSettings, readSettings } from '../install/settings.js';
import { wrapped } from '../ui/wrap.js';
import { type CommandInput, type CommandResult, textOption } from './command.js';

/** Tells whether the blueprint is installed as shipped, and how the connection is. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult> {
  const find = configLookup(input, context);
  const connection = await connectionOf(input, context, find);
  const blueprint = loadBlueprint(context.packageRoot);
  const given = find('ONIFY_RESOURCES_DIR', textOption(input, 'resourcesDir'));
  const hub = hubClient(connection, context);
  try {
    const local = given && ResourcesDir.open(resolve(context.cwd, given.value), []);
    const [stored, workflows, present] = await Promise.all([
      readSettings(hub),
      hub.workflows('fortnox'),
      local ? (path: string) => local.read(path) : readThroughHub(hub, blueprint),
    ]);
    const value = stored.get(ACCESS_TOKEN)?.value;
    for (const secret of storedSecrets(value)) context.output.secret(secret);
    const record = parseRecord(present?.(RECORD_PATH));
    const clientId = find('FORTNOX_APP_CLIENTID')?.value.trim() ?? DEFAULT_CLIENT_ID;
    const changes: Change[] = [
      ...planSettings(stored, { clientId, clientSecret: undefined }),
      ...(present ? planResources(blueprint.files, present, record) : unknownFiles(blueprint)),
      ...planConfig(blueprint, workflows, record).map((change) => softened(change, record === undefined)),
    ];
    const times = tokenTimes(value, context.now());
    const { scope: _, ...token } = times;
    const isHealthy = !changes.some(isDrift) && ['fresh', 'refresh-due'].includes(token.state);
    return {
      exitCode: isHealthy ? ExitCode.done : ExitCode.attention,
      json: { blueprint: { version: context.version, changes: changes.map(changeDocument) }, token },
      lines: [
        ...installationLines(changes, context),
        '',
        ...connectionLines(times, connection.appUrl, context.now()),
      ],
    };
  } finally {
    await hub.close();
  }
}

/** @returns reads the shipped files as the Hub shows them, or undefined where it shows none */
async function readThroughHub(
  hub: HubClient,
  blueprint: Blueprint,
): Promise<((path: string) => Buffer | undefined) | undefined> {
  const shown = await hub.resourcePaths();
  if (!shown) return undefined;
  const wanted = [RECORD_PATH, ...blueprint.files.map(({ path }) => path)].filter((path) => shown.has(path));
  const contents = await Promise.all(
    wanted.map(async (path) => [path, await hub.resourceFile(path)] as const),
  );
  const files = new Map(contents);
  return (path) => files.get(path);
}

function unknownFiles(blueprint: Blueprint): Change[] {
  return blueprint.files.map(({ path }) => ({
    kind: 'resource',
    id: path,
    action: 'unknown',
    state: 'pending',
  }));
}

/** A form can't be read, so without an install record nobody knows whether it is there. */
function softened(change: Change, hasNoRecord: boolean): Change {
  return change.kind === 'form' && hasNoRecord ? { ...change, action: 'unknown' } : change;
}

function installationLines(changes: readonly Change[], context: Context): string[] {
  const drifts = changes.filter(isDrift).length;
  const lines = [`Blueprint ${context.version}`, ...changeLines(changes)];
  lines.push(
    drifts > 0
      ? `${drifts} differ from what this version ships. "fortnox-blueprint install" brings them in line.`
      : 'Installed as shipped.',
  );
  return lines;
}

function connectionLines(token: TokenTimes, appUrl: string | undefined, now: number): string[] {
  const form = formLink(appUrl);
  const sentences: Record<TokenTimes['state'], string> = {
    missing: notConnected(form),
    fresh: 'Fortnox is connected; the access token is fresh.',
    'refresh-due': 'Fortnox is connected; the next refresh renews the access token.',
    expiring: 'The connection to Fortnox ends soon unless it is refreshed: run "fortnox-blueprint refresh".',
    dead: connectionLost(form),
  };
  const lines = wrapped(sentences[token.state]).split('\n');
  if (token.state === 'missing' || token.state === 'dead')
    return [...lines, '', 'Next: fortnox-blueprint activate'];
  return [...lines, ...tokenLines(token, now), `Tenant id:            ${token.tenantId ?? 'not known'}`];
}
