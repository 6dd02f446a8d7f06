import type { RunResult } from '../engine/run.js';
import type { Call } from '../net/call.js';
import type { Stored } from './stored.js';

/** A call that a run made. */
export interface RunCall {
  readonly side: Call['side'];
  readonly method: string;
  readonly path: string;
  /** The grant type of a token call. */
  readonly grant?: string | undefined;
  /** Name of the fault that hit it. */
  readonly fault?: string | undefined;
  /** What its caller saw: null where the call was cut, undefined where nothing came as long as the run went on. */
  status: number | null | undefined;
}

/** What a run did, for its judge. */
export interface RunRecord {
  readonly name: string;
  readonly kind: 'refresh' | 'schedule' | 'activation';
  readonly hub: number;
  readonly isScheduled: boolean;
  readonly from: number;
  to: number;
  readonly calls: RunCall[];
  /** What was stored in its Hub when it began. */
  readonly before: Stored;
  /** Access tokens that Fortnox gave it. */
  readonly tokens: string[];
  /** The company that an activation is for. */
  readonly tenantId?: number;
  result?: RunResult;
  isKilled: boolean;
}

/** @returns the code at the end of the sentence that a run failed with */
export function codeOf({ result }: RunRecord): string | undefined {
  return /\[([a-z-]+)\]$/.exec(result?.error?.message ?? '')?.[1];
}

/** @returns whether a call did not simply work */
export function isTroubled({ fault, status }: RunCall): boolean {
  return fault !== undefined || status === null || status === undefined || status >= 400;
}

/** @returns a record of a call that is being made */
export function callRecord({ side, method, path, body }: Call, fault?: string): RunCall {
  const grant = new URLSearchParams(body).get('grant_type') ?? undefined;
  return { side, method, path, grant, fault, status: undefined };
}
