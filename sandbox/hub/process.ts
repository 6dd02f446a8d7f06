import { randomUUID } from 'node:crypto';
import type { RunResult } from '../engine/run.js';

/** A run of a workflow, as a Hub keeps it. */
export interface StoredProcess {
  readonly id: string;
  /** Of its workflow. */
  readonly key: string;
  readonly title: string;
  /** The workflow's tags; those that the flow sets come to them. */
  tag: readonly string[];
  /** ISO, like the end. */
  readonly startdate: string;
  /** It waits for its schedule, and runs nothing itself. */
  readonly isWaiting?: boolean;
  enddate?: string;
  ok: boolean | null;
  error?: string;
  /** `environment.output` when it ended. */
  output: Record<string, unknown>;
}

/** The processes of a Hub, the oldest first. */
export class Processes {
  readonly all: StoredProcess[] = [];
  /** Who started each. An authorization is nothing that a Hub keeps with it. */
  readonly #users = new Map<string, string>();

  /** Adds a process, which this user started. */
  add(process: StoredProcess, user: string): void {
    this.all.push(process);
    this.#users.set(process.id, user);
  }

  /** @returns the process of this id, where this user started it */
  of(id: string, user: string): StoredProcess | undefined {
    return this.#users.get(id) === user ? this.all.find((one) => one.id === id) : undefined;
  }

  /** @returns the process of a workflow that waits for its schedule */
  waiting(key: string): StoredProcess | undefined {
    return this.all.find((one) => one.key === key && one.isWaiting);
  }
}

/** @returns a process that begins */
export function newProcess(
  key: string,
  workflow: Readonly<Record<string, unknown>>,
  now: number,
  { title = String(workflow.name ?? key), ...more }: Partial<StoredProcess>,
): StoredProcess {
  return {
    ...more,
    id: randomUUID(),
    key,
    title,
    tag: textsOf(workflow.tag),
    startdate: new Date(now).toISOString(),
    ok: null,
    output: {},
  };
}

/** Keeps how a process ended, with the tags that its flow set. */
export function endProcess(process: StoredProcess, result: RunResult, now: number): void {
  const { tag } = (result.output.process ?? {}) as { tag?: unknown };
  process.tag = [...new Set([...process.tag, ...textsOf(tag)])];
  process.ok = result.ok;
  process.output = structuredClone(result.output);
  process.enddate = new Date(now).toISOString();
  if (result.error) {
    process.error = result.error.message;
  }
}

/** @returns its status: what the flow itself said of it, else how it stands */
export function statusOf({ ok, error, output }: StoredProcess): Record<string, unknown> {
  const statuskey = ok === null ? 'running' : ok ? 'complete' : 'error';
  return {
    statuskey,
    ...(error !== undefined && { statusmessage: error }),
    ...(output.status as object | undefined),
  };
}

/** @returns the process as the list shows it */
export function recordOf(process: StoredProcess): Record<string, unknown> {
  const { id, key, title, tag, startdate, enddate } = process;
  const end = enddate !== undefined && { enddate };
  return { id, title, tag, workflow: key, startdate, ...end, status: statusOf(process) };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
