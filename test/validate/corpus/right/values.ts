import { flowFile } from '../draw.js';
import { call, end, failed, inputOutput, js, listener, map, script, start } from '../parts.js';
import { calling } from './calls.js';
import { alone, config, RESULT, type Right } from './right.js';
import { single } from './scripts.js';

const run = { 'flow.bpmn': { input: { customer: 'Ek & Co', rows: [{ id: 4 }, { id: 5 }] } } };

/** Right values, expressions, listeners and documents. */
export const rightValues: Readonly<Record<string, Right>> = {
  'every input made by a script': {
    naive: 'the address, the method and the body are missing',
    files: alone(
      calling(
        call('send', {
          inputs: {
            url: js(
              'next(null, `https://example.com/orders/${encodeURIComponent(environment.variables.input.customer)}`);',
            ),
            method: js("next(null, 'PUT');"),
            responseType: 'json',
            headers: js("next(null, { 'x-request-id': String(Date.now()) });"),
            json: js('next(null, { rows: environment.variables.input.rows });'),
            timeout: js('next(null, { request: 15000 });'),
          },
          taskOutputs: { id: '${content.output.body.id}' },
        }),
      ),
    ),
    runs: run,
    output: { id: 7 },
  },
  'indexes and members in expressions': {
    naive: 'brackets are an operator; ${20} is no text',
    files: alone(
      calling(
        call('list', {
          connector: 'onifyApiRequest',
          inputs: {
            url: '/admin/processes',
            method: 'GET',
            query: map({
              query: 'status:error AND NOT tag:old',
              pagesize: '${20}',
              first: '${environment.variables.input.rows[0].id}',
              last: '${environment.variables.input.rows[-1].id}',
            }),
          },
          taskOutputs: {
            first: '${content.output.body.records[0]}',
            last: '${environment.variables.input.rows[-1].id}',
          },
        }),
      ),
    ),
    runs: run,
    output: { last: 5 },
  },
  'a body as JSON text': {
    naive: 'the curly brackets are not closed; the text is a secret',
    files: alone(
      calling(
        call('send', {
          inputs: {
            url: 'https://example.com/search',
            method: 'POST',
            headers: map({ 'Content-Type': 'application/json' }),
            body: '{"query": {"match": {"password_policy": "strict-policy"}}, "size": 10}',
          },
        }),
      ),
    ),
    runs: run,
  },
  'conditions that name a file': {
    naive: 'the condition is empty',
    files: {
      'config.json': config({ judged: '/flows/judged.bpmn' }),
      'resources/flows/judged.bpmn': flowFile({
        id: 'judged',
        nodes: [
          start(),
          { type: 'exclusiveGateway', id: 'which', attributes: 'default="which-no"' },
          end('yes'),
          end('no'),
        ],
        ways: ['started -> which', 'which -> yes ? js: here', 'which -> no'],
      }).replace(
        'language="javascript">here<',
        'language="javascript" camunda:resource="/scripts/judged/is-large.js"><',
      ),
      'resources/scripts/judged/is-large.js':
        'next(null, environment.variables.input.rows.length > 1);\n',
    },
    runs: { 'resources/flows/judged.bpmn': { input: { rows: [1, 2] } } },
  },
  'listeners on the process, on events and on paths': {
    naive: 'a listener stands on tasks only; what it writes is never made',
    files: alone(
      flowFile({
        id: 'listened',
        nodes: [
          { ...start(), extension: listener('environment.output.began = 1;\nnext();') },
          script(
            'use',
            'next(null, environment.output.began);',
            listener("if (environment.output.began) logger.info('begun');\nnext();", 'start'),
          ),
          {
            ...end(),
            extension:
              '<camunda:executionListener event="start" expression="${environment.output.began}" />\n',
          },
        ],
        ways: ['started -> use', 'use -> done'],
      }),
    ),
    runs: run,
    output: { began: 1 },
  },
  'a failure that a sub-process catches': {
    naive: 'a script that always fails makes a flow that always fails',
    files: alone(
      flowFile({
        id: 'caught',
        nodes: [
          start(),
          {
            type: 'transaction',
            id: 'try',
            nodes: [
              start('try-begun'),
              script('break', "next(new Error('broken'));"),
              end('try-over'),
            ],
            ways: ['try-begun -> break', 'break -> try-over'],
          },
          failed(
            'try',
            inputOutput({}, { problem: js('next(null, content.output?.message ?? "unknown");') }),
          ),
          script('explain', 'next(null, environment.output.problem);'),
          end(),
        ],
        ways: ['started -> try', 'try -> done', 'try-failed -> explain', 'explain -> done'],
      }),
    ),
    runs: run,
  },
  'a value that is written into before it is read whole': {
    naive: 'nothing puts totals into the output',
    files: alone(
      flowFile({
        id: 'adds-up',
        nodes: [
          start(),
          script(
            'begin',
            "Object.assign(environment.output, { totals: {}, ['log' + 1]: [] });\nnext();",
          ),
          script(
            'add',
            "const { output } = environment;\noutput.sum = 0;\nfor (const { id } of environment.variables.input.rows) output.sum += id;\nenvironment.output.totals['all'] = output.sum;\nnext();",
          ),
          script(
            'use',
            'next(null, [environment.output.totals.all, environment.output.sum, environment.output.log1]);',
          ),
          end(),
        ],
        ways: ['started -> begin', 'begin -> add', 'add -> use', 'use -> done'],
      }),
    ),
    runs: run,
    output: { sum: 9, totals: { all: 9 } },
  },
  'documentation that speaks of secrets and of other addresses': {
    naive: 'there is a password, a token and plain http',
    files: alone(
      single(
        script(
          'step',
          "// The client_secret: 'is kept in a setting'; see http://www.w3.org/TR/webarch\nnext(null, 1);",
        ),
      ).replace(
        '<bpmn:startEvent id="started" name="Started">',
        '<bpmn:startEvent id="started" name="Started">\n      <bpmn:documentation>Set "password": "&lt;your password&gt;". Send Authorization: Bearer {token}.</bpmn:documentation>',
      ),
    ),
    runs: run,
  },
  'starts another process and looks at it': {
    naive: 'the addresses have a variable part; the method has no body',
    files: alone(
      calling(
        call('begin', {
          connector: 'onifyApiRequest',
          inputs: {
            url: '/my/processes/start/purge-processes',
            method: 'POST',
            payload: map({ title: 'Purge', input: '${environment.variables.input}' }),
          },
          taskOutputs: { processId: '${content.output.body.id}' },
        }),
        [
          call('look', {
            connector: 'onifyApiRequest',
            inputs: {
              url: '/my/processes/${environment.output.processId}/status',
              method: 'GET',
              throwHttpErrors: '${false}',
            },
            taskOutputs: {
              isDone: js(
                "next(null, content.output.statusCode === 200 && content.output.body.status !== 'error');",
              ),
            },
          }),
        ],
      ),
    ),
    runs: run,
    told: ['task-error-boundary'],
    output: { isDone: true },
  },
  'a form that only runs flows by its buttons': {
    naive: 'the form starts nothing; the object spans lines',
    files: {
      'config.json': `${JSON.stringify(
        {
          form: [
            {
              slug: 'look-up',
              name: 'Look up',
              template: { form: '/forms/look-up.pug' },
              role: ['user'],
              tag: ['orders'],
              noninteractive: true,
            },
          ],
          workflow: [
            {
              key: 'one-step',
              bpmnresource: '/flows/one-step.bpmn',
              role: ['user'],
              icon: { name: 'search' },
            },
          ],
        },
        undefined,
        2,
      )}\n`,
      'resources/flows/one-step.bpmn': single(
        script('step', 'next(null, environment.variables.input);'),
      ),
      'resources/forms/look-up.pug': `extends ../views/form/default-form

//- The page has no submit button.
append formConfig
  +formOptions({
    hideSubmitButton: true,
    pageTitle: t('Look up'),
  })

append formContent
  style.
    .wide { width: 100% }
  .wide
    +formElement({
      name: 'customer',
      label: 'Customer',
      required: true,
    })
    +formElement({
      name: 'found',
      type: 'runWorkflow',
      buttonLabel: 'Look up',
      workflow: 'one-step',
      timeout: 60,
      input: {customer: '{customer}', by: user.key},
    })
`,
    },
    runs: { 'resources/flows/one-step.bpmn': { input: {} } },
    may: ['config-process'],
  },
  'tests and tools beside the blueprint': {
    naive: 'the tests use require, and the mocks hold tokens',
    files: {
      'config.json': config({ 'one-step': '/flows/one-step.bpmn' }),
      'resources/flows/one-step.bpmn': single(script('step', 'next(null, 1);')),
      'test/flow.test.js':
        "const assert = require('node:assert');\nconst token = 'Bearer 4f9aB2c7D1e8F0a3B6c9';\nassert.ok(token);\n",
      'node_modules/x/index.js': 'module.exports = require("fs");\n',
      '.github/workflows/ci.yml': 'on: push\n',
      'eslint.config.mjs': 'export default [];\n',
      'package.json': '{"name": "x", "scripts": {"test": "mocha"}}\n',
    },
    runs: { 'resources/flows/one-step.bpmn': {} },
  },
  'a page after the submit that shows how it goes': {
    naive: 'two elements have no name',
    files: {
      'config.json': config(
        { 'one-step': '/flows/one-step.bpmn' },
        { ask: ['/forms/ask.pug', '/forms/ask-result.pug', 'one-step'] },
      ),
      'resources/flows/one-step.bpmn': single(script('step', 'next(null, 1);')),
      'resources/forms/ask.pug':
        "extends ../views/form/default-form\n\nblock formContent\n  +formElement({name: 'who', label: 'Who'})\n",
      'resources/forms/ask-result.pug': RESULT.replace(
        'p Thank you',
        "+formElement({type: 'processState'})\n  +formElement({type: 'processOutput', format: 'html', loadingText: 'Wait'})",
      ),
    },
    may: ['form-html'],
    runs: { 'resources/flows/one-step.bpmn': {} },
  },
};
