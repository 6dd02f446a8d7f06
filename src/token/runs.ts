import { WORKFLOWS } from '../blueprint/manifest.js';
import { isRecord } from '../core/json.js';
import { printable } from '../core/redact.js';
import type { HubClient } from '../hub/client.js';

/** Whether the daily refresh is scheduled, as far as the Hub shows it. */
export type ScheduleState = 'running' | 'missing' | 'unknown';

/** A run of a flow that failed. */
export interface FailedRun {
  /** ISO 8601. */
  readonly at: string;
  /** The flow's sentence, in one line; empty where the Hub shows none. */
  readonly message: string;
}

/** What a Hub shows of the runs that refresh the token. */
export interface Runs {
  readonly schedule: ScheduleState;
  readonly lastFailure: FailedRun | undefined;
}

type Process = Readonly<Record<string, unknown>>;

/** How many processes are asked for at once. */
const PAGE = 100;

/** How long a daily run may be late, in milliseconds: it spreads over some hours, and is tried again an hour later. */
export const OVERDUE_MS = 26 * 60 * 60 * 1000;

const MAX_SENTENCE_LENGTH = 500;

/**
 * Reads what a Hub shows of the schedule and of failed runs. That it shows processes is documented, how a query for
 * them is written is not: where one finds nothing, all of them are asked for.
 *
 * @param now milliseconds since 1970
 */
export async function readRuns(hub: HubClient, now: number): Promise<Runs> {
  const { schedule, refreshToken } = WORKFLOWS;
  const [scheduled, refreshes] = await Promise.all([
    hub.processes(schedule, PAGE),
    hub.processes(refreshToken, PAGE),
  ]);
  const failures = [...runsOf(schedule, scheduled), ...runsOf(refreshToken, refreshes)];
  return {
    schedule: await scheduleState(hub, scheduled, now),
    lastFailure: latestFailure(failures),
  };
}

async function scheduleState(
  hub: HubClient,
  found: readonly Process[] | undefined,
  now: number,
): Promise<ScheduleState> {
  if (!found) {
    return 'unknown';
  }
  const runs = runsOf(WORKFLOWS.schedule, found);
  if (runs.length > 0) {
    return runs.some((run) => isGoingOn(run, now)) ? 'running' : 'missing';
  }
  const all = await hub.processes('', PAGE);
  if (!all || all.length >= PAGE || all.some((process) => keysOf(process).length === 0)) {
    return 'unknown';
  }
  return runsOf(WORKFLOWS.schedule, all).some((run) => isGoingOn(run, now)) ? 'running' : 'missing';
}

// A timer that waits has no end yet. A Hub that lists only what ran shows at least one run a day.
function isGoingOn(run: Process, now: number): boolean {
  const end = typeof run.enddate === 'string' ? Date.parse(run.enddate) : Number.NaN;
  return Number.isNaN(end) ? !isFailed(run) : now - end < OVERDUE_MS;
}

function runsOf(key: string, processes: readonly Process[] | undefined): Process[] {
  return (processes ?? []).filter((process) => keysOf(process).includes(key));
}

// Which field names the workflow, and whether it holds a key or a record, is documented nowhere.
function keysOf({ workflow, key, workflowkey }: Process): string[] {
  const inner = isRecord(workflow) ? [workflow.key, workflow.id, workflow.name] : [workflow];
  return [...inner, key, workflowkey].filter((value) => typeof value === 'string');
}

function latestFailure(runs: readonly Process[]): FailedRun | undefined {
  return runs
    .filter(isFailed)
    .map((run) => ({ at: endOf(run), message: sentenceOf(run) }))
    .filter(({ at }) => at !== '')
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
}

function isFailed({ status }: Process): boolean {
  const key = isRecord(status) ? status.statuskey : status;
  return typeof key === 'string' && /^(error|fail)/i.test(key);
}

function endOf({ enddate, modifieddate, startdate }: Process): string {
  const end = [enddate, modifieddate, startdate].find(
    (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  );
  return typeof end === 'string' ? new Date(end).toISOString() : '';
}

function sentenceOf({ status }: Process): string {
  const { statusmessage, error } = isRecord(status) ? status : {};
  const texts = [statusmessage, isRecord(error) ? error.message : error];
  const sentence = texts.find((text) => typeof text === 'string');
  return typeof sentence === 'string'
    ? printable(sentence).replace(/\s+/g, ' ').trim().slice(0, MAX_SENTENCE_LENGTH)
    : '';
}
