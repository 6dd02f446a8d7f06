import { isNewer } from '../blueprint/version.js';
import { ConfigError } from '../core/errors.js';
import type { Plan } from './plan.js';

/** @returns whether the Hub has a newer version than this program brings */
export function isDowngrade({ installedVersion, desired }: Plan): boolean {
  return installedVersion !== undefined && isNewer(installedVersion, desired.version);
}

/** @returns the refusal to put an older version in place of a newer one */
export function refusedDowngrade({ installedVersion, desired }: Plan): ConfigError {
  return new ConfigError(
    'hub_has_newer_version',
    `The Hub has version ${installedVersion} of the blueprint, and this program brings ${desired.version}, which is older. Nothing was written.`,
    `Use version ${installedVersion} or later of fortnox-blueprint; --allow-downgrade puts ${desired.version} back on purpose.`,
  );
}

/** @returns what a plan does to the version, for a person; nothing where it stays */
export function versionLines({ installedVersion, desired }: Plan): string[] {
  return installedVersion === undefined || installedVersion === desired.version
    ? []
    : [`Version in the Hub: ${installedVersion}; this program brings ${desired.version}.`];
}
