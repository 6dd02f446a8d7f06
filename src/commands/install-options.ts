import { resolve } from 'node:path';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { PARTS, type Part } from '../install/read-hub.js';
import {
  type Connection,
  configLookup,
  connectionOf,
  type Lookup,
  seconds,
} from '../options/connection.js';
import { type CommandInput, listOption, textOption } from '../options/input.js';
import { checkValue } from '../options/secrets.js';
import { givenSecret } from './client-secret.js';

/** What `install` was asked to do. */
export interface InstallOptions {
  readonly connection: Connection;
  readonly skipped: ReadonlySet<Part>;
  readonly isDryRun: boolean;
  /** Exit code 8 where a dry run finds something to change. */
  readonly tellsDrift: boolean;
  /** Undefined where none was given. */
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Undefined where resources are left out. */
  readonly resourcesDir: string | undefined;
  readonly waitMs: number;
}

const ID = { what: 'The client id', variable: 'FORTNOX_APP_CLIENTID' };

/**
 * Reads what `install` was asked to do.
 *
 * @throws ConfigError when something is missing or malformed
 */
export async function readInstallOptions(
  input: CommandInput,
  context: Context,
): Promise<InstallOptions> {
  const find = configLookup(input, context);
  const skipped = skippedParts(input);
  const wait = textOption(input, 'wait');
  if (input.options.exitCode === true && input.options.dryRun !== true) {
    throw new ConfigError(
      'exit_code_alone',
      '--exit-code tells what would change, and needs --dry-run.',
      'Run: fortnox-blueprint install --dry-run --exit-code',
    );
  }
  return {
    connection: await connectionOf(input, context, find),
    skipped,
    isDryRun: input.options.dryRun === true,
    tellsDrift: input.options.exitCode === true,
    clientId: clientIdOf(find),
    clientSecret: await givenSecret(input, context, find),
    resourcesDir: skipped.has('resources') ? undefined : resourcesDirOf(input, context, find),
    waitMs: wait === undefined ? 0 : seconds(wait, '--wait') * 1000,
  };
}

/** @returns the id of the app at Fortnox, where one was given */
export function clientIdOf(find: Lookup): string | undefined {
  const given = find(ID.variable);
  return given && checkValue(ID, given.value, 'client_id_malformed');
}

function skippedParts(input: CommandInput): ReadonlySet<Part> {
  const known: readonly string[] = PARTS;
  const given = listOption(input, 'skip');
  const wrong = given.find((part) => !known.includes(part));
  if (wrong === undefined) {
    return new Set(PARTS.filter((part) => given.includes(part)));
  }
  throw new ConfigError(
    'skip_unknown',
    `--skip does not know "${wrong}".`,
    `It takes ${known.join(', ')}.`,
  );
}

function resourcesDirOf(input: CommandInput, context: Context, find: Lookup): string {
  const given = find('ONIFY_RESOURCES_DIR', textOption(input, 'resourcesDir'));
  if (given) {
    return resolve(context.cwd, given.value);
  }
  throw new ConfigError(
    'resources_dir_unset',
    "The Hub's resources directory is missing.",
    'Give it with --resources-dir or in ONIFY_RESOURCES_DIR, or leave files out with --skip resources.',
  );
}
