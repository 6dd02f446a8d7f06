import { createRequire } from 'node:module';
import { extendFn, OnifySequenceFlow, OnifyTimerEventDefinition } from '@onify/flow-extensions';
import * as Elements from 'bpmn-elements';
import { BpmnModdle } from 'bpmn-moddle';
import serialize, { type SerializableContext, TypeResolver } from 'moddle-context-serializer';

const camunda: unknown = createRequire(import.meta.url)(
  'camunda-bpmn-moddle/resources/camunda.json',
);

/** The element classes that a Hub puts in place of the engine's own (cron timers need the second). */
export const hubElements = {
  SequenceFlow: OnifySequenceFlow,
  TimerEventDefinition: OnifyTimerEventDefinition,
};

/** A flow that was read once and can be run any number of times. */
export interface ParsedFlow {
  /** Id of the executable process; in the Hub the workflow key. */
  readonly id: string;
  /** What the engine runs; holds no state of a run. */
  readonly context: SerializableContext;
}

/** Takes element classes by their BPMN name, such as `SequenceFlow`; they replace the engine's. */
export type ElementClasses = Readonly<Record<string, unknown>>;

/**
 * Reads a BPMN 2.0 file as a Hub does: with the Camunda extensions and Onify's element classes.
 *
 * @param source the XML
 * @param elements element classes to use in place of the Hub's
 * @returns the flow, ready to be run
 * @throws Error when the XML can't be read, or holds no executable process or more than one
 */
export async function parseFlow(
  source: string,
  elements: ElementClasses = hubElements,
): Promise<ParsedFlow> {
  const moddle = new BpmnModdle({ camunda });
  const parsed = await moddle.fromXML(source.trim());
  const resolver = TypeResolver({ ...Elements, ...elements });
  const context = serialize(parsed as never, resolver, extendFn);
  const executable = context.getExecutableProcesses();
  const [first] = executable;
  if (!first?.id || executable.length > 1) {
    throw new Error(
      `A flow needs exactly one executable process, this one has ${executable.length}.`,
    );
  }
  return { id: first.id, context };
}
