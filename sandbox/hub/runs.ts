import { randomUUID } from 'node:crypto';
import { hubElements, parseFlow } from '../engine/flow.js';
import { firedElements } from '../engine/pruned.js';
import {
  type FlowEvent,
  type FlowServices,
  type RunResult,
  runFlow,
  type SavedRun,
} from '../engine/run.js';
import type { HubCipher } from './cipher.js';
import type { HubModes } from './modes.js';
import type { StoredProcess } from './process.js';

/** What runs need. */
export interface RunParts {
  readonly resourcesDir: string;
  readonly modes: HubModes;
  /** What scripts encrypt with. */
  readonly cipher: HubCipher;
  /** Makes the connectors of a run, which runs as the user of an authorization header. */
  readonly services: (authorization: string) => FlowServices;
}

/** A run of a flow: where it began, and where it stands when the death of the Hub has ended it. */
export interface Run {
  readonly process: StoredProcess;
  readonly user: string;
  readonly variables: Record<string, unknown>;
  /** The flow was started by its own schedule, which has come due; else a timer start is waited for. */
  readonly isDue: boolean;
  readonly saved?: SavedRun;
}

/** Runs flows in one life of the Hub. */
export class Runs {
  readonly #parts: RunParts;
  readonly #life = new AbortController();
  readonly #killed: Run[] = [];

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /**
   * Runs a flow to its end, or on from where it stood; the call that it was waiting for is made again.
   *
   * @param source its BPMN; undefined where the file can't be read
   * @returns how it ended; a failing flow is a result, not an exception
   */
  async run(
    run: Run,
    source: string | undefined,
    onEvent?: (event: FlowEvent) => void,
  ): Promise<RunResult> {
    const { resourcesDir, modes, cipher, services } = this.#parts;
    const elements = run.isDue ? firedElements : hubElements;
    try {
      if (source === undefined) {
        throw new Error(`The file of workflow ${run.process.key} can't be read.`);
      }
      return await runFlow({
        elements,
        flow: await parseFlow(source, elements),
        ...(onEvent && { onEvent }),
        resourcesDir,
        variables: run.variables,
        services: services(run.user),
        scriptContext: {
          ...(modes.generateUuid && { functions: { generateUuid: () => randomUUID() } }),
          ...(modes.encrypt && cipher),
        },
        signal: this.#life.signal,
        saved: run.saved,
        onStopped: (saved) => this.#killed.push({ ...run, saved }),
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, output: {}, error: { message } };
    }
  }

  /** Ends every run where it stands. @returns these runs */
  kill(): readonly Run[] {
    this.#life.abort();
    return this.#killed;
  }
}
