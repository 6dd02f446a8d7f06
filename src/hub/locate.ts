import { BlueprintError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { isRecord } from '../core/json.js';
import { SETTINGS_LIST } from './bad-answers.js';

/** What an address answers to the list of settings. */
interface ListAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** Failures that a wrong path can be the cause of. */
const MISLED = ['hub_no_api', 'hub_not_json', 'hub_redirect', 'hub_unexpected'];

/** @returns whether it makes sense to look for the API elsewhere below the same host */
export function isMisled(code: string): boolean {
  return MISLED.includes(code);
}

/** @returns whether every request would fail so: a Hub out of reach, an address that is none, a token that is refused */
export function concernsAll(error: unknown): boolean {
  if (!(error instanceof BlueprintError)) {
    return true;
  }
  const { code, exitCode } = error;
  const ends: readonly ExitCode[] = [ExitCode.unreachable, ExitCode.interrupted];
  return ends.includes(exitCode) || code === 'hub_unauthorized' || isMisled(code);
}

/**
 * Looks for the API where it may be: where an address on the same host answers as an API does, be it with a refusal.
 *
 * @param read asks an address for its list of settings
 * @returns the failure with that address as the next step; the same one where there is none
 */
export async function locatedFailure(
  failure: BlueprintError,
  apiUrl: string,
  read: (address: URL) => Promise<ListAnswer>,
): Promise<BlueprintError> {
  for (const candidate of nearbyApis(apiUrl)) {
    const address = new URL(`${candidate}${SETTINGS_LIST}?tag=fortnox`);
    const answer = await read(address).catch(() => undefined);
    if (answer && isApi(answer)) {
      const { code, message, exitCode } = failure;
      const hint = `The API answers at ${candidate}: give that address in --api-url.`;
      return new BlueprintError(code, message, exitCode, { hint, cause: failure });
    }
  }
  return failure;
}

/**
 * Where the API may be in place of an address that was copied too long, such as that of a page of it.
 *
 * @param apiUrl ends in `/api/v2`
 * @returns other addresses on the same host, the nearest first
 */
function nearbyApis(apiUrl: string): string[] {
  const { origin, pathname } = new URL(apiUrl);
  const [prefix = ''] = pathname.split('/api/');
  const candidates = [`${origin}${prefix}/api/v2`, `${origin}/api/v2`];
  return [...new Set(candidates)].filter((candidate) => candidate !== apiUrl);
}

function isApi({ status, json }: ListAnswer): boolean {
  const isRefusal = [401, 403].includes(status) && isRecord(json) && typeof json.error === 'string';
  return isRefusal || (status === 200 && isRecord(json));
}
