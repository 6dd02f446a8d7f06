import { randomUUID } from 'node:crypto';
import type { FlowEvent, RunResult } from '../engine/run.js';

/** A step of a process, as a page shows it. */
interface Milestone {
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'done' | 'error';
  readonly message?: string;
}

/** A process that a form started. */
export interface FormProcess {
  readonly id: string;
  readonly slug: string;
  readonly submit: Readonly<Record<string, unknown>>;
  readonly milestones: Map<string, Milestone>;
  result?: RunResult;
}

/** What the page of a result asks for. */
export interface ProcessState {
  readonly milestones: readonly Milestone[];
  readonly status: { readonly statuskey: string; readonly statusmessage: string };
  readonly output: unknown;
}

/** Runs a workflow; told of what happens in it. */
export type StartRun = (
  key: string,
  variables: Record<string, unknown>,
  onEvent: (event: FlowEvent) => void,
) => Promise<RunResult>;

/** The processes that forms started. */
export class FormProcesses {
  readonly #processes = new Map<string, FormProcess>();

  /** Starts a form's workflow, and does not wait for it. @returns the process's id */
  start(
    slug: string,
    workflow: string,
    submit: Readonly<Record<string, unknown>>,
    run: StartRun,
  ): string {
    const process: FormProcess = {
      id: randomUUID(),
      slug,
      submit,
      milestones: new Map(),
    };
    this.#processes.set(process.id, process);
    run(workflow, { submit }, (event) => note(process, event)).then(
      (result) => {
        process.result = result;
      },
      (error: unknown) => {
        process.result = { ok: false, output: {}, error: { message: String(error) } };
      },
    );
    return process.id;
  }

  /** @returns the process of this id */
  get(id: string): FormProcess | undefined {
    return this.#processes.get(id);
  }
}

/** @returns how a process stands: its milestones so far, and once it has ended its status and output */
export function stateOf({ milestones, result }: FormProcess): ProcessState {
  if (!result) {
    const status = { statuskey: 'running', statusmessage: '' };
    return { milestones: [...milestones.values()], status, output: undefined };
  }
  const own = result.output.status as { statusmessage?: string } | undefined;
  return {
    milestones: [...milestones.values()],
    status: {
      statuskey: result.ok ? 'complete' : 'error',
      statusmessage: own?.statusmessage ?? result.error?.message ?? '',
    },
    output: result.output.output,
  };
}

// Input `state` { id, name } begins a milestone, output `state` { id, result } ends it; a later one replaces it.
function note({ milestones }: FormProcess, { milestone }: FlowEvent): void {
  const { id, name, result } = (milestone ?? {}) as {
    id?: string;
    name?: string;
    result?: { done?: boolean; error?: boolean; statusmessage?: string };
  };
  if (!id) {
    return;
  }
  milestones.set(id, {
    id,
    name: name ?? milestones.get(id)?.name ?? id,
    state: result?.error ? 'error' : result?.done ? 'done' : 'running',
    ...(result?.statusmessage && { message: result.statusmessage }),
  });
}
