import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowEvent, RunResult } from '../engine/run.js';
import type { ConfigStore } from './config.js';
import { endProcess, newProcess, Processes, type StoredProcess } from './process.js';
import { type Run, type RunParts, Runs } from './runs.js';

/** What workflows run on. */
interface WorkflowParts extends RunParts {
  /** Where workflows were imported to. */
  readonly config: ConfigStore;
  /** Tells the time in milliseconds since 1970. */
  readonly now: () => number;
  /** The roles of the user of an authorization header. */
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

/** Runs imported workflows from their files, and keeps what a Hub keeps of each run. */
export class Workflows {
  readonly #kept = new Processes();
  readonly #parts: WorkflowParts;
  readonly #runs: Runs;

  constructor(parts: WorkflowParts) {
    this.#parts = parts;
    this.#runs = new Runs(parts);
  }

  /** What ran, or runs; the oldest first. */
  get processes(): readonly StoredProcess[] {
    return this.#kept.all;
  }

  /** @returns the process of this id, where this user started it */
  processOf(id: string, user: string): StoredProcess | undefined {
    return this.#kept.of(id, user);
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
    const more = title === undefined ? {} : { title };
    const process = newProcess(key, workflow, this.#parts.now(), more);
    const result = this.#follow({ process, user, variables, isDue }, onEvent);
    return { process, result };
  }

  /** Keeps a process that waits for its schedule. @returns it; the one that waits already, where there is one */
  wait(key: string, user: string): StoredProcess {
    const workflow = this.#parts.config.get('workflow', key) ?? {};
    const waiting = this.#kept.waiting(key);
    const process = waiting ?? newProcess(key, workflow, this.#parts.now(), { isWaiting: true });
    if (!waiting) {
      this.#kept.add(process, user);
    }
    return process;
  }

  /** Ends every run where it stands. @returns the runs that were ended, for `resume` */
  kill(): readonly Run[] {
    return this.#runs.kill();
  }

  /** Lets runs go on from where they stood. */
  resume(killed: readonly Run[]): void {
    for (const run of killed) {
      void this.#follow({ ...run, process: structuredClone(run.process) });
    }
  }

  async #follow(run: Run, onEvent?: (event: FlowEvent) => void): Promise<RunResult> {
    const { process, user } = run;
    this.#kept.add(process, user);
    const result = await this.#runs.run(run, this.source(process.key), onEvent);
    endProcess(process, result, this.#parts.now());
    return result;
  }
}
