import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CachedScripts, ScriptCache } from '../../sandbox/engine/cached-scripts.js';
import { type ElementClasses, type ParsedFlow, parseFlow } from '../../sandbox/engine/flow.js';
import { prunedElements } from '../../sandbox/engine/pruned.js';
import { type FlowEvent, type RunResult, runFlow, type Service } from '../../sandbox/engine/run.js';
import { SimulatedClock } from '../../sandbox/engine/simulated-clock.js';
import { noteCoverage } from './coverage.js';

/** The repository's root. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** When every simulated run begins. */
export const START = Date.parse('2026-03-01T08:00:00.000Z');

/** What a service task is given for an answer. */
export type Answer =
  | { statusCode: number; body?: unknown; headers?: Record<string, string>; after?: number }
  | { fails: string }
  | 'hangs';

/** A call that a flow made. */
export interface Call {
  readonly task: string;
  readonly connector: string;
  readonly input: Record<string, unknown>;
  /** Seconds since the run began. */
  readonly at: number;
}

/** Answers by service task: one after another, the last one again and again; or made from the call. */
export type Answers = Record<string, Answer | Answer[] | ((call: Call, nth: number) => Answer)>;

/** What a run may have otherwise than usual. */
export interface Options {
  /** Names that scripts see besides the sandbox's own. */
  scriptContext?: Record<string, unknown>;
  elements?: ElementClasses;
}

/** A finished run. */
export interface Run extends RunResult {
  readonly calls: Call[];
  /** Calls of one service task. */
  callsOf(task: string): Call[];
  /** Ids of the elements that were entered and of the sequence flows that were taken, in order. */
  readonly way: string[];
  /** Seconds of flow time from the start to the end. */
  readonly seconds: number;
}

const flows = new Map<string, Promise<ParsedFlow>>();
const scripts = new ScriptCache();

/** Reads a flow of the blueprint, once a process. */
export function shipped(
  key: string,
  elements: ElementClasses = prunedElements,
): Promise<ParsedFlow> {
  const name = `${key} ${elements === prunedElements}`;
  const known =
    flows.get(name) ?? parseFlow(readFileSync(join(root, `flows/${key}.bpmn`), 'utf8'), elements);
  flows.set(name, known);
  return known;
}

/** Runs a shipped flow on the real engine and a simulated clock, against scripted answers. */
export async function run(
  key: string,
  answers: Answers,
  variables: Record<string, unknown> = {},
  {
    scriptContext = { functions: { generateUuid: () => 'b8ff6d2e-0001' } },
    elements = prunedElements,
  }: Options = {},
): Promise<Run> {
  const clock = new SimulatedClock(START);
  const calls: Call[] = [];
  const way: string[] = [];
  const service =
    (connector: string): Service =>
    (input, message, callback) => {
      const task = (message as { content: { id: string } }).content.id;
      const call = {
        task,
        connector,
        input: structuredClone(input),
        at: (clock.now() - START) / 1000,
      };
      calls.push(call);
      const answer = next(
        answers[task],
        call,
        calls.filter((made) => made.task === task).length - 1,
      );
      const limit = (input.timeout as { request?: number } | undefined)?.request;
      if (answer === 'hangs') {
        if (limit !== undefined) {
          clock.after(limit, () =>
            callback(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })),
          );
        }
        return;
      }
      const reply = () =>
        'fails' in answer
          ? callback(Object.assign(new Error('no answer'), { code: answer.fails }))
          : callback(null, { headers: {}, ...structuredClone(answer) });
      clock.after('after' in answer ? (answer.after ?? 0) * 1000 : 0, reply);
    };
  const flow = await shipped(key, elements);
  const result = await clock.until(
    runFlow({
      flow,
      elements,
      resourcesDir: join(root, 'resources'),
      variables,
      services: {
        httpRequest: service('httpRequest'),
        onifyApiRequest: service('onifyApiRequest'),
        onifyElevatedApiRequest: service('onifyElevatedApiRequest'),
      },
      scripts: new CachedScripts(
        flow.id,
        join(root, 'resources'),
        { ...scriptContext, Date: clock.Date },
        scripts,
      ),
      timers: clock.timers(),
      onEvent: passing((id) => way.push(id)),
    }),
  );
  noteCoverage(key, way);
  return {
    ...result,
    calls,
    callsOf: (task) => calls.filter((call) => call.task === task),
    way,
    seconds: (clock.now() - START) / 1000,
  };
}

// An unfired boundary event is entered with its task, so only its end counts.
function passing(note: (id: string) => void): (event: FlowEvent) => void {
  const boundaries = new Set<string>();
  return ({ name, type, id }) => {
    if (name === 'activity.enter' && type === 'bpmn:BoundaryEvent') {
      boundaries.add(id);
    } else if (name === 'activity.enter' || name === 'flow.take') {
      note(id);
    } else if (name === 'activity.end' && boundaries.has(id)) {
      note(id);
    }
  };
}

function next(answer: Answers[string] | undefined, call: Call, nth: number): Answer {
  if (answer === undefined) {
    throw new Error(`The test has no answer for the task ${call.task}.`);
  }
  if (typeof answer === 'function') {
    return answer(call, nth);
  }
  if (!Array.isArray(answer)) {
    return answer;
  }
  const given = answer[Math.min(nth, answer.length - 1)];
  if (given === undefined) {
    throw new Error(`The test has an empty list of answers for ${call.task}.`);
  }
  return given;
}
