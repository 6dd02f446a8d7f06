/** A node of a flow, as a modeler writes it. */
export interface Node {
  /** Its BPMN name, such as `serviceTask`. */
  readonly type: string;
  readonly id: string;
  /** Attributes besides the id and the name. */
  readonly attributes?: string;
  /** What stands in its extension elements. */
  readonly extension?: string;
  /** Event definitions, scripts, loops: whatever else it contains. */
  readonly inner?: string;
  /** Nodes and sequence flows of a sub-process. */
  readonly nodes?: readonly Node[];
  readonly ways?: readonly string[];
}

/** What a flow is made of. */
export interface FlowParts {
  readonly id: string;
  readonly nodes: readonly Node[];
  /** Sequence flows: `source -> target`, `source -> target ? ${expression}` or `source -> target ? js: script`. */
  readonly ways: readonly string[];
  /** Lanes and artifacts: what stands in the process besides nodes and sequence flows. */
  readonly beside?: string;
  /** Collaborations, messages, errors, other processes: what stands beside the process. */
  readonly before?: string;
  /** Shapes and edges of what `beside` and `before` hold. */
  readonly shapes?: string;
  /** Attributes of the process. */
  readonly attributes?: string;
}

const SPACES = [
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"',
  'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
  'xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
].join(' ');

/** Writes a flow with its diagram: every node listed with its sequence flows, nothing on top of another. */
export function flowFile(parts: FlowParts): string {
  const { id, nodes, ways, beside = '', before = '', shapes = '' } = parts;
  const attributes = parts.attributes ?? 'isExecutable="true" camunda:historyTimeToLive="P30D"';
  const plane = /<bpmn:collaboration id="([^"]+)"/.exec(before)?.[1] ?? id;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions ${SPACES} id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.31.0">
${lines(before, '  ')}  <bpmn:process id="${id}" ${attributes}>
${lines(beside, '    ')}${content(nodes, ways, '    ')}  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1">
    <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="${plane}">
${drawing(nodes, ways, 0)}${lines(shapes, '      ')}    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

function content(nodes: readonly Node[], ways: readonly string[], indent: string): string {
  const flows = ways.map(wayOf);
  const inner = nodes.map((node) => {
    const lists = [
      ...flows.filter(({ to }) => to === node.id).map(({ id }) => ['incoming', id]),
      ...flows.filter(({ from }) => from === node.id).map(({ id }) => ['outgoing', id]),
    ].map(([list, id]) => `<bpmn:${list}>${id}</bpmn:${list}>`);
    const extension =
      node.extension === undefined
        ? ''
        : `<bpmn:extensionElements>\n${lines(node.extension, '  ')}</bpmn:extensionElements>`;
    const attributes = node.attributes === undefined ? '' : ` ${node.attributes}`;
    return `${indent}<bpmn:${node.type} id="${node.id}" name="${nameOf(node.id)}"${attributes}>
${lines(extension, `${indent}  `)}${lines(lists.join('\n'), `${indent}  `)}${lines(node.inner ?? '', `${indent}  `)}${content(node.nodes ?? [], node.ways ?? [], `${indent}  `)}${indent}</bpmn:${node.type}>
`;
  });
  const sequence = flows.map(({ id, from, to, condition }) => {
    const start = `${indent}<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"`;
    return condition === ''
      ? `${start} />\n`
      : `${start} name="${nameOf(to)}">${condition}</bpmn:sequenceFlow>\n`;
  });
  return inner.join('') + sequence.join('');
}

/** Shapes and edges, sub-processes below what they stand in. */
function drawing(nodes: readonly Node[], ways: readonly string[], level: number): string {
  const y = 100 + level * 400;
  const shapes = nodes.map((node, index) => {
    const attached = /attachedToRef="([^"]+)"/.exec(node.attributes ?? '')?.[1];
    const host = nodes.findIndex(({ id }) => id === attached);
    const [width, height] = sizeOf(node);
    const x = host < 0 ? 100 + index * 200 : 140 + host * 200;
    const inner = drawing(node.nodes ?? [], node.ways ?? [], level + 1);
    return `      <bpmndi:BPMNShape id="${node.id}_di" bpmnElement="${node.id}"${/Process$|^transaction$/.test(node.type) ? ' isExpanded="true"' : ''}><dc:Bounds x="${x}" y="${host < 0 ? y : y + 62}" width="${width}" height="${height}" /></bpmndi:BPMNShape>\n${inner}`;
  });
  const edges = ways.map(wayOf).map(({ id }, index) => {
    const at = 120 + index * 10;
    return `      <bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="${at}" y="${y}" /><di:waypoint x="${at + 100}" y="${y}" /></bpmndi:BPMNEdge>\n`;
  });
  return shapes.join('') + edges.join('');
}

function sizeOf({ type }: Node): [number, number] {
  if (/Event$/.test(type)) {
    return [36, 36];
  }
  return /Gateway$/.test(type) ? [50, 50] : [100, 80];
}

function wayOf(text: string): { id: string; from: string; to: string; condition: string } {
  const [, from = '', to = '', condition] = /^(\S+) -> (\S+)(?: \? ([\s\S]*))?$/.exec(text) ?? [];
  const script = condition?.startsWith('js: ') ? condition.slice(4) : undefined;
  const language = script === undefined ? '' : ' language="javascript"';
  return {
    id: `${from}-${to}`,
    from,
    to,
    condition:
      condition === undefined
        ? ''
        : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"${language}>${escaped(script ?? condition)}</bpmn:conditionExpression>`,
  };
}

function nameOf(id: string): string {
  const text = id.replaceAll(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lines(text: string, indent: string): string {
  const trimmed = text.replace(/\n$/, '');
  return trimmed === '' ? '' : `${trimmed.replaceAll(/^(?=.)/gm, indent)}\n`;
}

/** Text as it stands in XML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
