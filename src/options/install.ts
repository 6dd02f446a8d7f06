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
  /** All is written again, whatever the Hub holds. */
  readonly isForced: boolean;
  readonly mayDowngrade: boolean;
  /** Shows the content that changes. */
  readonly showsDiff: boolean;
  /** An address, or `none`; undefined where alerts stay as they are. */
  readonly alertEmail: string | undefined;
}

/** A part before the at sign, and a domain; no list of addresses, no name beside them. */
const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/;

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
    clientId: clientIdOf(find, textOption(input, 'clientId')),
    clientSecret: await clientSecretOf(input, context, find),
    resourcesDir: skipped.has('resources') ? undefined : requiredDir(input, context, find),
    waitMs: wait === undefined ? 0 : seconds(wait, '--wait') * 1000,
    isForced: input.options.force === true,
    mayDowngrade: input.options.allowDowngrade === true,
    showsDiff: input.options.diff === true,
    alertEmail: alertEmailOf(input, skipped),
  };
}

function alertEmailOf(input: CommandInput, skipped: ReadonlySet<Part>): string | undefined {
  const address = textOption(input, 'alertEmail')?.trim();
  if (address === undefined) {
    return undefined;
  }
  if (skipped.has('settings')) {
    throw new ConfigError(
      'alert_email_skipped',
      '--alert-email writes a setting, and --skip settings leaves settings out.',
      'Leave one of the two out.',
    );
  }
  if (address === 'none' || EMAIL.test(address)) {
    return address;
  }
  throw new ConfigError(
    'alert_email_malformed',
    'What --alert-email gives is not an email address.',
    'Give one address, such as it@example.com, or none to end the alerts.',
  );
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
  if (requested.every((name) => PARTS.some((part) => part === name))) {
    return new Set(PARTS.filter((part) => requested.includes(part)));
  }
  throw new ConfigError(
    'skip_unknown',
    // What stands there is not repeated: it may be a secret that went to the wrong place.
    '--skip does not know that part.',
    `It takes ${PARTS.join(', ')}.`,
  );
}
