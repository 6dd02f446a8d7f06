import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hubElements, parseFlow } from '../engine/flow.js';
import { firedElements } from '../engine/pruned.js';
import { type FlowEvent, type FlowServices, type RunResult, runFlow } from '../engine/run.js';
import type { ConfigStore } from './config.js';
import type { HubModes } from './modes.js';

/** A run of a workflow, as a Hub keeps it. */
interface StoredProcess {
  readonly key: string;
  ok: boolean | null;
  error?: string;
  /** `environment.output` when it ended. */
  output: Record<string, unknown>;
}

/** Runs imported workflows from their files, and keeps what a Hub keeps of each run. */
export class Workflows {
  readonly processes: StoredProcess[] = [];
  readonly #config: ConfigStore;
  readonly #resourcesDir: string;
  readonly #modes: HubModes;
  readonly #services: (authorization: string) => FlowServices;
  readonly #life = new AbortController();

  /**
   * @param config where workflows were imported to
   * @param services makes the connectors of a run, which runs as the user of an authorization header
   */
  constructor(
    config: ConfigStore,
    resourcesDir: string,
    modes: HubModes,
    services: (authorization: string) => FlowServices,
  ) {
    this.#config = config;
    this.#resourcesDir = resourcesDir;
    this.#modes = modes;
    this.#services = services;
  }

  /** @returns whether a workflow of this key was imported */
  has(key: string): boolean {
    return this.#config.get('workflow', key) !== undefined;
  }

  /**
   * Runs a workflow to its end.
   *
   * @param variables `input` or `submit`
   * @param authorization of the user that it runs as
   * @param isDue the flow was started by its own schedule, which has come due; else a timer start is waited for
   * @param onEvent told of what happens in the flow
   * @throws Error when the workflow was not imported
   */
  async run(
    key: string,
    variables: Record<string, unknown>,
    authorization: string,
    isDue = false,
    onEvent?: (event: FlowEvent) => void,
  ): Promise<RunResult> {
    const workflow = this.#config.get('workflow', key);
    if (!workflow) {
      throw new Error(`There is no workflow ${key}.`);
    }
    const process: StoredProcess = { key, ok: null, output: {} };
    this.processes.push(process);
    const result = await this.#execute(
      String(workflow.bpmnresource),
      variables,
      this.#services(authorization),
      isDue,
      onEvent,
    ).catch(asFailure);
    process.ok = result.ok;
    process.output = structuredClone(result.output);
    if (result.error) {
      process.error = result.error.message;
    }
    return result;
  }

  /** Ends every run where it stands. */
  kill(): void {
    this.#life.abort();
  }

  async #execute(
    resource: string,
    variables: Record<string, unknown>,
    services: FlowServices,
    isDue: boolean,
    onEvent: ((event: FlowEvent) => void) | undefined,
  ): Promise<RunResult> {
    const source = readFileSync(join(this.#resourcesDir, resource), 'utf8');
    const elements = isDue ? firedElements : hubElements;
    return await runFlow({
      elements,
      flow: await parseFlow(source, elements),
      ...(onEvent && { onEvent }),
      resourcesDir: this.#resourcesDir,
      variables,
      services,
      scriptContext: this.#modes.generateUuid
        ? { functions: { generateUuid: () => randomUUID() } }
        : {},
      signal: this.#life.signal,
    });
  }
}

function asFailure(error: unknown): RunResult {
  return {
    ok: false,
    output: {},
    error: { message: error instanceof Error ? error.message : String(error) },
  };
}
