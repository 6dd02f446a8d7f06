import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ElementClasses, type ParsedFlow, parseFlow } from '../../sandbox/engine/flow.js';
import { prunedElements } from '../../sandbox/engine/pruned.js';
import {
  type FlowEvent,
  type FlowServices,
  type RunResult,
  type Service,
  wrapped,
} from '../../sandbox/engine/run.js';
import { hubCipher } from '../../sandbox/hub/cipher.js';
import type { Fault } from '../../sandbox/net/faults.js';
import type { Role, World } from '../../sandbox/world.js';
import { noteCoverage } from './coverage.js';
import { connectedWorld, kept, root } from './flow-world.js';

/**
 * What happens to one call of a service task: a fault of the sandbox's one list, or its short forms: an answer (after
 * so many seconds), a connection cut before the server worked, no answer ever. `passes`: the world answers.
 */
export type Answer =
  | Fault
  | {
      readonly statusCode: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly after?: number;
    }
  | { readonly fails: string }
  | 'hangs'
  | 'passes';

/** A call that a flow made. */
export interface Call {
  readonly task: string;
  readonly connector: string;
  readonly input: Record<string, unknown>;
  /** Seconds since the run began. */
  readonly at: number;
}

/** What happens to calls, by service task: one after another, the last again and again; or made from the call. */
export type Answers = Readonly<
  Record<string, Answer | Answer[] | ((call: Call, nth: number) => Answer)>
>;

/** A world, and what happens in it to the calls of single tasks; all others reach its Hub and its Fortnox. */
export interface Scene {
  readonly world: World;
  readonly answers: Answers;
}

/** What a run may have otherwise than usual. */
export interface Options {
  /** Names that scripts see besides the sandbox's own. */
  readonly scriptContext?: Record<string, unknown>;
  readonly elements?: ElementClasses;
  /** Whom it runs as; default: an administrator. */
  readonly role?: Role;
}

/** What a task says of itself, as it begins (a name) and as it ends (a result). */
interface Milestone {
  readonly id: string;
  readonly name?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  /** Seconds since the run began. */
  readonly at: number;
}

/** A finished run. */
export interface Run extends RunResult {
  readonly calls: Call[];
  /** Calls of one service task. */
  callsOf(task: string): Call[];
  /** Ids of the elements that were entered and of the sequence flows that were taken, in order. */
  readonly way: string[];
  /** What the service tasks said of themselves, in order: what the Hub shows as milestones. */
  readonly milestones: Milestone[];
  /** Seconds of flow time from the start to the end. */
  readonly seconds: number;
}

/** What this Hub adds to its scripts. */
export const HUB_NAMES = {
  functions: { generateUuid: () => 'b8ff6d2e-0001' },
  ...hubCipher(),
};

/** A run of so many steps would go on for ever. */
const MAX_STEPS = 5000;

/** Reads a flow of the blueprint, once a process. */
export function shipped(
  key: string,
  elements: ElementClasses = prunedElements,
): Promise<ParsedFlow> {
  const name = `${key} ${elements === prunedElements}`;
  const parsed =
    kept.flows.get(name) ??
    parseFlow(readFileSync(join(root, `flows/${key}.bpmn`), 'utf8'), elements);
  kept.flows.set(name, parsed);
  return parsed;
}

/**
 * Runs a shipped flow to its end, on the real engine and the world's simulated clock.
 *
 * @param key the workflow key
 * @param scene a world, made with `new Settings(token).answers(…)`; or answers alone, for a Hub without settings
 * @param variables `input` for a run by API, `submit` for one by form
 */
export async function run(
  key: string,
  scene: Scene | Answers,
  variables: Record<string, unknown> = {},
  options: Options = {},
): Promise<Run> {
  const { world, answers } = isScene(scene) ? scene : { world: connectedWorld(), answers: scene };
  const { scriptContext = HUB_NAMES } = options;
  const flow = await shipped(key, options.elements);
  const started = world.clock.now();
  const calls: Call[] = [];
  const way: string[] = [];
  const milestones: Milestone[] = [];
  const scripted =
    (connector: string, service: Service): Service =>
    (input, message, callback) => {
      const { id: task } = (message as { content: { id: string } }).content;
      const at = (world.clock.now() - started) / 1000;
      const call = { task, connector, input: structuredClone(input), at };
      const nth = calls.filter((made) => made.task === task).length;
      calls.push(call);
      const fault = faultFrom(answerFor(answers[task], call, nth));
      if (fault) {
        const side = connector === 'httpRequest' ? 'fortnox' : 'hub';
        world.faults.order({ ...fault, side, task });
      }
      service(input, message, callback);
    };
  const between = (services: FlowServices) => wrapped(services, scripted);
  const pass = passing((id) => way.push(id));
  const endless = new AbortController();
  const onEvent = (event: FlowEvent) => {
    pass(event);
    if (way.length > MAX_STEPS) {
      endless.abort();
    }
    if (event.milestone) {
      const at = (world.clock.now() - started) / 1000;
      milestones.push({ ...(structuredClone(event.milestone) as Milestone), at });
    }
  };
  const changes = {
    ...options,
    scriptContext,
    variables,
    between,
    onEvent,
    signal: endless.signal,
  };
  const result = await world.clock.until(world.run(flow, changes));
  noteCoverage(key, way);
  return {
    ...result,
    calls,
    callsOf: (task) => calls.filter((call) => call.task === task),
    way,
    milestones,
    seconds: (world.clock.now() - started) / 1000,
  };
}

/** @returns whether answers come with a world of their own */
export function isScene(scene: Scene | Answers): scene is Scene {
  return 'world' in scene && 'answers' in scene;
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

function answerFor(answer: Answers[string] | undefined, call: Call, nth: number): Answer {
  if (typeof answer === 'function') {
    return answer(call, nth);
  }
  const nthAnswer = Array.isArray(answer) ? answer[Math.min(nth, answer.length - 1)] : answer;
  return nthAnswer ?? 'passes';
}

function faultFrom(answer: Answer): Fault | undefined {
  if (answer === 'passes') {
    return undefined;
  }
  if (answer === 'hangs') {
    return { kind: 'hang' };
  }
  if ('kind' in answer) {
    return answer;
  }
  if ('fails' in answer) {
    return { kind: 'cut-before', code: answer.fails };
  }
  const { statusCode, body, headers, after = 0 } = answer;
  const extra = headers && { headers };
  return { kind: 'answer', status: statusCode, body, milliseconds: after * 1000, ...extra };
}
