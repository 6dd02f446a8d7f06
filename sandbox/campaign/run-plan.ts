import { type FlowServices, type RunResult, type SavedRun, wrapped } from '../engine/run.js';
import type { Call } from '../net/call.js';
import type { Ledger } from './ledger.js';
import { callRecord, type RunCall, type RunRecord } from './run-record.js';

type Kind = RunRecord['kind'];

/** What is to be run. */
export interface RunPlan extends Pick<RunRecord, 'kind' | 'hub'> {
  readonly variables?: Record<string, unknown>;
  readonly tenantId?: number;
  readonly saved?: SavedRun;
  /** The run that was killed, which this one goes on with. */
  readonly earlier?: RunRecord;
}

/** Which flow each kind of run is of. */
export const FLOWS: Readonly<Record<Kind, 'refresh' | 'schedule' | 'activate'>> = {
  refresh: 'refresh',
  schedule: 'schedule',
  activation: 'activate',
};

/** Keeps the calls of each run. */
export class CallBook {
  readonly #open = new Map<Call, RunCall>();
  readonly #runs: readonly RunRecord[];

  constructor(runs: readonly RunRecord[]) {
    this.#runs = runs;
  }

  /** A call is being made. @param fault name of the fault that will hit it */
  made(call: Call, fault: string | undefined): void {
    const record = callRecord(call, fault);
    this.#open.set(call, record);
    this.#runs.find(({ name }) => name === call.run)?.calls.push(record);
  }

  /** A call was answered, or cut. */
  answered(call: Call, status: number | null): void {
    const record = this.#open.get(call);
    this.#open.delete(call);
    if (record) {
      record.status = status;
    }
  }
}

/** @returns connectors that note the tokens they bring; no answer reaches a run that was killed */
export function watched(
  services: FlowServices,
  { hub, tokens }: RunRecord,
  signal: AbortSignal,
  ledger: Ledger,
): FlowServices {
  return wrapped(services, (_connector, service) => (input, message, callback) => {
    service(input, message, (error, result) => {
      if (!signal.aborted) {
        const { body } = (result ?? {}) as { body?: unknown };
        ledger.delivered(body, hub);
        tokens.push(...(/"access_token":"([^"]+)"/.exec(String(body))?.slice(1) ?? []));
        callback(error, result);
      }
    });
  });
}

/** @returns why a run failed, short enough for a line, with its code */
export function sentenceOf({ error }: RunResult): string {
  const { message = '' } = error ?? {};
  const code = /\[[a-z-]+\]$/.exec(message)?.[0] ?? '';
  return message.length > 90 ? `${message.slice(0, 70)}… ${code}` : message;
}
