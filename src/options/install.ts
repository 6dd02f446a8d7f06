import { resolve } from 'node:path';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { clientIdOf, clientSecretOf } from './app.js';
import { type Connection, configLookup, connectionOf } from './connection.js';
import type { Lookup } from './dotenv.js';
import { type CommandInput, listOption, textOption } from './input.js';
import { seconds } from './seconds.js';

/** The parts of a blueprint that an installation can leave out. */
const PARTS = ['resources', 'settings', 'config'] as const;

/** A part of a blueprint. */
export type Part = (typeof PARTS)[number];

/** What `install` is asked to do. */
export interface InstallOptions {
  readonly connection: Connection;
  readonly skipped: ReadonlySet<Part>;
  readonly isDryRun: boolean;
  /** Exit code 8 where a dry run finds something to change. */
  readonly tellsDrift: boolean;
  /** Undefined where none was given, and the Hub keeps its own. */
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Undefined where resources are left out. */
  readonly resourcesDir: string | undefined;
  readonly waitMs: number;
}

/**
 * Reads what `install` is asked to do.
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
      '--exit-code needs --dry-run: it says by exit code 8 that something would change.',
      'Run: fortnox-blueprint install --dry-run --exit-code',
    );
  }
  return {
    connection: await connectionOf(input, context, find),
    skipped,
    isDryRun: input.options.dryRun === true,
    tellsDrift: input.options.exitCode === true,
    clientId: clientIdOf(find),
    clientSecret: await clientSecretOf(input, context, find),
    resourcesDir: skipped.has('resources') ? undefined : requiredDir(input, context, find),
    waitMs: wait === undefined ? 0 : seconds(wait, '--wait') * 1000,
  };
}

/** @returns the Hub's resources directory as a full path; undefined where none was given */
export function resourcesDirOf(
  input: CommandInput,
  context: Context,
  find: Lookup,
): string | undefined {
  const found = find('ONIFY_RESOURCES_DIR', textOption(input, 'resourcesDir'));
  return found && resolve(context.cwd, found.value);
}

function requiredDir(input: CommandInput, context: Context, find: Lookup): string {
  const dir = resourcesDirOf(input, context, find);
  if (dir !== undefined) {
    return dir;
  }
  throw new ConfigError(
    'resources_dir_unset',
    "The path of the Hub's resources directory is missing.",
    'Give it with --resources-dir or in ONIFY_RESOURCES_DIR, or leave files out with --skip resources.',
  );
}

function skippedParts(input: CommandInput): ReadonlySet<Part> {
  const requested = listOption(input, 'skip');
  const unknown = requested.find((name) => !PARTS.some((part) => part === name));
  if (unknown === undefined) {
    return new Set(PARTS.filter((part) => requested.includes(part)));
  }
  throw new ConfigError(
    'skip_unknown',
    `--skip does not know "${unknown}".`,
    `It takes ${PARTS.join(', ')}.`,
  );
}
