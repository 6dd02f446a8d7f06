import { createRequire } from 'node:module';
import type { BpmnModdle, ParseWarning } from 'bpmn-moddle';
import { MAX_COUNTED } from '../limits.js';
import { type Problem, problem, sentence } from '../text.js';

// Making one takes longer than reading a small flow with it; it keeps nothing of what it has read.
let made: BpmnModdle | undefined;

/**
 * Reads BPMN as Camunda Modeler and the Hub's engine do.
 *
 * @param text the XML
 * @returns what moddle could not read: at most one problem more than are counted
 */
export async function moddleProblems(text: string): Promise<Problem[]> {
  made ??= await makeModdle();
  try {
    const { warnings } = await made.fromXML(text);
    const own = warnings.filter((warning) => !hasOwnRule(warning));
    return own.slice(0, MAX_COUNTED + 1).map(problemOf);
  } catch (error) {
    return [problemOf({ message: error instanceof Error ? error.message : String(error) })];
  }
}

async function makeModdle(): Promise<BpmnModdle> {
  const moddle = await import('bpmn-moddle');
  const camunda: unknown = createRequire(import.meta.url)(
    'camunda-bpmn-moddle/resources/camunda.json',
  );
  return new moddle.BpmnModdle({ camunda });
}

/** Whether a reference leads nowhere that a rule of our own speaks of. */
function hasOwnRule({ element, property = '' }: ParseWarning): boolean {
  const type = String(element?.$type ?? '');
  return (
    /^bpmn:(default|attachedToRef|incoming|outgoing)$/.test(property) ||
    (type === 'bpmn:SequenceFlow' && /^bpmn:(source|target)Ref$/.test(property)) ||
    (/^bpmndi:BPMN(Shape|Edge)$/.test(type) && property === 'bpmndi:bpmnElement')
  );
}

function problemOf({ message, element }: ParseWarning): Problem {
  const [first = message] = message.split('\n');
  const line = /^\s*line: (\d+)/m.exec(message)?.[1];
  const column = /^\s*column: (\d+)/m.exec(message)?.[1];
  const id = typeof element?.id === 'string' ? element.id : undefined;
  // moddle counts both from 0.
  const at = line === undefined ? {} : { line: Number(line) + 1, column: Number(column ?? 0) + 1 };
  const reason = /^\s*nested error: (.{1,200})/m.exec(message)?.[1];
  const said = first.replace(/[;:.]?\s*detected$/, '');
  // What is no UTF-8 is found by its bytes; the rest is read as it was meant.
  const severity = /^unsupported document encoding/i.test(message) ? 'warning' : undefined;
  return problem({ element: id, ...at }, sentence(reason ? `${said}: ${reason}` : said), severity);
}
