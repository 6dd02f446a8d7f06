import { flowFile, type Node } from '../draw.js';
import {
  call,
  end,
  failed,
  gateway,
  inputOutput,
  js,
  listener,
  map,
  script,
  start,
} from '../parts.js';
import { alone, config, type Right } from './right.js';

/** A flow that makes one call, with its error boundary. */
export function calling(node: Node, more: readonly Node[] = []): string {
  const chain = ['started', node.id, ...more.map(({ id }) => id), 'done'];
  return flowFile({
    id: 'calling',
    nodes: [start(), node, failed(node.id), ...more, end(), end('gave-up')],
    ways: [
      ...chain.slice(1).map((id, index) => `${chain[index]} -> ${id}`),
      `${node.id}-failed -> gave-up`,
    ],
  });
}

const run = { 'flow.bpmn': { input: { customer: 'Ek & Co', key: 'other-flow' } } };

/** Right calls of connectors. */
export const rightCalls: Readonly<Record<string, Right>> = {
  "got's time limit and retries": {
    naive: 'timeout and retry have to be numbers',
    files: alone(
      calling(
        call('fetch', {
          inputs: {
            url: 'https://example.com/orders',
            method: 'GET',
            responseType: 'json',
            throwHttpErrors: '${true}',
            timeout: map({ request: '${5000}' }),
            retry: map({ limit: '${0}' }),
            searchParams: map({ customer: '${environment.variables.input.customer}' }),
          },
          taskOutputs: { order: '${content.output.body.id}' },
        }),
      ),
    ),
    runs: run,
    output: { order: 7 },
  },
  'a parameter that stands twice': {
    naive: 'the first one counts: its address is wrong and its method lacks a body',
    files: alone(
      calling(
        call('fetch', {
          inputs: { url: 'https://example.com/orders', method: 'GET', responseType: 'json' },
          taskOutputs: { order: '${content.output.body.id}' },
        }),
      ).replace(
        '<camunda:inputParameter name="method">GET',
        '<camunda:inputParameter name="method">FETCH</camunda:inputParameter>\n          <camunda:inputParameter name="method">GET',
      ),
    ),
    runs: run,
    told: ['parameter-twice'],
    output: { order: 7 },
  },
  'an entry that stands twice becomes a list': {
    naive: 'the key stands twice, so one of them is lost',
    files: alone(
      calling(
        call('tell', {
          connector: 'onifyApiRequest',
          inputs: {
            url: '/my/bulletins',
            method: 'POST',
            payload:
              '<camunda:map><camunda:entry key="role">user</camunda:entry><camunda:entry key="role">admin</camunda:entry></camunda:map>',
          },
        }),
      ),
    ),
    runs: run,
  },
  'the answer without outputs of the connector': {
    naive: 'the connector puts nothing out',
    files: alone(
      calling(
        call('fetch', {
          inputs: { url: 'https://example.com/orders', responseType: 'json' },
          taskOutputs: {
            code: '${content.output.statusCode}',
            order: '${content.output.body}',
            type: js("next(null, content.output.headers['content-type']);"),
          },
        }),
      ),
    ),
    runs: run,
  },
  'outputs read from the answer': {
    naive: 'body and statusCode are no roots of an expression',
    files: alone(
      calling(
        call('fetch', {
          inputs: { url: 'https://example.com/orders', responseType: 'json' },
          outputs: {
            order: '${body.id}',
            code: '${statusCode}',
            all: js('next(null, { statusCode, body });'),
          },
          taskOutputs: {
            order: '${content.output.order}',
            code: '${content.output.code}',
            all: js('next(null, content.output.all);'),
          },
        }),
      ),
    ),
    runs: run,
    output: { order: 7, code: 200 },
  },
  'neighbours in a container': {
    naive: 'plain http is read along',
    files: alone(
      flowFile({
        id: 'neighbours',
        nodes: [
          start(),
          call('near', {
            inputs: { url: 'http://localhost:9200/orders/_search', responseType: 'json' },
            taskOutputs: { near: '${content.output.body.id}' },
          }),
          failed('near'),
          call('beside', {
            inputs: { url: 'http://elasticsearch:9200/orders', responseType: 'json' },
            taskOutputs: { beside: '${content.output.body.id}' },
          }),
          failed('beside'),
          script('address', "next(null, 'http://onify-api:8181/api/v2/my');"),
          end(),
          end('gave-up'),
        ],
        ways: [
          'started -> near',
          'near -> beside',
          'beside -> address',
          'address -> done',
          'near-failed -> gave-up',
          'beside-failed -> gave-up',
        ],
      }),
    ),
    runs: run,
  },
  'a refusal that is looked at later': {
    naive: 'errors are not thrown and the output does not look at the status code',
    files: alone(
      flowFile({
        id: 'looks-later',
        nodes: [
          start(),
          call('find', {
            inputs: {
              url: 'https://example.com/orders/1',
              responseType: 'json',
              throwHttpErrors: '${false}',
            },
            taskOutputs: { found: '${content.output}' },
          }),
          failed('find'),
          gateway('there', 'make'),
          script('make', 'next(null, 1);'),
          end(),
          end('gave-up'),
        ],
        ways: [
          'started -> find',
          'find -> there',
          'there -> done ? js: next(null, environment.output.found.statusCode === 200);',
          'there -> make',
          'make -> done',
          'find-failed -> gave-up',
        ],
      }),
    ),
    runs: run,
  },
  'a token that is cleared': {
    naive: 'the token and the settings stay in the output',
    files: alone(
      flowFile({
        id: 'clears',
        nodes: [
          start(),
          call('read-settings', {
            connector: 'onifyElevatedApiRequest',
            inputs: { url: '/my/config/settings?tag=orders', method: 'GET' },
            taskOutputs: { settings: '${content.output.body}' },
          }),
          failed('read-settings'),
          call('fetch', {
            inputs: {
              url: 'https://example.com/orders',
              responseType: 'json',
              headers: map({ Authorization: 'Bearer ${environment.output.settings.access_token}' }),
            },
            taskOutputs: { order: '${content.output.body.id}' },
          }),
          failed('fetch'),
          script(
            'clear',
            'for (const name of Object.keys(environment.output)) {\n  if (name !== "order") delete environment.output[name];\n}\nnext();',
          ),
          script(
            'fail',
            'const { message } = environment.output.problem ?? {};\nenvironment.output = {};\nnext(new Error(message ?? "The call failed."));',
          ),
          end(),
          end('never'),
        ],
        ways: [
          'started -> read-settings',
          'read-settings -> fetch',
          'fetch -> clear',
          'clear -> done',
          'read-settings-failed -> fail',
          'fetch-failed -> fail',
          'fail -> never',
        ],
      }).replace(
        '<bpmn:boundaryEvent id="fetch-failed" name="Fetch failed" attachedToRef="fetch">',
        `$&\n      <bpmn:extensionElements>${inputOutput({}, { problem: js('next(null, { message: content.output?.message });') })}</bpmn:extensionElements>`,
      ),
    ),
    runs: run,
    output: { order: 7 },
  },
  'form bodies and encoded addresses': {
    naive: 'a POST needs a payload; values stand in an address unencoded',
    files: alone(
      calling(
        call('token', {
          inputs: {
            url: 'https://example.com/oauth/token',
            method: 'POST',
            responseType: 'json',
            form: map({ grant_type: 'client_credentials', scope: 'orders' }),
          },
          taskOutputs: { kind: '${content.output.body.token_type}' },
        }),
        [
          script(
            'encode',
            'environment.output.address = `https://example.com/c/${encodeURIComponent(environment.variables.input.customer)}`;\nnext();',
          ),
          call('find', {
            inputs: { url: '${environment.output.address}', responseType: 'json' },
            taskOutputs: { id: '${content.output.body.id}' },
          }),
        ],
      ),
    ),
    runs: run,
    told: ['task-error-boundary'],
  },
  'runs a flow that is named at run time': {
    naive: 'there is no such workflow in the blueprint',
    files: {
      'config.json': config({ calling: '/flows/calling.bpmn' }),
      'resources/flows/calling.bpmn': calling(
        call('run-other', {
          connector: 'onifyApiRequest',
          inputs: {
            url: '/my/workflows/run/${environment.variables.input.key}',
            method: 'POST',
            payload: '${environment.variables.input}',
          },
          taskOutputs: { answer: '${content.output.body.output}' },
        }),
        [
          call('run-hub', {
            connector: 'onifyApiRequest',
            inputs: {
              url: '/my/workflows/run/purge-processes',
              method: 'POST',
              payload: map({ hours: '${24}' }),
            },
          }),
        ],
      ),
    },
    runs: { 'resources/flows/calling.bpmn': { input: { key: 'a' } } },
    told: ['task-error-boundary'],
  },
  'six calls of which five are not caught': {
    naive: 'one finding for each of them',
    files: alone(
      flowFile({
        id: 'uncaught',
        nodes: [
          start(),
          ...[1, 2, 3, 4, 5, 6].map((at) =>
            call(`step-${at}`, {
              inputs: { url: `https://example.com/${at}` },
              taskOutputs: { [`r${at}`]: '${content.output.statusCode}' },
            }),
          ),
          failed('step-6'),
          end(),
          end('gave-up'),
        ],
        ways: [
          'started -> step-1',
          ...[2, 3, 4, 5, 6].map((at) => `step-${at - 1} -> step-${at}`),
          'step-6 -> done',
          'step-6-failed -> gave-up',
        ],
      }),
    ),
    runs: run,
    told: ['task-error-boundary'],
  },
  'status, process tags and an alert': {
    naive: 'status and process are written by nobody who reads them',
    files: alone(
      calling(
        call('fetch', {
          inputs: { url: 'https://example.com/orders', responseType: 'json' },
          taskInputs: {
            state: map({ id: 'fetch', name: 'Fetch' }),
            process: js("next(null, { tag: ['order'] });"),
          },
          taskOutputs: {
            state: js("next(null, { id: 'fetch', result: { done: true } });"),
            status: map({
              statuskey: 'continue',
              statuscode: '${content.output.statusCode}',
              statusmessage: 'Fetched',
              alert_stateid: 'fetch',
            }),
            output: js('next(null, { id: content.output.body.id });'),
          },
          extension: listener('environment.output.at = 1;\nnext();'),
        }),
      ).replace(
        '<bpmn:boundaryEvent id="fetch-failed" name="Fetch failed" attachedToRef="fetch">',
        `$&\n      <bpmn:extensionElements>${inputOutput({}, { state: js("next(null, { id: 'fetch', result: { error: true } });") })}</bpmn:extensionElements>`,
      ),
    ),
    runs: run,
  },
  'a named result': {
    naive: 'nothing puts order or sum into the output',
    files: alone(
      calling(
        {
          ...call('fetch', { inputs: { url: 'https://example.com/orders', responseType: 'json' } }),
          attributes: 'camunda:resultVariable="order"',
        },
        [
          {
            ...script('add', 'next(null, 2);'),
            attributes: 'scriptFormat="js" camunda:resultVariable="sum"',
          },
          script(
            'use',
            'next(null, { order: environment.output.order, sum: environment.output.sum });',
          ),
        ],
      ),
    ),
    runs: run,
  },
};
