import { createRequire } from 'node:module';
import { extendFn, OnifySequenceFlow, OnifyTimerEventDefinition } from '@onify/flow-extensions';
import * as Elements from 'bpmn-elements';
import { BpmnModdle } from 'bpmn-moddle';
import serialize, { TypeResolver } from 'moddle-context-serializer';
import { expect, test } from 'vitest';
import { readFlow } from '../../src/validate/flow/read.js';
import { refusals } from '../../src/validate/flow/refused.js';
import { readXml } from '../../src/validate/source/xml.js';

const FLOWS = 900;
const camunda: unknown = createRequire(import.meta.url)(
  'camunda-bpmn-moddle/resources/camunda.json',
);
const resolver = TypeResolver({
  ...Elements,
  SequenceFlow: OnifySequenceFlow,
  TimerEventDefinition: OnifyTimerEventDefinition,
});

test('what is refused is what the engine does not load, and nothing else', async () => {
  const outcomes = { loaded: 0, refused: 0 };
  const differing: string[] = [];
  for (let seed = 1; seed <= FLOWS; seed += 1) {
    const text = generated(seed);
    const isLoaded = await loads(text);
    outcomes[isLoaded ? 'loaded' : 'refused'] += 1;
    const said = refusals(readFlow('x.bpmn', readXml(text), []));
    if (isLoaded !== (said.length === 0)) {
      differing.push(`${seed} ${isLoaded ? 'loads' : 'is refused'}: ${text}`);
    }
  }
  expect(differing).toEqual([]);
  expect(outcomes.loaded).toBeGreaterThan(200);
  expect(outcomes.refused).toBeGreaterThan(200);
});

async function loads(text: string): Promise<boolean> {
  const parsed = await new BpmnModdle({ camunda }).fromXML(text);
  try {
    serialize(parsed as never, resolver, extendFn);
    return true;
  } catch {
    return false;
  }
}

/** What may stand beside the processes. */
const BESIDE = [
  '<bpmn:error id="E" name="x" />',
  '<bpmn:signal id="E" name="x" />',
  '<bpmn:message id="E" />',
  '<bpmn:escalation id="E" />',
  '<bpmn:category id="E"><bpmn:categoryValue id="V" value="x" /></bpmn:category>',
  '<bpmn:dataStore id="E" />',
  '<bpmn:itemDefinition id="E" />',
  '<bpmn:interface id="E" name="x"><bpmn:operation id="O" name="o" /></bpmn:interface>',
  '<bpmn:resource id="E" name="x" />',
  '<bpmn:correlationProperty id="E" />',
  '<bpmn:endPoint id="E" />',
  '<bpmn:partnerEntity id="E" name="x" />',
  '<bpmn:partnerRole id="E" name="x" />',
  '<bpmn:globalTask id="E" />',
  '<bpmn:globalScriptTask id="E" />',
  '<bpmn:globalUserTask id="E" />',
  '<bpmn:globalConversation id="E" />',
  '<bpmn:choreography id="E" />',
  '<bpmn:timerEventDefinition id="E" />',
  '<bpmn:extension /><bpmn:import namespace="a" location="b" importType="c" />',
  '<bpmn:relationship id="E" type="x" />',
];
/** What may stand in a process or a sub-process; `#` becomes a number of its own. */
const INSIDE = [
  '<bpmn:task id="n#" />',
  '<bpmn:userTask id="n#" /><bpmn:manualTask id="m#" /><bpmn:receiveTask id="r#" />',
  '<bpmn:serviceTask id="n#" /><bpmn:sendTask id="m#" /><bpmn:businessRuleTask id="r#" />',
  '<bpmn:callActivity id="n#" calledElement="x" />',
  '<bpmn:adHocSubProcess id="n#"><bpmn:task id="m#" /></bpmn:adHocSubProcess>',
  '<bpmn:transaction id="n#" />',
  '<bpmn:complexGateway id="n#" />',
  '<bpmn:inclusiveGateway id="n#" /><bpmn:eventBasedGateway id="m#" />',
  '<bpmn:implicitThrowEvent id="n#" />',
  '<bpmn:callChoreography id="n#" />',
  '<bpmn:subChoreography id="n#" />',
  '<bpmn:choreographyTask id="n#" />',
  '<bpmn:laneSet id="n#" />',
  '<bpmn:laneSet id="n#"><bpmn:lane id="m#" /></bpmn:laneSet>',
  '<bpmn:laneSet id="n#"><bpmn:lane id="m#"><bpmn:childLaneSet id="c#" /></bpmn:lane></bpmn:laneSet>',
  '<bpmn:dataObject id="n#" itemSubjectRef="E" /><bpmn:dataObjectReference id="m#" dataObjectRef="n#" />',
  '<bpmn:dataStoreReference id="n#" dataStoreRef="E" />',
  '<bpmn:textAnnotation id="n#"><bpmn:text>x</bpmn:text></bpmn:textAnnotation>',
  '<bpmn:group id="n#" categoryValueRef="V" />',
  '<bpmn:association id="n#" />',
  '<bpmn:association id="n#" sourceRef="start" targetRef="end" />',
  '<bpmn:association id="n#" sourceRef="start" />',
  '<bpmn:sequenceFlow id="n#" />',
  '<bpmn:sequenceFlow id="n#" sourceRef="start" />',
  '<bpmn:sequenceFlow id="n#" sourceRef="start" targetRef="gone" />',
  '<bpmn:task id="n#"><bpmn:performer id="p#" /></bpmn:task>',
  '<bpmn:userTask id="n#"><bpmn:potentialOwner id="p#"><bpmn:resourceAssignmentExpression><bpmn:formalExpression>x</bpmn:formalExpression></bpmn:resourceAssignmentExpression></bpmn:potentialOwner></bpmn:userTask>',
  '<bpmn:userTask id="n#"><bpmn:humanPerformer id="p#"><bpmn:resourceAssignmentExpression /></bpmn:humanPerformer></bpmn:userTask>',
  '<bpmn:subProcess id="n#"><bpmn:potentialOwner id="p#" /></bpmn:subProcess>',
  '<bpmn:subProcess id="n#"><bpmn:laneSet id="p#" /></bpmn:subProcess>',
  '<bpmn:subProcess id="n#"><bpmn:task id="p#" /><bpmn:complexGateway id="g#" /></bpmn:subProcess>',
  '<bpmn:task id="n#"><bpmn:ioSpecification id="p#"><bpmn:dataInput id="i#" /><bpmn:inputSet id="s#" /><bpmn:outputSet id="o#" /></bpmn:ioSpecification></bpmn:task>',
  '<bpmn:task id="n#"><bpmn:property id="p#" name="x" itemSubjectRef="E" /></bpmn:task>',
  '<bpmn:task id="n#"><bpmn:multiInstanceLoopCharacteristics isSequential="true" /></bpmn:task>',
  '<bpmn:task id="n#"><bpmn:standardLoopCharacteristics /></bpmn:task>',
  '<bpmn:boundaryEvent id="n#" attachedToRef="gone"><bpmn:errorEventDefinition id="p#" errorRef="gone" /></bpmn:boundaryEvent>',
  '<bpmn:intermediateCatchEvent id="n#"><bpmn:conditionalEventDefinition id="p#" /></bpmn:intermediateCatchEvent>',
  '<bpmn:intermediateThrowEvent id="n#"><bpmn:linkEventDefinition id="p#" /></bpmn:intermediateThrowEvent>',
  '<bpmn:serviceTask id="n#"><bpmn:extensionElements><camunda:connector /><camunda:inputOutput><camunda:inputParameter name="a" /></camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>',
  '<bpmn:scriptTask id="n#"><bpmn:extensionElements><camunda:executionListener event="end" /></bpmn:extensionElements></bpmn:scriptTask>',
];
const POOLS = [
  '',
  '<bpmn:participant id="we" processRef="order" />',
  '<bpmn:participant id="we" processRef="order" /><bpmn:participant id="they" />',
  '<bpmn:participant id="we" processRef="gone" /><bpmn:participant id="they" processRef="other" />',
];
const ENDS = [
  ...['we', 'they', 'start', 'end', 'inner', 'order', 'other', 'gone', 'lane', 'note', 'line'],
  ...['theirs', undefined],
];

/** A flow of the parts that a loader may stumble over, another one for each seed. */
function generated(seed: number): string {
  let state = seed * 2654435761;
  const below = (count: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  let number = 0;
  const some = (from: readonly string[], chance: number) =>
    Array.from({ length: 2 }, () => {
      number += 1;
      return below(100) < chance ? pick(from).replaceAll('#', String(number)) : '';
    }).join('');
  const end = (name: string) => {
    const id = pick(ENDS);
    return id === undefined ? '' : ` ${name}="${id}"`;
  };
  const message =
    below(100) < 40 ? `<bpmn:messageFlow id="asks"${end('sourceRef')}${end('targetRef')} />` : '';
  const collaboration =
    below(100) < 50
      ? `<bpmn:collaboration id="both">${pick(POOLS)}${message}<bpmn:textAnnotation id="aside" /></bpmn:collaboration>`
      : '';
  const other = [
    '<bpmn:process id="other" />',
    '<bpmn:process id="other"><bpmn:task id="theirs" /></bpmn:process>',
    '<bpmn:process id="other"><bpmn:textAnnotation id="theirs" /></bpmn:process>',
    '',
  ];
  const [before, after] = below(2) === 0 ? [pick(other), ''] : ['', pick(other)];
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions" targetNamespace="https://example.com">
${some(BESIDE, 15)}${collaboration}${before}
<bpmn:process id="order" isExecutable="true"><bpmn:laneSet id="lanes"><bpmn:lane id="lane" /></bpmn:laneSet><bpmn:startEvent id="start" />
<bpmn:subProcess id="sub"><bpmn:task id="inner" />${some(INSIDE, 10)}</bpmn:subProcess><bpmn:endEvent id="end" />
<bpmn:sequenceFlow id="line" sourceRef="start" targetRef="end" />${some(INSIDE, 30)}<bpmn:textAnnotation id="note" /></bpmn:process>
${after}</bpmn:definitions>
`;
}
