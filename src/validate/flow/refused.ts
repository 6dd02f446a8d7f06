import type { XmlElement } from '../source/xml.js';
import { words } from '../text.js';
import type { Flow } from './model.js';
import { attribute, childOf, SCOPE } from './xml-query.js';

/** An element for which the engine does not load a flow. */
export interface Refusal {
  readonly xml: XmlElement;
  readonly message: string;
  /** Whether another rule says it already. */
  readonly isSaidElsewhere?: true;
}

const kinds = (names: string) => new Set(words(names).map((name) => `bpmn:${name}`));

/** Beside processes the engine has no class for these (bpmn-elements 17). */
const BESIDE = kinds(`
  itemDefinition interface resource correlationProperty endPoint partnerEntity partnerRole
  globalTask globalScriptTask globalUserTask globalManualTask globalBusinessRuleTask
  globalConversation choreography globalChoreographyTask`);
/** Nor in a process for these. */
const INSIDE = kinds(
  'complexGateway implicitThrowEvent callChoreography choreographyTask subChoreography',
);
const RESOURCES = kinds('performer humanPerformer potentialOwner resourceRole');
const TASK = /^bpmn:(\w*[tT]ask|callActivity|process|subProcess|transaction|adHocSubProcess)$/;
const NO_FLOW_ELEMENT =
  /^bpmn:(laneSet|textAnnotation|group|association|documentation|extensionElements|ioSpecification|property|\w*[pP]erformer|potentialOwner|resourceRole|auditing|monitoring|supports|correlationSubscription|incoming|outgoing)$/;

/**
 * Finds what keeps the engine from loading a flow, by the rules of its loader (moddle-context-serializer 4); a test
 * holds them equal to it.
 */
export function refusals({ byId, processes, document }: Flow): Refusal[] {
  const withElements = processes.map((process) => process.children.some(isFlowElement));
  // The loader looks through the processes in order, and stumbles over one that is empty.
  const firstEmpty = withElements.indexOf(false);
  const order = new Map(processes.map((process, index) => [process, index]));
  const isLoadable = (id: string | undefined): boolean => {
    const end = id === undefined ? undefined : byId.get(id);
    if (!end || end.name === 'bpmn:process') {
      return true;
    }
    if (end.name === 'bpmn:participant') {
      return attribute(end, 'processRef') !== undefined;
    }
    const at = end.parent && isFlowElement(end) ? order.get(end.parent) : undefined;
    return at !== undefined && (firstEmpty === -1 || at < firstEmpty);
  };
  // Processes that don't run are loaded as well.
  return document.elements.flatMap((xml): Refusal[] => {
    const { name, parent } = xml;
    const id = attribute(xml, 'id');
    if (id !== undefined && byId.get(id) !== xml) {
      // Of two elements with one id the reader drops the second; that has a rule of its own.
      return [];
    }
    const isInScope = SCOPE.test(parent?.name ?? '');
    if (parent === document.root && BESIDE.has(name)) {
      return [{ xml, message: `The engine does not load ${name}. Remove it, and what names it.` }];
    }
    if (isInScope && INSIDE.has(name)) {
      const message = `The engine does not load ${name}. Draw it with other elements.`;
      return [
        { xml, message, ...(name === 'bpmn:complexGateway' && { isSaidElsewhere: true as const }) },
      ];
    }
    if (name === 'bpmn:laneSet' && isInScope && !childOf(xml, 'bpmn:lane')) {
      return [{ xml, message: 'The engine does not load a lane set without lanes. Remove it.' }];
    }
    const isUnassigned = RESOURCES.has(name) && !childOf(xml, 'bpmn:resourceAssignmentExpression');
    if (isUnassigned && TASK.test(parent?.name ?? '')) {
      const kind = name.slice('bpmn:'.length);
      const message = `The engine does not load a ${kind} without an expression. Remove it, or give it a resourceAssignmentExpression.`;
      return [{ xml, message }];
    }
    const [source, target] = [attribute(xml, 'sourceRef'), attribute(xml, 'targetRef')];
    const isLoose = source === undefined && target === undefined;
    if (isInScope && isLoose && /^bpmn:(association|sequenceFlow)$/.test(name)) {
      const message = 'The engine does not load a line without ends. Connect it, or remove it.';
      const isSaid = name === 'bpmn:sequenceFlow' && { isSaidElsewhere: true as const };
      return [{ xml, message, ...isSaid }];
    }
    if (name === 'bpmn:messageFlow' && parent?.name === 'bpmn:collaboration') {
      const isFine = !isLoose && isLoadable(source) && isLoadable(target);
      const message =
        'The engine loads a message flow only between pools with a process and what stands right in a process. Remove it, or lead it there.';
      return isFine ? [] : [{ xml, message }];
    }
    return [];
  });
}

function isFlowElement({ name }: XmlElement): boolean {
  return name.startsWith('bpmn:') && !NO_FLOW_ELEMENT.test(name);
}
