import type { Probed } from '../hub/prober.js';

/** Whether a Hub has something; `unknown` where its answer does not tell. */
export type Presence = 'works' | 'missing' | 'unknown';

const MISSING_STATUSES = [404, 405, 501];

/**
 * Tells from an answer whether the Hub has what was asked for.
 *
 * @param isDocumented whether the JSON of a success is what is documented
 */
export function presenceOf(probed: Probed, isDocumented: (json: unknown) => boolean): Presence {
  if (!('answer' in probed)) {
    return 'unknown';
  }
  const { status, json, isPage } = probed.answer;
  // A page is a proxy's or the web app's: it tells nothing of the API behind it.
  if (isPage) {
    return 'unknown';
  }
  if (MISSING_STATUSES.includes(status)) {
    return 'missing';
  }
  return isSuccess(probed) && isDocumented(json) ? 'works' : 'unknown';
}

/** @returns whether the answer is a success, whatever it holds */
export function isSuccess(probed: Probed): boolean {
  return 'answer' in probed && probed.answer.status >= 200 && probed.answer.status < 300;
}

/** @returns the status of an answer; undefined where none came */
export function statusOf(probed: Probed): number | undefined {
  return 'answer' in probed ? probed.answer.status : undefined;
}

/** @returns the JSON of a success; undefined where there is none */
export function jsonOf(probed: Probed): unknown {
  return 'answer' in probed && isSuccess(probed) ? probed.answer.json : undefined;
}

/** @returns why an answer is of no use, in one sentence */
export function reasonOf(probed: Probed): string {
  return 'answer' in probed ? probed.answer.refusal().message : probed.failure.message;
}
