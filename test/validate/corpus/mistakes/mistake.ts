import type { Files } from '../../blueprint.js';

/** The rooms that mistakes are sorted into. */
export type Kind = 'scripts' | 'connectors' | 'forms' | 'config' | 'gateways' | 'names';

/** A mistake of the kind that people make in a modeler or an editor. */
export interface Mistake {
  readonly name: string;
  /** The file that it is made in. */
  readonly in: string;
  /** Makes it; undefined takes the file away. */
  readonly edit: (text: string) => string | undefined;
  /** Files that come with it. */
  readonly with?: Files;
  /** Files that go with it. */
  readonly without?: readonly string[];
  /** The BPMN elements of which one has to be named; without any, the file is enough. */
  readonly at?: readonly string[];
  /** The file to be named, where it is another one. */
  readonly told?: string;
  /** How bad it is. */
  readonly want: 'error' | 'warning';
  /** The rule that finds it. */
  readonly finds: string;
  /** Rules that find something at the place that has nothing to do with the mistake. */
  readonly not?: readonly string[];
  /** What the engine makes of it: no load, a failure, no end, or another end or other calls than without it. */
  readonly engine?: 'refused' | 'failed' | 'waiting' | 'differs';
  /** The flow to run, where it is another one than the base's first. */
  readonly runs?: string;
}

/** Replaces a text that has to be there. */
export function swap(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) {
      throw new Error(`The text is not there: ${from}`);
    }
    return text.replace(from, () => to);
  };
}

/** Replaces a text everywhere. */
export function swapAll(from: string, to: string): (text: string) => string {
  return (text) => swap(from, to)(text).replaceAll(from, () => to);
}

/** One edit after another. */
export function both(...edits: readonly ((text: string) => string)[]): (text: string) => string {
  return (text) => edits.reduce((edited, edit) => edit(edited), text);
}

/** Deletes a sequence flow as a modeler does: with its edge, and from the lists of its nodes. */
export function cut(id: string): (text: string) => string {
  return (text) => {
    const kept = text
      .split('\n')
      .filter((line) => !line.includes(`"${id}"`) && !line.includes(`>${id}<`));
    return kept.join('\n');
  };
}

/** Deletes an element that spans several lines, and its shape. */
export function cutNode(type: string, id: string): (text: string) => string {
  return (text) =>
    text
      .replace(new RegExp(`^ *<bpmn:${type} id="${id}"[\\s\\S]*?</bpmn:${type}>\\n`, 'm'), '')
      .replace(new RegExp(`^.*bpmnElement="${id}".*\\n`, 'm'), '');
}

/** Connects two nodes as a modeler does: with an edge, and in the lists of both. */
export function connect(from: string, to: string, id = `${from}-${to}`): (text: string) => string {
  const listed = (node: string, list: string) => (text: string) =>
    text.replace(
      new RegExp(`<bpmn:\\w+ id="${node}"[^>]*>`),
      (opening) => `${opening}\n<bpmn:${list}>${id}</bpmn:${list}>`,
    );
  return both(
    listed(from, 'outgoing'),
    listed(to, 'incoming'),
    swap(
      '  </bpmn:process>',
      `    <bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />\n  </bpmn:process>`,
    ),
    draw(
      `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="1" y="900" /><di:waypoint x="9" y="900" /></bpmndi:BPMNEdge>`,
    ),
  );
}

/** Draws an element below everything else. */
export function shape(id: string, x = 100): (text: string) => string {
  return draw(
    `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="900" width="36" height="36" /></bpmndi:BPMNShape>`,
  );
}

/** Adds an element to the process. */
export function add(xml: string): (text: string) => string {
  return swap('  </bpmn:process>', `    ${xml}\n  </bpmn:process>`);
}

function draw(xml: string): (text: string) => string {
  return swap('    </bpmndi:BPMNPlane>', `      ${xml}\n    </bpmndi:BPMNPlane>`);
}
