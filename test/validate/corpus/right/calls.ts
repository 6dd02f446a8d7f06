import { flowFile, type Node } from '../draw.js';
import { call, end, failed, gateway, js, map, script, start } from '../parts.js';
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
  'a header that names an address': {
    naive: 'the address is plain http',
    files: alone(
      calling(
        call('ask', {
          inputs: {
            url: 'https://example.com/service',
            method: 'POST',
            headers: map({ SOAPAction: 'http://services.example.com/Find' }),
            body: js('next(null, `<find xmlns="http://tempuri.org/">1</find>`);'),
          },
          taskOutputs: { found: '${content.output.body}' },
        }),
      ),
    ),
    runs: run,
  },
  'a workflow of another blueprint': {
    naive: 'there is no such workflow, and its name begins like the own one',
    files: {
      'config.json': config({ 'erp-sync': '/flows/erp-sync.bpmn' }),
      'flows/erp-sync.bpmn': calling(
        call('token', {
          connector: 'onifyApiRequest',
          inputs: { url: '/my/workflows/run/erp-get-access-token', method: 'POST' },
          taskOutputs: { token: '${content.output.body.output}' },
        }),
        [script('forget', 'delete environment.output.token;\nnext();')],
      ).replaceAll('"calling"', '"erp-sync"'),
    },
    runs: { 'flows/erp-sync.bpmn': {} },
    may: ['workflow-missing'],
  },
};
