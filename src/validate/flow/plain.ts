import type { XmlDocument, XmlElement } from '../source/xml.js';
import { words } from '../text.js';

/** What an element may have so that moddle has nothing to say of it. */
interface Kind {
  /** Attributes; true where it names another element, which must be there. */
  readonly attributes: ReadonlyMap<string, boolean>;
  readonly children: ReadonlySet<string>;
  readonly hasText: boolean;
}

/** What is written of a kind: names without `bpmn:`; one with a star names another element. */
type KindText = readonly [attributes?: string, children?: string, hasText?: true];

const EXTENSIBLE = 'documentation extensionElements';
const ASYNC = 'camunda:asyncBefore camunda:asyncAfter camunda:exclusive camunda:jobPriority';
const TEMPLATE = 'camunda:modelerTemplate camunda:modelerTemplateVersion';
const NODE = `id name ${ASYNC} ${TEMPLATE}`;
const OF_NODE = `${EXTENSIBLE} incoming outgoing`;
// Where the flow that is the default leads has a rule of its own, as have the ends of sequence flows and what shapes draw.
const ACTIVITY = `${NODE} default isForCompensation`;
const LOOPS = 'multiInstanceLoopCharacteristics standardLoopCharacteristics';
const CALL =
  'implementation camunda:expression camunda:class camunda:delegateExpression camunda:resultVariable camunda:type camunda:topic';
const EVENTS = words('timer error message signal escalation link terminate compensate conditional')
  .map((name) => `${name}EventDefinition`)
  .join(' ');
const OF_EVENT = `${OF_NODE} ${EVENTS}`;
const ARTIFACTS = 'textAnnotation association group';
const FLOW = `
  startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent task serviceTask
  scriptTask userTask manualTask sendTask receiveTask businessRuleTask callActivity subProcess
  exclusiveGateway parallelGateway inclusiveGateway eventBasedGateway sequenceFlow ${ARTIFACTS}`;
const DEFINITIONS = 'camunda:script camunda:map camunda:list';

const EXPRESSION: KindText = ['id xsi:type language camunda:resource', '', true];
const VALUE: KindText = ['', '', true];
const DEFINITION: KindText = ['id', EXTENSIBLE];

/** Of the elements of BPMN 2.0 and of Camunda's extensions those that people use (bpmn-moddle, camunda-bpmn-moddle). */
const TEXTS: Readonly<Record<string, KindText>> = {
  definitions: [
    'id name targetNamespace expressionLanguage typeLanguage exporter exporterVersion',
    `${EXTENSIBLE} process collaboration error message signal escalation bpmndi:BPMNDiagram`,
  ],
  process: [
    'id name isExecutable isClosed processType camunda:versionTag camunda:historyTimeToLive camunda:isStartableInTasklist camunda:candidateStarterGroups camunda:candidateStarterUsers',
    `${EXTENSIBLE} laneSet ${FLOW}`,
  ],
  subProcess: [`${ACTIVITY} triggeredByEvent`, `${OF_NODE} laneSet ${LOOPS} ${FLOW}`],
  documentation: ['id textFormat', '', true],
  extensionElements: [
    '',
    'camunda:inputOutput camunda:connector camunda:properties camunda:executionListener camunda:formData',
  ],
  incoming: VALUE,
  outgoing: VALUE,
  startEvent: [
    `${NODE} isInterrupting camunda:initiator camunda:formKey camunda:formRef camunda:formRefBinding`,
    OF_EVENT,
  ],
  endEvent: [NODE, OF_EVENT],
  intermediateCatchEvent: [NODE, OF_EVENT],
  intermediateThrowEvent: [NODE, OF_EVENT],
  boundaryEvent: [`${NODE} attachedToRef cancelActivity`, OF_EVENT],
  timerEventDefinition: ['id', `${EXTENSIBLE} timeDate timeCycle timeDuration`],
  timeDate: EXPRESSION,
  timeCycle: EXPRESSION,
  timeDuration: EXPRESSION,
  errorEventDefinition: [
    'id errorRef* camunda:errorCodeVariable camunda:errorMessageVariable',
    EXTENSIBLE,
  ],
  messageEventDefinition: [
    'id messageRef* camunda:expression camunda:resultVariable camunda:type camunda:topic',
    EXTENSIBLE,
  ],
  signalEventDefinition: ['id signalRef*', EXTENSIBLE],
  escalationEventDefinition: ['id escalationRef*', EXTENSIBLE],
  linkEventDefinition: ['id name', EXTENSIBLE],
  terminateEventDefinition: DEFINITION,
  compensateEventDefinition: ['id activityRef* waitForCompletion', EXTENSIBLE],
  conditionalEventDefinition: ['id', `${EXTENSIBLE} condition`],
  condition: EXPRESSION,
  task: [ACTIVITY, `${OF_NODE} ${LOOPS}`],
  manualTask: [ACTIVITY, `${OF_NODE} ${LOOPS}`],
  serviceTask: [`${ACTIVITY} ${CALL}`, `${OF_NODE} ${LOOPS}`],
  sendTask: [`${ACTIVITY} ${CALL}`, `${OF_NODE} ${LOOPS}`],
  businessRuleTask: [`${ACTIVITY} ${CALL}`, `${OF_NODE} ${LOOPS}`],
  receiveTask: [`${ACTIVITY} messageRef*`, `${OF_NODE} ${LOOPS}`],
  userTask: [
    `${ACTIVITY} camunda:assignee camunda:candidateUsers camunda:candidateGroups camunda:dueDate camunda:formKey camunda:formRef camunda:formRefBinding`,
    `${OF_NODE} ${LOOPS}`,
  ],
  scriptTask: [
    `${ACTIVITY} scriptFormat camunda:resource camunda:resultVariable`,
    `${OF_NODE} ${LOOPS} script`,
  ],
  script: VALUE,
  callActivity: [
    `${ACTIVITY} calledElement camunda:calledElementBinding camunda:calledElementVersion`,
    `${OF_NODE} ${LOOPS}`,
  ],
  multiInstanceLoopCharacteristics: [
    `id isSequential ${ASYNC} camunda:collection camunda:elementVariable`,
    `${EXTENSIBLE} loopCardinality completionCondition`,
  ],
  loopCardinality: EXPRESSION,
  completionCondition: EXPRESSION,
  standardLoopCharacteristics: ['id testBefore loopMaximum', `${EXTENSIBLE} loopCondition`],
  loopCondition: EXPRESSION,
  exclusiveGateway: [`${NODE} default gatewayDirection`, OF_NODE],
  inclusiveGateway: [`${NODE} default gatewayDirection`, OF_NODE],
  parallelGateway: [`${NODE} gatewayDirection`, OF_NODE],
  eventBasedGateway: [`${NODE} gatewayDirection instantiate eventGatewayType`, OF_NODE],
  sequenceFlow: ['id name sourceRef targetRef', `${EXTENSIBLE} conditionExpression`],
  conditionExpression: EXPRESSION,
  textAnnotation: ['id textFormat', `${EXTENSIBLE} text`],
  text: VALUE,
  association: ['id associationDirection sourceRef* targetRef*', EXTENSIBLE],
  group: ['id', EXTENSIBLE],
  laneSet: ['id name', `${EXTENSIBLE} lane`],
  lane: ['id name', `${EXTENSIBLE} flowNodeRef`],
  flowNodeRef: VALUE,
  collaboration: ['id name isClosed', `${EXTENSIBLE} participant messageFlow ${ARTIFACTS}`],
  participant: ['id name processRef*', EXTENSIBLE],
  messageFlow: ['id name sourceRef* targetRef* messageRef*', EXTENSIBLE],
  error: ['id name errorCode camunda:errorMessage', EXTENSIBLE],
  message: ['id name', EXTENSIBLE],
  signal: ['id name', EXTENSIBLE],
  escalation: ['id name escalationCode', EXTENSIBLE],
  'camunda:inputOutput': ['', 'camunda:inputParameter camunda:outputParameter'],
  'camunda:connector': ['', 'camunda:inputOutput camunda:connectorId'],
  'camunda:connectorId': VALUE,
  'camunda:inputParameter': ['name', DEFINITIONS, true],
  'camunda:outputParameter': ['name', DEFINITIONS, true],
  'camunda:script': ['scriptFormat resource', '', true],
  'camunda:map': ['', 'camunda:entry'],
  'camunda:entry': ['key', DEFINITIONS, true],
  'camunda:list': ['', 'camunda:value camunda:script'],
  'camunda:value': ['id name', '', true],
  'camunda:properties': ['', 'camunda:property'],
  'camunda:property': ['id name value'],
  'camunda:executionListener': [
    'expression class delegateExpression event',
    'camunda:script camunda:field',
  ],
  'camunda:field': ['name stringValue expression', ''],
  'camunda:formData': ['', 'camunda:formField'],
  'camunda:formField': ['id label type defaultValue', 'camunda:properties camunda:value'],
  'bpmndi:BPMNDiagram': ['id name', 'bpmndi:BPMNPlane'],
  'bpmndi:BPMNPlane': ['id bpmnElement*', 'bpmndi:BPMNShape bpmndi:BPMNEdge'],
  'bpmndi:BPMNShape': [
    'id bpmnElement isExpanded isHorizontal isMarkerVisible bioc:stroke bioc:fill color:background-color color:border-color',
    'dc:Bounds bpmndi:BPMNLabel',
  ],
  'bpmndi:BPMNEdge': [
    'id bpmnElement bioc:stroke bioc:fill color:border-color',
    'di:waypoint bpmndi:BPMNLabel',
  ],
  'bpmndi:BPMNLabel': ['id', 'dc:Bounds'],
  'dc:Bounds': ['x y width height'],
  'di:waypoint': ['x y'],
};

/** Other namespaces that moddle knows, or that mean nothing to it (Camunda Modeler). */
const OTHER_NAMESPACES: Readonly<Record<string, string>> = {
  'xmlns:bioc': 'http://bpmn.io/schema/bpmn/biocolor/1.0',
  'xmlns:color': 'http://www.omg.org/spec/BPMN/non-normative/color/1.0',
  'xmlns:modeler': 'http://camunda.org/schema/modeler/1.0',
};
const USUAL = /^xmlns:(bpmn|bpmndi|dc|di|xsi|camunda)$/;
const ID = /^([a-z][\w-.]*:)?[a-z_][\w-.]*$/i;

const known = new Map<string, Kind | undefined>();

/** Only what stands in a flow is looked up. */
function kindOf(name: string): Kind | undefined {
  if (known.has(name)) {
    return known.get(name);
  }
  const text = TEXTS[name.startsWith('bpmn:') ? name.slice('bpmn:'.length) : name];
  const kind = text && kindFrom(text);
  known.set(name, kind);
  return kind;
}

function kindFrom([attributes = '', children = '', hasText]: KindText): Kind {
  const prefixed = (name: string) => (name.includes(':') ? name : `bpmn:${name}`);
  return {
    attributes: new Map(
      words(attributes).map((name) => [name.replace('*', ''), name.endsWith('*')]),
    ),
    children: new Set(children === '' ? [] : words(children).map(prefixed)),
    hasText: hasText === true,
  };
}

/**
 * Tells whether moddle surely reads a flow without a word, so that it need not be asked: each element is one that
 * people use, in a place and with attributes where moddle knows it, and all that it names is there.
 *
 * @returns false also where nothing is wrong, but something is seldom
 */
export function isPlain({ root, elements, cdata }: XmlDocument): boolean {
  if (cdata === undefined || root?.name !== 'bpmn:definitions') {
    return false;
  }
  const ids = new Set<string>();
  const references: string[] = [];
  for (const element of elements) {
    const kind = kindOf(element.name);
    const isText = kind?.hasText === true;
    const inside = element.parent && kindOf(element.parent.name);
    if (!kind || (inside ? !inside.children.has(element.name) : element !== root)) {
      return false;
    }
    if (!isText && element.text.trim() !== '') {
      return false;
    }
    for (const key in element.attributes) {
      const value = element.attributes[key] ?? '';
      const isReference = kind.attributes.get(key);
      if (isReference === true) {
        references.push(value);
      } else if (isReference === undefined && !(element === root && isHarmless(key, value))) {
        return false;
      }
    }
    const { id } = element.attributes;
    if (id !== undefined && !element.name.startsWith('camunda:')) {
      if (ids.has(id) || !ID.test(id)) {
        return false;
      }
      ids.add(id);
    }
    if (element.name === 'bpmn:flowNodeRef') {
      references.push(element.text);
    }
    if (isUntyped(element)) {
      return false;
    }
  }
  return cdata.every(({ name }) => kindOf(name)?.hasText) && references.every((id) => ids.has(id));
}

/** Whether an attribute of the root declares what moddle calls the same, or is one of another namespace. */
function isHarmless(key: string, value: string): boolean {
  return USUAL.test(key) || OTHER_NAMESPACES[key] === value || key.startsWith('modeler:');
}

/** Whether an expression has another type, or none and what only a formal one has. */
function isUntyped({ name, attributes }: XmlElement): boolean {
  const type = attributes['xsi:type'];
  const isFormal = type === 'bpmn:tFormalExpression';
  const needsType = 'language' in attributes || 'camunda:resource' in attributes;
  return type === undefined ? needsType && name !== 'bpmn:scriptTask' : !isFormal;
}
