import { resolve } from 'node:path';
import { type Blueprint, loadBlueprint } from '../blueprint/load.js';
import { ACCESS_TOKEN, TAG } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { ExitCode } from '../core/exit-codes.js';
import { wrapped } from '../core/text.js';
import { type HubClient, hubClient } from '../hub/client.js';
import { type Change, changeDocument, isDrift, makeChange } from '../install/change.js';
import { planConfig } from '../install/config.js';
import { ResourcesDir } from '../install/files.js';
import { planResources } from '../install/plan.js';
import { parseRecord, RECORD_PATH } from '../install/record.js';
import { planSettings } from '../install/settings.js';
import { readSettings } from '../install/stored-settings.js';
import { changeLines } from '../install/table.js';
import { configLookup, connectionOf } from '../options/connection.js';
import { tokenLines } from '../token/lines.js';
import { connectionLost, notConnected } from '../token/recovery.js';
import { formLink } from '../token/run-flow.js';
import { type TokenTimes, tokenTimes } from '../token/times.js';
import { registerStored } from './client-secret.js';
import { type CommandInput, type CommandResult, textOption } from './command.js';
import { clientIdOf } from './install-options.js';

type Present = (path: string) => Buffer | undefined;

/** Tells whether the blueprint is installed as shipped, and how the connection is. */
export async function run(input: CommandInput, context: Context): Promise<CommandResult> {
  const find = configLookup(input, context);
  const connection = await connectionOf(input, context, find);
  const clientId = clientIdOf(find);
  const blueprint = loadBlueprint(context.packageRoot);
  const given = find('ONIFY_RESOURCES_DIR', textOption(input, 'resourcesDir'));
  const local = given && ResourcesDir.open(resolve(context.cwd, given.value), []);
  const hub = hubClient(connection, context);
  try {
    const [stored, workflows, present] = await Promise.all([
      readSettings(hub),
      hub.workflows(TAG),
      local ? (path: string) => local.read(path) : readThroughHub(hub, blueprint),
    ]);
    registerStored(stored, context);
    const record = parseRecord(present?.(RECORD_PATH));
    const changes: Change[] = [
      ...planSettings(stored, { clientId, clientSecret: undefined }),
      ...(present ? planResources(blueprint.files, present, record) : unknownFiles(blueprint)),
      // Without a record nobody knows of a form whether it is there.
      ...planConfig(blueprint, { workflows, record, isRecordKnown: false }),
    ];
    const times = tokenTimes(stored.get(ACCESS_TOKEN)?.value, context.now());
    const { scope: _, ...token } = times;
    const isHealthy = !changes.some(isDrift) && ['fresh', 'refresh-due'].includes(token.state);
    return {
      exitCode: isHealthy ? ExitCode.done : ExitCode.attention,
      json: {
        blueprint: { version: context.version, changes: changes.map(changeDocument) },
        token,
      },
      lines: isAbsent(changes)
        ? [
            `Blueprint ${context.version}`,
            'Not installed in this Hub.',
            '',
            'Next: fortnox-blueprint install',
          ]
        : [
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
async function readThroughHub(hub: HubClient, blueprint: Blueprint): Promise<Present | undefined> {
  const shown = await hub.resourcePaths();
  if (!shown) {
    return undefined;
  }
  const wanted = [RECORD_PATH, ...blueprint.files.map(({ path }) => path)].filter((path) =>
    shown.has(path),
  );
  const contents = await Promise.all(
    wanted.map(async (path) => [path, await hub.resourceFile(path)] as const),
  );
  const files = new Map(contents);
  const isReadable = wanted.length === 0 || contents.some(([, content]) => content !== undefined);
  return isReadable ? (path) => files.get(path) : undefined;
}

function unknownFiles(blueprint: Blueprint): Change[] {
  return blueprint.files.map(({ path }) => makeChange('resource', path, 'unknown'));
}

/** Whether nothing of it is there; then a table of all that is to come says no more than that. */
function isAbsent(changes: readonly Change[]): boolean {
  const actions = new Set(changes.map(({ action }) => action));
  return actions.has('create') && !actions.has('update') && !actions.has('unchanged');
}

function installationLines(changes: readonly Change[], { version }: Context): string[] {
  const drifts = changes.filter(isDrift).length;
  const lines = [`Blueprint ${version}`, ...changeLines(changes)];
  if (drifts === 0) {
    return [...lines, 'Installed as shipped.'];
  }
  const difference = drifts === 1 ? '1 difference' : `${drifts} differences`;
  return [
    ...lines,
    `${difference} from what this version ships.`,
    'Next: fortnox-blueprint install brings it in line.',
  ];
}

function connectionLines(token: TokenTimes, appUrl: string | undefined, now: number): string[] {
  const form = formLink(appUrl);
  // What is left of such a token can't be renewed, so refreshing is of no help.
  const isLastToken = token.refreshExpiresAt === null || Date.parse(token.refreshExpiresAt) <= now;
  const ending = isLastToken
    ? 'The connection to Fortnox ends with the access token: nothing stored can renew it any more.'
    : 'The connection to Fortnox ends soon unless it is refreshed.';
  const sentences: Record<TokenTimes['state'], string> = {
    missing: notConnected(form),
    fresh: 'Fortnox is connected; the access token is fresh.',
    'refresh-due': 'Fortnox is connected; the next refresh renews the access token.',
    expiring: ending,
    dead: connectionLost(form),
  };
  const next = {
    missing: 'activate',
    fresh: '',
    'refresh-due': '',
    expiring: 'refresh',
    dead: 'activate',
  };
  const command = token.state === 'expiring' && isLastToken ? 'activate' : next[token.state];
  const lines = wrapped(sentences[token.state]).split('\n');
  if (token.state !== 'missing' && token.state !== 'dead') {
    lines.push(...tokenLines(token, now), `Tenant id:            ${token.tenantId ?? 'not known'}`);
  }
  return command === '' ? lines : [...lines, '', `Next: fortnox-blueprint ${command}`];
}
