import { isFailedRun } from './answers.js';

/** A request to the Hub's API. */
export interface HubRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's address, with a slash in front; no secret in it. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** May be sent again when nobody knows whether it arrived; default true. */
  readonly repeatable?: boolean;
  /** Statuses that are answers, not failures. */
  readonly accept?: readonly number[];
  /** A Hub need not have this; then it answers 404, 405 or 501 with whatever it likes. */
  readonly optional?: boolean;
  /** What a success answers is documented nowhere; a web page still is none. */
  readonly isAnswerOpen?: boolean;
  /** It runs a workflow: a body of a failed run is an answer, whatever the status. */
  readonly isRun?: boolean;
  /** In place of the connection's time-out. */
  readonly timeoutMs?: number;
}

/** A setting as it is sent: always whole, as a Hub's PUT may replace what is left out. */
export interface SettingRecord {
  /** With the underscore in front. */
  readonly key: string;
  readonly name: string;
  /** An object's value is its JSON. */
  readonly value: string;
  readonly type: string;
  readonly tag: readonly string[];
  readonly role: readonly string[];
  readonly category: string;
}

/** An answer of the Hub: a status and its JSON, or null where there was none. */
export interface HubAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** Statuses of a Hub that does not have what was asked for. */
const MISSING_STATUSES = [404, 405, 501];

/**
 * Tells an answer from a failure.
 *
 * @param json undefined where the body is not valid JSON
 * @param isPage a web page came back
 */
export function isAnswer(
  request: HubRequest,
  status: number,
  json: unknown,
  isPage: boolean,
): boolean {
  if (request.optional && MISSING_STATUSES.includes(status)) {
    return true;
  }
  if (isPage) {
    return false;
  }
  if (request.isRun && isFailedRun(json)) {
    return true;
  }
  if (request.accept?.includes(status)) {
    return true;
  }
  return status >= 200 && status < 300 && (json !== undefined || request.isAnswerOpen === true);
}
