import type { Context } from '../core/context.js';
import { type Connection, configLookup, connectionOf } from './connection.js';
import type { CommandInput } from './input.js';
import { resourcesDirOf } from './install.js';

/** What `uninstall` is asked to do. */
export interface UninstallOptions {
  readonly connection: Connection;
  readonly isDryRun: boolean;
  /** Nobody is asked. */
  readonly isConfirmed: boolean;
  readonly keepsSettings: boolean;
  /** The tokens go too: Fortnox has to be activated again after the next installation. */
  readonly takesToken: boolean;
  /** Undefined where files are left alone. */
  readonly resourcesDir: string | undefined;
}

/**
 * Reads what `uninstall` is asked to do.
 *
 * @throws ConfigError when something is missing or malformed
 */
export async function readUninstallOptions(
  input: CommandInput,
  context: Context,
): Promise<UninstallOptions> {
  const find = configLookup(input, context);
  const { dryRun, yes, keepSettings, withToken } = input.options;
  return {
    connection: await connectionOf(input, context, find),
    isDryRun: dryRun === true,
    isConfirmed: yes === true,
    keepsSettings: keepSettings === true,
    takesToken: withToken === true,
    resourcesDir: resourcesDirOf(input, context, find),
  };
}
