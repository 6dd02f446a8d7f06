import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hubElements, parseFlow } from '../engine/flow.js';
import { prunedElements } from '../engine/pruned.js';
import {
  type FlowEvent,
  type FlowServices,
  type RunResult,
  runFlow,
  type SavedRun,
} from '../engine/run.js';
import type { ConfigStore } from './config.js';
import type { HubModes } from './modes.js';
import { endProcess, newProcess, type StoredProcess } from './process.js';

/** What workflows run on. */
interface WorkflowParts {
  /** Where workflows were imported to. */
  readonly config: ConfigStore;
  readonly resourcesDir: string;
  readonly modes: HubModes;
  /** Tells the time in milliseconds since 1970. */
  readonly now: () => number;
  /** Makes the connectors of a run, which runs as the user of an authorization header. */
  readonly services: (authorization: string) => FlowServices;
  /** The roles of that user. */
  readonly rolesOf: (authorization: string) => readonly string[];
}

/** How a run differs from the usual. */
interface RunChanges {
  /** The flow was started by its own schedule, which has come due; else a timer start is waited for. */
  readonly isDue?: boolean;
  readonly title?: string;
  /** Told of what happens in the flow. */
  readonly onEvent?: (event: FlowEvent) => void;
}

/** A run that the death of the Hub ended, and where it stood. */
interface KilledRun {
  readonly process: StoredProcess;
  readonly variables: Record<string, unknown>;
  readonly isDue: boolean;
  readonly saved: SavedRun;
}

/** Runs imported workflows from their files, and keeps what a Hub keeps of each run. */
export class Workflows {
  readonly processes: StoredProcess[] = [];
  readonly #parts: WorkflowParts;
  readonly #life = new AbortController();
  readonly #killed: KilledRun[] = [];

  constructor(parts: WorkflowParts) {
    this.#parts = parts;
  }

  /** @returns whether a workflow of this key was imported */
  has(key: string): boolean {
    return this.#parts.config.get('workflow', key) !== undefined;
  }

  /** @returns whether a user may start it: one without roles is for everyone who is logged in */
  mayRun(key: string, authorization: string): boolean {
    const { role } = this.#parts.config.get('workflow', key) ?? {};
    const roles = this.#parts.rolesOf(authorization);
    return !Array.isArray(role) || role.length === 0 || role.some((name) => roles.includes(name));
  }

  /** @returns the text of a workflow's BPMN file; undefined where there is none */
  source(key: string): string | undefined {
    const resource = String(this.#parts.config.get('workflow', key)?.bpmnresource);
    try {
      return readFileSync(join(this.#parts.resourcesDir, resource), 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Runs a workflow to its end, as `start` does. */
  run(
    key: string,
    variables: Record<string, unknown>,
    authorization: string,
    changes?: RunChanges,
  ): Promise<RunResult> {
    return this.start(key, variables, authorization, changes).result;
  }

  /**
   * Starts a workflow.
   *
   * @param variables `input` or `submit`
   * @param authorization of the user that it runs as
   * @returns the process, and how it ends; a failing flow is a result, not an exception
   * @throws Error when the workflow was not imported
   */
  start(
    key: string,
    variables: Record<string, unknown>,
    user: string,
    { isDue = false, title, onEvent }: RunChanges = {},
  ): { process: StoredProcess; result: Promise<RunResult> } {
    const workflow = this.#parts.config.get('workflow', key);
    if (!workflow) {
      throw new Error(`There is no workflow ${key}.`);
    }
    const more = { user, now: this.#parts.now(), ...(title !== undefined && { title }) };
    const process = newProcess(key, workflow, more);
    const result = this.#follow({ process, variables, isDue, saved: undefined }, onEvent);
    return { process, result };
  }

  /** Keeps a process that waits for its schedule. @returns it; the one that waits already, where there is one */
  wait(key: string, user: string): StoredProcess {
    const waiting = this.processes.find((process) => process.key === key && process.isWaiting);
    const workflow = this.#parts.config.get('workflow', key) ?? {};
    const process =
      waiting ?? newProcess(key, workflow, { user, now: this.#parts.now(), isWaiting: true });
    if (!waiting) {
      this.processes.push(process);
    }
    return process;
  }

  /** Ends every run where it stands. @returns the runs that were ended, for `resume` */
  kill(): readonly KilledRun[] {
    this.#life.abort();
    return this.#killed;
  }

  /** Lets runs go on from where they stood; the call that one was waiting for is made again. */
  resume(killed: readonly KilledRun[]): void {
    for (const run of killed) {
      void this.#follow({ ...run, process: structuredClone(run.process) });
    }
  }

  async #follow(run: KilledRun, onEvent?: (event: FlowEvent) => void): Promise<RunResult> {
    const { process } = run;
    this.processes.push(process);
    const result = await this.#execute(run, onEvent).catch(asFailure);
    endProcess(process, result, this.#parts.now());
    return result;
  }

  async #execute(run: KilledRun, onEvent?: (event: FlowEvent) => void): Promise<RunResult> {
    const { process, variables, isDue, saved } = run;
    const { resourcesDir, modes, services } = this.#parts;
    const elements = isDue ? prunedElements : hubElements;
    const source = this.source(process.key);
    if (source === undefined) {
      throw new Error(`The file of workflow ${process.key} can't be read.`);
    }
    return await runFlow({
      elements,
      flow: await parseFlow(source, elements),
      ...(onEvent && { onEvent }),
      resourcesDir,
      variables,
      services: services(process.user),
      scriptContext: modes.generateUuid ? { functions: { generateUuid: () => randomUUID() } } : {},
      signal: this.#life.signal,
      saved,
      onStopped: (stopped) => this.#killed.push({ process, variables, isDue, saved: stopped }),
    });
  }
}

function asFailure(error: unknown): RunResult {
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, output: {}, error: { message } };
}
