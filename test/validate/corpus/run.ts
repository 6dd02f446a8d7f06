import { createRequire } from 'node:module';
import {
  extendFn,
  extensions,
  OnifySequenceFlow,
  OnifyTimerEventDefinition,
} from '@onify/flow-extensions';
import { FlowScripts } from '@onify/flow-extensions/FlowScripts';
import * as Elements from 'bpmn-elements';
import { Engine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import got, { Options } from 'got';
import serialize, { TypeResolver } from 'moddle-context-serializer';

const camunda: unknown = createRequire(import.meta.url)(
  'camunda-bpmn-moddle/resources/camunda.json',
);
const elements = {
  SequenceFlow: OnifySequenceFlow,
  TimerEventDefinition: OnifyTimerEventDefinition,
};

/** What a connector answers to a call; an Error makes it fail. */
export type Answer = (connector: string, input: Readonly<Record<string, unknown>>) => unknown;

/** A call that a flow made. */
interface Call {
  readonly connector: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** How a flow came to its end, or where it stands. */
export interface Ended {
  readonly how: 'refused' | 'failed' | 'done' | 'waiting';
  readonly message?: string;
  readonly output: Readonly<Record<string, unknown>>;
  readonly calls: readonly Call[];
  /** What failing calls said. */
  readonly problems: readonly string[];
}

/** What a run needs. */
export interface RunOptions {
  /** The BPMN text. */
  readonly source: string;
  readonly resourcesDir: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer?: Answer | undefined;
  /** Milliseconds after which a flow counts as waiting for ever; default: it is waited for. */
  readonly patience?: number | undefined;
}

/** What any address answers. */
const answered: Answer = () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: { id: 7, output: {}, records: [], access_token: 'opaque' },
});

/**
 * Runs a flow on the real engine, put together as a Hub does it; what its connectors call is never called, but what
 * got refuses is refused.
 */
export async function runOnEngine(options: RunOptions): Promise<Ended> {
  const { source, resourcesDir, variables, answer = answered, patience } = options;
  const calls: Call[] = [];
  const problems: string[] = [];
  let engine: Engine;
  try {
    engine = await engineOf(source, resourcesDir, variables, (connector, input) => {
      calls.push({ connector, input });
      try {
        if (connector === 'httpRequest') {
          acceptedByGot(input);
        }
        return asSent(answer(connector, input), connector, input);
      } catch (error) {
        problems.push(String(error));
        return error;
      }
    });
  } catch (error) {
    return { how: 'refused', message: String(error), output: {}, calls, problems };
  }
  return new Promise((resolve) => {
    const clock =
      patience === undefined ? undefined : setTimeout(() => finish('waiting'), patience);
    const finish = (how: Ended['how'], message?: string) => {
      clearTimeout(clock);
      const output = plain(engine.environment.output);
      resolve({ how, output, calls, problems, ...(message !== undefined && { message }) });
      if (how === 'waiting') {
        // This ends the run as well, after its end was told.
        engine.stop();
      }
    };
    const ended = (error: unknown) =>
      error ? finish('failed', String(error)) : finish('done', undefined);
    // What is thrown while the flow starts comes here alone, and everything else by the callback.
    engine.execute(ended).catch(ended);
  });
}

async function engineOf(
  source: string,
  resourcesDir: string,
  variables: Readonly<Record<string, unknown>>,
  answer: Answer,
): Promise<Engine> {
  const parsed = await new BpmnModdle({ camunda }).fromXML(source.replace(/^\uFEFF/, '').trim());
  const resolver = TypeResolver({ ...Elements, ...elements });
  const context = serialize(parsed as never, resolver, extendFn);
  const executable = context.getExecutableProcesses();
  if (executable.length !== 1) {
    throw new Error(`One executable process, not ${executable.length}.`);
  }
  const service =
    (connector: string) =>
    (
      input: Readonly<Record<string, unknown>>,
      _message: unknown,
      callback: (error: unknown, result?: unknown) => void,
    ) => {
      const result = answer(connector, input);
      if (result instanceof Error) {
        callback(result);
      } else {
        callback(null, result);
      }
    };
  const connectors = ['httpRequest', 'onifyApiRequest', 'onifyElevatedApiRequest'];
  return new Engine({
    name: 'corpus',
    Logger: () => ({ debug() {}, error() {}, warn() {}, info() {} }),
    sourceContext: context,
    elements,
    extensions: { onify: extensions },
    extendFn,
    services: Object.fromEntries(connectors.map((name) => [name, service(name)])),
    variables: { ...variables },
    scripts: new FlowScripts('corpus', resourcesDir, hubContext),
  });
}

/** What a Hub adds to the names that scripts see (onify/flow-validator). */
const hubContext = {
  contextName: 'corpus',
  encrypt: (text: string) => Buffer.from(text).toString('hex'),
  decrypt: (text: string) => Buffer.from(text, 'hex').toString(),
  jwt: { sign: () => 'a.b.c', verify: () => ({ sub: 'app' }) },
  functions: {
    generateUuid: () => '5f6c0c2e-6d5b-4b0f-9a53-0f6f0e1d3a11',
    slugify: (text: string) => text.toLowerCase().replaceAll(' ', '-'),
    validateEmail: (text: string) => text.includes('@'),
  },
};

/** @throws what got says of options that it does not take, or without an address */
function acceptedByGot({ url, query, ...options }: Readonly<Record<string, unknown>>): void {
  new Options(new URL(String(url)), options, got.defaults.options);
}

/** Without `responseType` got hands the body over as text. */
function asSent(
  answer: unknown,
  connector: string,
  { responseType }: Readonly<Record<string, unknown>>,
): unknown {
  const isText = connector === 'httpRequest' && responseType !== 'json';
  if (!isText || answer === null || typeof answer !== 'object' || !('body' in answer)) {
    return answer;
  }
  return { ...answer, body: JSON.stringify(answer.body) };
}

function plain(output: unknown): Record<string, unknown> {
  const text = JSON.stringify(output, (_key, value: unknown) =>
    value instanceof Error ? { message: value.message } : value,
  );
  return JSON.parse(text) as Record<string, unknown>;
}
