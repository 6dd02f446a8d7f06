import { extendFn, extensions } from '@onify/flow-extensions';
import { FlowScripts } from '@onify/flow-extensions/FlowScripts';
import type { IScripts, ITimers } from 'bpmn-elements';
import { Engine } from 'bpmn-engine';
import { type FlowEvent, watch } from './events.js';
import { type ElementClasses, hubElements, type ParsedFlow } from './flow.js';
import { type FlowServices, failing } from './services.js';

export type { FlowEvent } from './events.js';
export { type FlowServices, type Service, type ServiceCallback, wrapped } from './services.js';

/** What a run needs. */
export interface RunOptions {
  readonly flow: ParsedFlow;
  /** The folder that stands for the root of the Hub's resources. */
  readonly resourcesDir: string;
  /** `environment.variables`: `input` for a run by API, `submit` for one by form. */
  readonly variables: Record<string, unknown>;
  readonly services: FlowServices;
  /** Names that scripts see besides the sandbox's own, such as `functions`. */
  readonly scriptContext?: Record<string, unknown>;
  /** Runs the flow's scripts; default: the Hub's own script host, which reads each file when it is used. */
  readonly scripts?: IScripts;
  /** Keeps the time of timers; default: the real clock. */
  readonly timers?: ITimers;
  readonly elements?: ElementClasses;
  /** Ends the run where it stands, as a Hub that is killed does. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: FlowEvent) => void;
  /** What `onStopped` was told of a run that was ended where it stood: it goes on from there, in place of beginning. */
  readonly saved?: SavedRun;
  /** Told where a run stands that `signal` ends. */
  readonly onStopped?: (saved: SavedRun) => void;
}

/** Where a run stands: the engine's state of it, in JSON; undefined where it had not begun. */
export type SavedRun = string | undefined;

/** How a run ended. */
export interface RunResult {
  readonly ok: boolean;
  /** `environment.output` at the end, failures included: what a Hub stores with the process. */
  readonly output: Record<string, unknown>;
  /** Why it failed; absent when it did not. */
  readonly error?: {
    readonly message: string;
    /** The status of the call whose error ended the flow, where it was a call's. */
    readonly status?: number;
  };
}

const STOPPED = 'The run was stopped.';

const quiet = () => ({ debug() {}, error() {}, warn() {}, info() {} });

/**
 * Runs a flow to its end on the real engine, put together as facts about the Hub say.
 *
 * @param options the flow, its inputs, and the connectors that it may call
 * @returns the end of the run; a failing flow is a result, not an exception
 */
export function runFlow(options: RunOptions): Promise<RunResult> {
  const { flow, signal } = options;
  let fail: (error: unknown) => void = () => undefined;
  const engine = new Engine({
    name: flow.id,
    Logger: quiet,
    sourceContext: flow.context,
    elements: { ...(options.elements ?? hubElements) },
    extensions: { onify: extensions },
    extendFn,
    services: { ...failing(options.services, (error) => fail(error)) },
    variables: { ...options.variables },
    scripts:
      options.scripts ?? new FlowScripts(flow.id, options.resourcesDir, options.scriptContext),
    ...(options.timers && { timers: options.timers }),
  });
  if (options.onEvent) {
    watch(engine, options.onEvent);
  }
  return new Promise((resolve) => {
    const finish = (error?: unknown) => {
      signal?.removeEventListener('abort', onAbort);
      const output = engine.environment.output;
      resolve(
        error === undefined ? { ok: true, output } : { ok: false, output, error: failure(error) },
      );
    };
    const stop = (error: unknown) => {
      finish(error);
      engine.stop();
    };
    const onAbort = () => {
      options.onStopped?.(
        JSON.stringify((engine.execution as Engine['execution'] | undefined)?.getState()),
      );
      stop(STOPPED);
    };
    fail = stop;
    if (signal?.aborted) {
      return finish(STOPPED);
    }
    signal?.addEventListener('abort', onAbort);
    const onEnd = (error?: unknown) => finish(error ?? undefined);
    const begun = options.saved
      ? engine.recover(JSON.parse(options.saved)).resume({}, onEnd)
      : engine.execute(onEnd);
    begun.catch(() => undefined);
  });
}

function failure(error: unknown): NonNullable<RunResult['error']> {
  const message = error instanceof Error ? error.message : String(error);
  const { response } = (error as { inner?: { response?: { statusCode?: number } } }).inner ?? {};
  return response?.statusCode === undefined
    ? { message }
    : { message, status: response.statusCode };
}
