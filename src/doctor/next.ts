import { ACCESS_TOKEN, WORKFLOWS } from '../blueprint/manifest.js';
import { isRecord } from '../core/json.js';
import { isMisled, locatedFailure } from '../hub/locate.js';
import type { Probed, Prober } from '../hub/prober.js';
import { readStoredToken } from '../token/stored-token.js';
import { jsonOf } from './answer.js';
import type { Check } from './check.js';
import { recordsOf } from './reads.js';

/** What comes after the doctor; `doctor` itself where the Hub could not be asked. */
export type NextCommand = 'install' | 'activate' | 'status' | 'doctor';

/**
 * @param first the list of settings
 * @param workflows the list of workflows
 * @returns what a person does next: what is installed is not installed again, nor what is connected activated
 */
export function nextCommand(first: Probed, workflows: Probed): NextCommand {
  const map = jsonOf(first);
  const settings = isRecord(map) ? map : {};
  if (readStoredToken(settings[ACCESS_TOKEN])) {
    return 'status';
  }
  const isListed = recordsOf(workflows).some(
    (workflow) => isRecord(workflow) && workflow.key === WORKFLOWS.accessToken,
  );
  return isListed && ACCESS_TOKEN in settings ? 'activate' : 'install';
}

/** @returns the checks, with where the API is as the next step where it is found elsewhere on the same host */
export async function withNearbyApi(
  checks: readonly Check[],
  first: Probed,
  prober: Prober,
  apiUrl: string,
): Promise<readonly Check[]> {
  const failure = 'answer' in first ? first.answer.refusal() : undefined;
  if (!failure || !isMisled(failure.code)) {
    return checks;
  }
  const located = await locatedFailure(failure, apiUrl, async ({ pathname, searchParams }) => {
    const query = Object.fromEntries(searchParams);
    const probed = await prober.probe({ method: 'GET', path: pathname, query, below: 'origin' });
    if ('failure' in probed) {
      throw probed.failure;
    }
    return probed.answer;
  });
  return located === failure
    ? checks
    : checks.map((check) =>
        check.state === 'attention' ? { ...check, hint: located.hint } : check,
      );
}
