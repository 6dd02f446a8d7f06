import { scriptChanges } from './script-changes.mjs';

const NAMES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name) => NAMES[name]);
const escaped = (text) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]);

const CONNECTORS = {
  onifyElevatedApiRequest: ['onifyApiRequest'],
  onifyApiRequest: ['onifyElevatedApiRequest'],
  httpRequest: ['onifyApiRequest'],
};

/** What is changed in a flow: a pattern, and what stands in the place of each match. Names, ids and the drawing are not. */
const RULES = [
  {
    kind: 'connector',
    pattern: /(?<=<camunda:connectorId>)\w+(?=<)/g,
    to: ([name]) => CONNECTORS[name] ?? ['httpRequest'],
  },
  {
    kind: 'input left out',
    pattern: /<camunda:inputParameter name="[^"]*">[\s\S]*?<\/camunda:inputParameter>/g,
  },
  {
    kind: 'output left out',
    pattern: /<camunda:outputParameter name="[^"]*">[\s\S]*?<\/camunda:outputParameter>/g,
  },
  {
    kind: 'value',
    pattern: /(?<=<camunda:(?:input|output)Parameter name="[^"]*">)[^<\s][^<]*(?=<\/camunda)/g,
    to: ([text]) => [valueFor(text)],
  },
  {
    kind: 'entry',
    pattern: /(?<=<camunda:entry key="[^"]*">)[^<]*(?=<)/g,
    to: ([text]) => [/^\d+$/.test(text) ? '5' : `${text} changed`],
  },
  {
    kind: 'condition',
    pattern: /(?<=<bpmn:conditionExpression[^>]*>)[^<]*(?=<)/g,
    to: () => ['${environment.output.go.nowhere}'],
  },
  { kind: 'default left out', pattern: / default="[^"]*"/g },
  {
    kind: 'timer',
    pattern: /(?<=<bpmn:timeDuration[^>]*>)[^<]*(?=<)/g,
    to: ([text]) => [
      text.startsWith('$') ? 'PT7S' : text.replace(/\d+/, (count) => String(count * 2)),
    ],
  },
  {
    kind: 'schedule',
    pattern: /(?<=<bpmn:timeCycle[^>]*>)[^<]*(?=<)/g,
    to: () => ['0 1 1 * *', '0 1 * * 1', '0 13 * * *', '* 1 * * *'],
  },
  {
    kind: 'sequence flow left out',
    pattern: /<bpmn:sequenceFlow [^>]*?(?:\/>|>[\s\S]*?<\/bpmn:sequenceFlow>)/g,
  },
  {
    kind: 'boundary event left out',
    pattern: /<bpmn:boundaryEvent [\s\S]*?<\/bpmn:boundaryEvent>/g,
  },
  {
    kind: 'script elsewhere',
    pattern: /(?<=resource="\/scripts\/fortnox\/)[\w-]+(?=\.js")/g,
    to: () => ['missing'],
  },
  { kind: 'not executable', pattern: /(?<=isExecutable=")true/g, to: () => ['false'] },
  { kind: 'error left out', pattern: / errorRef="[^"]*"/g },
];

/**
 * @param {string} source a BPMN file
 * @returns {{ kind: string, start: number, end: number, text: string, element: string }[]} its changes
 */
export function flowChanges(source) {
  const head = source.slice(0, source.indexOf('<bpmndi:BPMNDiagram'));
  const found = RULES.flatMap(({ kind, pattern, to = () => [''] }) =>
    [...head.matchAll(pattern)].flatMap((match) =>
      to(match).map((text) => ({
        kind,
        start: match.index,
        end: match.index + match[0].length,
        text,
      })),
    ),
  );
  const lines = /(?<=<camunda:script scriptFormat="js">)[^<]+(?=<)/g;
  const blocks = /(?<=<bpmn:script><!\[CDATA\[)[\s\S]*?(?=\]\]>)/g;
  const inLines = [...head.matchAll(lines)].flatMap(({ 0: script, index }) =>
    scriptChanges(unescaped(script)).map(({ kind, start, end, text }) => {
      const plain = unescaped(script);
      const whole = escaped(plain.slice(0, start) + text + plain.slice(end));
      return { kind: `script ${kind}`, start: index, end: index + script.length, text: whole };
    }),
  );
  const inBlocks = [...head.matchAll(blocks)].flatMap(({ 0: script, index }) =>
    scriptChanges(script).map(({ kind, start, end, text }) => ({
      kind: `script ${kind}`,
      start: index + start,
      end: index + end,
      text,
    })),
  );
  return [...found, ...inLines, ...inBlocks]
    .map((change) => ({ ...change, element: elementAt(head, change.start) }))
    .sort((one, other) => one.start - other.start);
}

/** The element that a place belongs to: the last one that began before it and has an id and a kind of its own. */
function elementAt(head, at) {
  const before = head.slice(0, head.indexOf('>', at));
  const ids = [
    ...before.matchAll(/<bpmn:(?!error |participant|\w+EventDefinition)\w+ id="([^"]*)"/g),
  ];
  return ids.at(-1)?.[1] ?? 'definitions';
}

function valueFor(text) {
  if (text === '${false}' || text === '${true}') {
    return text === '${true}' ? '${false}' : '${true}';
  }
  if (text.startsWith('${')) {
    return '${environment.output.nowhere}';
  }
  return text.startsWith('/') ? `${text}/changed` : text === 'POST' ? 'PUT' : `${text}-changed`;
}
