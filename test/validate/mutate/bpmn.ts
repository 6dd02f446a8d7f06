import { readXml, type XmlElement } from '../../../src/validate/source/xml.js';
import { type Mutation, replacing, spliced } from './mutation.js';

/** @returns mutations of a flow, made from its own elements */
export function* bpmnMutations(file: string, text: string): Generator<Mutation> {
  const { elements } = readXml(text);
  for (const element of elements) {
    const [start, end] = extent(text, element);
    const target = nameOf(element);
    if (element.parent) {
      yield { kind: 'drop element', file, target, text: spliced(text, start, end, '') };
    }
  }
  const replace = (
    kind: string,
    pattern: RegExp,
    replacement: (match: RegExpExecArray) => string,
  ) => replacing(kind, file, text, pattern, replacement);
  yield* replace('rename id', /(<bpmn:\w+ id=")([^"]+)"/g, ([, before, id]) => `${before}${id}-x"`);
  yield* replace(
    'break reference',
    /(sourceRef|targetRef|attachedToRef|default|processRef|bpmnElement)="[^"]+"/g,
    ([, name]) => `${name}="nowhere"`,
  );
  yield* replace(
    'break reference',
    /<bpmn:(incoming|outgoing|flowNodeRef)>[^<]+/g,
    ([, name]) => `<bpmn:${name}>nowhere`,
  );
  yield* replace('misspell element', /<bpmn:(\w+) id/g, ([, name]) => `<bpmn:${name}x id`);
  yield* replace(
    'misspell parameter',
    /(inputParameter name=")(url|method|query|headers|form|payload|throwHttpErrors)"/g,
    ([, before, name]) => `${before}${name}z"`,
  );
  yield* replace(
    'unknown connector',
    /(<camunda:connectorId>)\w+/g,
    ([, before]) => `${before}httpRequests`,
  );
  yield* replace(
    'swap connector',
    /<camunda:connectorId>httpRequest</g,
    () => '<camunda:connectorId>onifyApiRequest<',
  );
  yield* replace(
    'swap connector',
    /<camunda:connectorId>onifyElevatedApiRequest</g,
    () => '<camunda:connectorId>httpRequest<',
  );
  yield* replace(
    'empty parameter',
    /(<camunda:inputParameter name="(?:url|throwHttpErrors|method)">)[^<\s][^<]*/g,
    ([, before]) => `${before}`,
  );
  yield* replace(
    'unknown method',
    /(name="method">)(GET|POST|PUT)</g,
    ([, before]) => `${before}POTS<`,
  );
  yield* replace('text for a switch', /\$\{(true|false)\}/g, ([, value]) => `${value}`);
  yield* replace('unclosed expression', /(\$\{[^}<]+)\}/g, ([, before]) => `${before}`);
  yield* replace('misspelled root', /\$\{environment\./g, () => '${enviroment.');
  yield* replace('misspelled root', /\$\{content\./g, () => '${contents.');
  yield* replace('operator', /\$\{(environment\.[\w.]+)\}/g, ([, path]) => `\${${path} == 1}`);
  yield* replace('other script format', /scriptFormat="js"/g, () => 'scriptFormat="groovy"');
  yield* replace('no script format', / scriptFormat="js"/g, () => '');
  yield* replace(
    'missing script',
    /esource="([^"]+)\.js"/g,
    ([, path]) => `esource="${path}-gone.js"`,
  );
  yield* replace(
    'script in other case',
    /esource="\/scripts\/fortnox\/(\w)/g,
    ([, first = '']) => `esource="/scripts/fortnox/${first.toUpperCase()}`,
  );
  yield* replace('script outside', /esource="\/scripts/g, () => 'esource="/../scripts');
  yield* replace(
    'cut script',
    /(<camunda:script scriptFormat="js">[^<]{10,}?)\);</g,
    ([, before]) => `${before}<`,
  );
  yield* replace(
    'script without next',
    /(<camunda:script scriptFormat="js">[^<]*?)next\(/g,
    ([, before]) => `${before}void (`,
  );
  yield* replace(
    'require in a script',
    /(<camunda:script scriptFormat="js">)/g,
    ([before]) => `${before}require('fs'); `,
  );
  yield* replace('plain http', /https:\/\/apps\.fortnox/g, () => 'http://apps.fortnox');
  yield* replace('broken timer', />PT\d+S</g, () => '>4 seconds<');
  yield* replace('broken cron', /(timeCycle[^>]*>)[^<]+/g, ([, before]) => `${before}every day`);
  yield* replace('not executable', /isExecutable="true"/g, () => 'isExecutable="false"');
  yield* replace(
    'unsupported attribute',
    /<bpmn:serviceTask /g,
    () => '<bpmn:serviceTask camunda:asyncBefore="true" ',
  );
  yield* replace('unsupported element', /bpmn:serviceTask/g, () => 'bpmn:callActivity');
  yield* replace('unsupported element', /<bpmn:exclusiveGateway/g, () => '<bpmn:complexGateway');
  yield* replace(
    'other setting',
    /(\/(?:my|admin)\/config\/settings\/)_/g,
    ([, before]) => `${before}`,
  );
  yield* replace(
    'other workflow',
    /(\/my\/workflows\/run\/)([\w-]+)/g,
    ([, before, key]) => `${before}${key}x`,
  );
  yield* replace(
    'broken tag',
    /<\/bpmn:(serviceTask|scriptTask|process|boundaryEvent)>/g,
    () => '',
  );
  yield* replace('broken entity', /&lt;/g, () => '<');
  yield* replace('lost namespace', / xmlns:(camunda|bpmn|bpmndi)="[^"]+"/g, () => '');
  yield* replace(
    'no such attribute',
    /<bpmn:(serviceTask|sequenceFlow|startEvent) /g,
    ([, name]) => `<bpmn:${name} nam="x" `,
  );
}

/** Where an element begins and ends, its end tag included. */
function extent(text: string, element: XmlElement): [number, number] {
  const opened = element.textStart;
  if (text[opened - 2] === '/') {
    return [element.start, opened];
  }
  let end = opened;
  for (const child of element.children) {
    end = Math.max(end, extent(text, child)[1]);
  }
  return [element.start, text.indexOf('>', text.indexOf('</', end)) + 1];
}

function nameOf(element: XmlElement): string {
  const { name, attributes, parent, text } = element;
  const own = attributes.id ?? attributes.name ?? attributes.key ?? text.trim().slice(0, 40);
  let owner = parent;
  while (owner && !('id' in owner.attributes)) {
    owner = owner.parent;
  }
  return `${name} ${own} in ${parent?.name} of ${owner?.attributes.id}`;
}
