import { BlueprintError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { parseJson } from '../core/json.js';
import { failureOf } from './answers.js';
import { PASSING_STATUSES } from './retry.js';

/** What came back in place of a good answer. */
interface BadAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly contentType: string;
  readonly body: string;
  readonly method: string;
  readonly path: string;
}

const API_HINT =
  'Give the address of the API in --api-url, not that of the web app; the API usually listens on 8181.';

/** @returns whether an answer is a web page */
export function isPage({ contentType, body }: Pick<BadAnswer, 'contentType' | 'body'>): boolean {
  return /html/i.test(contentType) || /^\s*</.test(body);
}

/**
 * Says in plain words what is wrong with an answer.
 *
 * @param safe makes a text of the Hub fit to be shown
 */
export function refusal(answer: BadAnswer, safe: (text: string) => string): BlueprintError {
  const { status, location, method, path } = answer;
  const where = `${method} ${path}`;
  const refused = (code: string, message: string, hint: string) =>
    new BlueprintError(code, message, ExitCode.refused, {
      hint,
      mayPass: PASSING_STATUSES.includes(status),
    });
  if (status >= 300 && status < 400) {
    const target = pathOf(location);
    const message = `The Hub redirects ${where}${target && ` to ${target}`}, as to a login page.`;
    return refused('hub_redirect', message, API_HINT);
  }
  if (status === 401) {
    const hint =
      'Check the token: ONIFY_API_TOKEN or --token-file takes the whole header value, "Bearer " included.';
    const message = 'The Hub does not accept the token.';
    return new BlueprintError('hub_unauthorized', message, ExitCode.notAuthorised, { hint });
  }
  if (status === 403) {
    const hint = 'Use the token of a user or an app that has the role admin.';
    const message = `The token may not do this on the Hub (${where}).`;
    return new BlueprintError('hub_forbidden', message, ExitCode.notAuthorised, { hint });
  }
  if (isPage(answer)) {
    const message = `A web page came back in place of data (${where}, ${status}).`;
    return refused('hub_not_json', message, API_HINT);
  }
  const hint = 'Check --api-url, and whether a proxy stands in between.';
  if (status < 300 && answer.body.trim() === '') {
    return refused('hub_empty', `The Hub's answer is empty (${where}, ${status}).`, hint);
  }
  if (status < 300) {
    const message = `The Hub's answer is not valid JSON (${where}, ${status}).`;
    return refused('hub_not_json', message, hint);
  }
  const look = "Look at the Hub's log, and run the command again.";
  const reason = shown(failureOf(parseJson(answer.body)), safe);
  const message = `The Hub answered ${status} to ${where}${reason ? `: ${reason}` : '.'}`;
  return refused('hub_refused', message, status >= 500 ? look : 'Check --api-url and the Hub.');
}

// The path alone: what follows it may hold a session.
function pathOf(location: string | null): string {
  if (location === null || !URL.canParse(location, 'http://hub')) {
    return '';
  }
  return new URL(location, 'http://hub').pathname;
}

// Masked before it is cut: half a secret would not be found any more.
function shown(text: string, safe: (text: string) => string): string {
  return safe(text).replace(/\s+/g, ' ').trim().slice(0, 500);
}
