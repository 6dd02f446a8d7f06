import { BRANCHED, changed, flowOf, ofFlow } from './build.js';
import type { Input, Topic } from './rows.js';

const flow = (from: string | RegExp, to: string): Input => changed(BRANCHED, from, to);
const shape = (id: string) => new RegExp(` *<bpmndi:BPMNShape id="${id}-shape".*\n`);
const edge = (id: string) => new RegExp(` *<bpmndi:BPMNEdge id="${id}-edge".*\n`);
const POOL = `  <bpmn:collaboration id="world"><bpmn:participant id="fortnox" name="Fortnox" /></bpmn:collaboration>\n`;
const lanes = (...refs: readonly string[]): Input => {
  const text = flowOf('    <bpmn:task id="work" />', ['asked->work', 'work->done']);
  const inner = refs.map((id) => `<bpmn:flowNodeRef>${id}</bpmn:flowNodeRef>`).join('');
  return changed(
    text.replace(
      '    <bpmn:startEvent',
      `    <bpmn:laneSet id="lanes"><bpmn:lane id="clerk">${inner}</bpmn:lane></bpmn:laneSet>\n$&`,
    ),
    '      <bpmndi:BPMNShape',
    '      <bpmndi:BPMNShape id="clerk-shape" bpmnElement="clerk"><dc:Bounds x="1" y="1" width="9" height="9" /></bpmndi:BPMNShape>\n$&',
  );
};

/** Rules about the diagram: what nobody sees is edited by nobody. */
export const flowDiagram: Topic = {
  'no-bpmndi': {
    finds: {
      'a task that is not drawn': flow(shape('one'), ''),
      'a sequence flow that is not drawn': flow(edge('one-to-done'), ''),
      'a pool that is not drawn': flow('  <bpmn:process ', `${POOL}$&`),
      'no diagram at all': ofFlow(
        flowOf('', ['asked->done']).replace(/ *<bpmndi:BPMNDiagram[\s\S]*BPMNDiagram>\n/, ''),
      ),
    },
    nearMisses: {
      'a message that nobody draws': flow('  <bpmn:process ', '  <bpmn:message id="m" />\n$&'),
      'everything drawn': ofFlow(BRANCHED),
    },
  },
  'diagram-broken': {
    finds: {
      'a shape of nothing': flow('bpmnElement="one"', 'bpmnElement="two"'),
      'a shape without an element': flow(' bpmnElement="one"', ''),
      'a shape that is there twice': flow(
        /( *<bpmndi:BPMNShape id="one-)(shape.*\n)/,
        '$1$2$1again-$2',
      ),
      'a shape of a sequence flow': flow(
        edge('one-to-done'),
        '      <bpmndi:BPMNShape id="one-to-done-shape" bpmnElement="one-to-done"><dc:Bounds x="1" y="1" width="9" height="9" /></bpmndi:BPMNShape>\n',
      ),
      'an edge with one waypoint': flow('<di:waypoint x="1" y="1" />', ''),
      'a shape without a width': flow(' width="9"', ''),
      'a shape without bounds': flow(/<dc:Bounds[^>]*>/, ''),
    },
    nearMisses: {
      'a data association': changed(
        BRANCHED.replace(
          '<bpmn:task id="one" />',
          '<bpmn:task id="one"><bpmn:dataOutputAssociation id="writes" /></bpmn:task>',
        ),
        '    </bpmndi:BPMNPlane>',
        '      <bpmndi:BPMNEdge id="writes-edge" bpmnElement="writes"><di:waypoint x="1" y="1" /><di:waypoint x="9" y="1" /></bpmndi:BPMNEdge>\n$&',
      ),
      'places below zero and with a fraction': flow(
        'x="1" y="1" width="9"',
        'x="-1.5" y="0.25" width="9.75"',
      ),
      'a plane of the process': ofFlow(BRANCHED),
    },
  },
  'lane-missing': {
    finds: { 'a task in no lane': lanes('asked', 'done') },
    nearMisses: {
      'every node in a lane': lanes('asked', 'work', 'done'),
      'no lanes': ofFlow(BRANCHED),
    },
  },
};
