import { describe, expect, test } from 'vitest';
import { callingFlow, input, rulesBroken } from './blueprint.js';

/** The rules that a flow breaks, where it stands alone. */
const broken = async (bpmn: string) =>
  (await rulesBroken({ 'flows/test.bpmn': bpmn })).filter((rule) => rule !== 'config-missing');

const url = input('url', 'https://api.example.com/x');
const hubs = (inputs: string, outputs = '') =>
  callingFlow(inputs, outputs).replace('>httpRequest<', '>onifyApiRequest<');
const hubUrl = input('url', '/my/items');
const map = (entries: string) => `<camunda:map>${entries}</camunda:map>`;
const entry = (key: string, text: string) => `<camunda:entry key="${key}">${text}</camunda:entry>`;

describe('a sound call', () => {
  test.each([
    ['of another system', callingFlow(url)],
    [
      'with a method in small letters',
      callingFlow(url + input('method', 'post') + input('json', map(entry('a', 'b')))),
    ],
    [
      'with an address that is worked out',
      callingFlow(input('url', '${environment.variables.input.url}')),
    ],
    ['of this machine, as a test would', callingFlow(input('url', 'http://localhost:3000/x'))],
    ['of the Hub', hubs(hubUrl)],
    [
      'that runs a workflow without input',
      hubs(input('url', '/my/workflows/run/x') + input('method', 'POST')),
    ],
    ['with true and false as values', callingFlow(url + input('followRedirect', '${false}'))],
  ])('%s breaks no rule', async (_case, bpmn) => {
    expect(await broken(bpmn)).toEqual([]);
  });
});

describe('a call', () => {
  test.each<[string, string, string]>([
    [
      'connector-unknown',
      'of a connector that the Hub lacks',
      callingFlow(url).replace('>httpRequest<', '>httpRequests<'),
    ],
    ['connector-unknown', 'of no connector', callingFlow(url).replace('>httpRequest<', '><')],
    ['connector-url', 'without an address', callingFlow('')],
    ['connector-url', 'with an empty one', callingFlow(input('url', ''))],
    ['connector-url', 'of another system by a path', callingFlow(input('url', '/my/items'))],
    [
      'connector-url',
      'of the Hub by a whole address',
      hubs(input('url', 'https://hub.example.com/x')),
    ],
    ['connector-url', "of the Hub with the API's base", hubs(input('url', '/api/v2/my/items'))],
    ['connector-method', 'with an unknown method', callingFlow(url + input('method', 'POTS'))],
    ['connector-payload', 'that writes nothing', hubs(hubUrl + input('method', 'PUT'))],
    [
      'connector-body',
      'with a body and no method',
      callingFlow(url + input('json', map(entry('a', 'b')))),
    ],
    [
      'connector-option',
      'with an option of the other connector',
      callingFlow(url + input('payload', map(entry('a', 'b')))),
    ],
    [
      'connector-option',
      'with a misspelled option',
      callingFlow(url + input('haeders', map(entry('a', 'b')))),
    ],
    ['connector-type', 'with false as text', callingFlow(url + input('throwHttpErrors', 'false'))],
    [
      'connector-type',
      'with a number as text',
      callingFlow(url + input('timeout', map(entry('request', '5000')))),
    ],
    ['connector-http', 'over plain http', callingFlow(input('url', 'http://api.example.com/x'))],
    [
      'connector-status',
      'that ignores refusals',
      callingFlow(url + input('throwHttpErrors', '${false}')),
    ],
    [
      'connector-status-thrown',
      'that decides by a status code which is never there',
      callingFlow(
        url,
        '<camunda:outputParameter name="ok"><camunda:script scriptFormat="js">next(null, statusCode &lt; 400);</camunda:script></camunda:outputParameter>',
      ),
    ],
    ['settings-query', 'for every setting of the Hub', hubs(input('url', '/my/config/settings'))],
    [
      'settings-query',
      'that writes a setting without refresh',
      hubs(
        input('url', '/admin/config/settings/_a_b') +
          input('method', 'PUT') +
          input('payload', map(entry('value', 'x'))),
      ),
    ],
    [
      'setting-underscore',
      'of a setting without its underscore',
      hubs(input('url', '/my/config/settings/demo_key')),
    ],
    [
      'parameter-empty',
      'with a parameter that has no value',
      callingFlow(url + input('headers', '')),
    ],
    [
      'task-error-boundary',
      'whose failure is not caught',
      callingFlow(url).replace(
        '<bpmn:errorEventDefinition id="call-error" />',
        '<bpmn:timerEventDefinition id="t"><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>',
      ),
    ],
  ])('breaks %s: %s', async (rule, _case, bpmn) => {
    expect(await broken(bpmn)).toContain(rule);
  });
});

describe('an expression', () => {
  const withHeader = (text: string) => callingFlow(url + input('headers', map(entry('x', text))));

  test.each([
    ['expression-balance', '${environment.variables.x'],
    ['expression-balance', '${}'],
    ['expression-balance', '{environment.variables.x}'],
    ['expression-root', '${enviroment.variables.x}'],
    ['expression-path', '${environment.variabels.x}'],
    ['expression-operator', '${environment.variables.x == 1}'],
    ['expression-operator', '${environment.variables.x || 1}'],
  ])('breaks %s: %s', async (rule, text) => {
    expect(await broken(withHeader(text))).toContain(rule);
  });

  test.each([
    '${environment.variables.x}',
    'Bearer ${environment.variables.a}-${content.b}',
    '${environment.services.name(content.x, "a == b")}',
    '${true}',
    '${-1.5}',
    '${content.output.body[0].x}',
    'no expression { at all }',
  ])('is read by the engine: %s', async (text) => {
    expect(await broken(withHeader(text))).toEqual([]);
  });
});

describe('settings that a flow has read', () => {
  const read = (script: string) =>
    hubs(input('url', '/my/config/settings') + input('query', map(entry('tag', 'demo'))))
      .replace(
        '</camunda:connector></bpmn:extensionElements>',
        '</camunda:connector><camunda:inputOutput><camunda:outputParameter name="settings">${content.output.body}</camunda:outputParameter></camunda:inputOutput></bpmn:extensionElements>',
      )
      .replace(
        '<bpmn:endEvent id="done" />',
        `<bpmn:endEvent id="done"><bpmn:extensionElements><camunda:executionListener event="start"><camunda:script scriptFormat="js">${script}</camunda:script></camunda:executionListener></bpmn:extensionElements></bpmn:endEvent>`,
      );

  test('break setting-left where nobody clears them', async () => {
    expect(await broken(read('next();'))).toEqual(['setting-left']);
  });

  test.each([
    'delete environment.output.settings; next();',
    'const { output } = environment; output.settings = null; next();',
    'const all = environment.output; Object.keys(all).forEach((name) => { delete all[name]; }); next();',
  ])('break nothing after: %s', async (script) => {
    expect(await broken(read(script))).toEqual([]);
  });
});
