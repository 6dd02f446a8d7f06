import { describe, expect, test } from 'vitest';
import { parseFlow } from '../../sandbox/engine/flow.js';
import { prunedElements } from '../../sandbox/engine/pruned.js';
import { type FlowServices, type Service, wrapped } from '../../sandbox/engine/run.js';
import type { FaultOrder } from '../../sandbox/net/faults.js';
import { type Role, World } from '../../sandbox/world.js';

const TOKEN_CALL = {
  url: 'https://apps.fortnox.se/oauth-v1/token',
  method: 'POST',
  form: { grant_type: 'refresh_token', refresh_token: 'made up' },
};

/** A flow with one service task, whose failures are all caught. */
function flowWith(connector: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
<bpmn:process id="p" isExecutable="true">
<bpmn:startEvent id="start" /><bpmn:sequenceFlow id="to-call" sourceRef="start" targetRef="call" />
<bpmn:serviceTask id="call"><bpmn:extensionElements><camunda:connector>
<camunda:connectorId>${connector}</camunda:connectorId><camunda:inputOutput>
<camunda:inputParameter name="options">\${environment.variables.options}</camunda:inputParameter>
</camunda:inputOutput></camunda:connector></bpmn:extensionElements></bpmn:serviceTask>
<bpmn:boundaryEvent id="failed" attachedToRef="call"><bpmn:errorEventDefinition id="e" /></bpmn:boundaryEvent>
<bpmn:sequenceFlow id="to-end" sourceRef="call" targetRef="end" /><bpmn:endEvent id="end" />
<bpmn:sequenceFlow id="to-caught" sourceRef="failed" targetRef="caught" /><bpmn:endEvent id="caught" />
</bpmn:process></bpmn:definitions>`;
}

/** Makes one call with a connector, in a world of its own. */
async function called(
  connector: 'httpRequest' | 'onifyApiRequest' | 'onifyElevatedApiRequest',
  options: Record<string, unknown>,
  { role = 'admin', fault }: { role?: Role; fault?: FaultOrder } = {},
) {
  const world = new World({ start: 0, resourcesDir: '/nowhere' });
  world.settings.post({ key: '_a', value: 'x', tag: ['fortnox'], role: ['admin'] });
  if (fault) {
    world.faults.order(fault);
  }
  const flow = await parseFlow(flowWith(connector), prunedElements);
  let answer: { statusCode: number; body: unknown } | undefined;
  let code: unknown;
  const spread =
    (service: Service): Service =>
    ({ options }, message, callback) =>
      service(options as Record<string, unknown>, message, (error, result) => {
        answer = result as typeof answer;
        code = (error as { code?: unknown } | null)?.code;
        callback(error, result);
      });
  const between = (services: FlowServices) =>
    wrapped(services, (_name, service) => spread(service));
  const run = world.run(flow, { variables: { options }, role, between });
  const { ok, error } = await world.clock.until(run);
  return { ok, message: error?.message, answer, code, seconds: world.clock.now() / 1000 };
}

describe('a connector that is used wrongly fails the run, boundary event or not', () => {
  test.each([
    ['httpRequest', { ...TOKEN_CALL, payload: {} }, /Unexpected option: payload/],
    ['httpRequest', { ...TOKEN_CALL, timeout: 15_000 }, /timeout.*plain object/],
    ['httpRequest', { ...TOKEN_CALL, throwHttpErrors: 'false' }, /boolean/],
    ['onifyApiRequest', { url: '/x', timeout: { request: 1 } }, /has no option "timeout"/],
    ['onifyApiRequest', { url: 'https://hub/x' }, /begins with "\/"/],
    ['onifyElevatedApiRequest', { url: '/x', throwHttpErrors: 'no' }, /as a boolean/],
  ] as const)('%s with %o', async (connector, options, message) => {
    const done = await called(connector, options);
    expect(done.ok).toBe(false);
    expect(done.message).toMatch(message);
  });
});

describe('rights', () => {
  const write = {
    url: '/admin/config/settings/_a',
    method: 'PUT',
    payload: { value: 'y' },
    throwHttpErrors: false,
  };
  test.each([
    ['onifyApiRequest', 'user', 403],
    ['onifyApiRequest', 'admin', 200],
    ['onifyElevatedApiRequest', 'user', 200],
  ] as const)('%s, run as %s, is answered %i', async (connector, role, status) => {
    expect((await called(connector, write, { role })).answer?.statusCode).toBe(status);
  });

  test.each([
    ['onifyApiRequest', {}],
    ['onifyElevatedApiRequest', { _a: 'x' }],
  ] as const)('%s, run as a user, sees the settings %o', async (connector, body) => {
    const options = { url: '/my/config/settings', query: { tag: 'fortnox' } };
    expect((await called(connector, options, { role: 'user' })).answer?.body).toEqual(body);
  });
});

describe('httpRequest', () => {
  test('hands the text of an answer to the flow, or its JSON where it is asked for', async () => {
    const quiet = { ...TOKEN_CALL, throwHttpErrors: false };
    expect((await called('httpRequest', quiet)).answer?.body).toMatch(/"error":"invalid_client"/);
    const asJson = { ...quiet, responseType: 'json' };
    expect((await called('httpRequest', asJson)).answer?.body).toMatchObject({
      error: 'invalid_client',
    });
  });

  test('fails with the time-out that it was told, by the clock of the world', async () => {
    const options = { ...TOKEN_CALL, timeout: { request: 9000 } };
    const done = await called('httpRequest', options, {
      fault: { side: 'fortnox', kind: 'hang' },
    });
    expect([done.code, done.seconds]).toEqual(['ETIMEDOUT', 9]);
  });

  test('reaches no host but Fortnox', async () => {
    const options = { ...TOKEN_CALL, url: 'https://example.com/', throwHttpErrors: false };
    expect((await called('httpRequest', options)).code).toBe('ENOTFOUND');
  });
});
