import { flowFile } from '../draw.js';
import { call, end, failed, inputOutput, js, listener, map, script, start } from '../parts.js';
import { calling } from './calls.js';
import { alone, config, type Right } from './right.js';

const run = { 'flow.bpmn': { input: { customer: 'Ek & Co' } } };

/** Right tasks: secrets, bodies, other flows, what the Hub is told. */
export const rightTasks: Readonly<Record<string, Right>> = {
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
        call('choose', {
          connector: 'onifyElevatedApiRequest',
          inputs: { url: '/admin/workflows', method: 'GET', query: map({ query: 'tag:orders' }) },
          taskOutputs: {
            flowKey: js("next(null, content.output.body.records[0]?.key ?? 'send-order');"),
          },
        }),
        [
          call('run-other', {
            connector: 'onifyApiRequest',
            inputs: {
              url: '/my/workflows/run/${environment.output.flowKey}',
              method: 'POST',
              payload: '${environment.variables.input}',
            },
            taskOutputs: { answer: '${content.output.body.output}' },
          }),
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
