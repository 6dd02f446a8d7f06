import { flowFile, type Node } from '../draw.js';
import { call, end, failed, js, listener, script, scriptFile, start } from '../parts.js';
import { alone, config, type Right } from './right.js';

/** A flow of one node. */
export function single(node: Node, id = 'one-step'): string {
  return flowFile({
    id,
    nodes: [start(), node, end()],
    ways: [`started -> ${node.id}`, `${node.id} -> done`],
  });
}

const run = { 'flow.bpmn': { input: { name: 'Åsa Ek', items: [1, 2, 3] } } };

/** Right scripts. */
export const rightScripts: Readonly<Record<string, Right>> = {
  'scripts of the Onify Agent run under Node': {
    naive: 'require, process, setTimeout and module are not in the sandbox; next is never called',
    files: {
      'config.json': config({ 'one-step': '/flows/one-step.bpmn' }),
      'resources/flows/one-step.bpmn': single(script('step', 'next(null, 1);')),
      'resources/agent/scripts/read-disk.js':
        "const fs = require('node:fs');\nsetTimeout(() => {\n  process.stdout.write(JSON.stringify({ free: fs.statfsSync('/').bfree }));\n}, 10);\nmodule.exports = {};\n",
      'resources/agent/scripts/list-users.ps1':
        '$users = Get-ADUser -Filter *\nWrite-Output ($users | ConvertTo-Json)\n',
      'resources/agent/scripts/esm.mjs': "import os from 'node:os';\nconsole.log(os.hostname());\n",
    },
    runs: { 'resources/flows/one-step.bpmn': {} },
  },
  'names that the Hub adds': {
    naive: 'jwt, encrypt, decrypt and contextName are declared nowhere',
    files: alone(
      single(
        script(
          'sign',
          "const hidden = encrypt('text', 'hex');\nconst shown = decrypt(hidden, 'hex');\nconst assertion = jwt.sign({ iss: contextName, sub: shown }, 'key', { algorithm: 'RS256' });\nenvironment.output.subject = jwt.verify(assertion, 'key').sub;\nnext();",
        ),
      ),
    ),
    runs: run,
    output: { subject: 'app' },
  },
  'functions of newer Hubs, asked for first': {
    naive: 'functions is declared nowhere, and slugify is no member of it',
    files: alone(
      single(
        script(
          'slug',
          "const slug = typeof functions === 'undefined' ? 'a' : functions.slugify('A b');\nconst isMail = typeof functions !== 'undefined' && functions.validateEmail('a@b.se');\nconst id = typeof functions === 'object' ? functions.generateUuid() : '1';\nenvironment.output.made = { slug, isMail, id };\nnext();",
        ),
      ),
    ),
    runs: run,
  },
  'scripts that are called for their side effect': {
    naive: 'next() gives no value, so the parameter stays empty',
    files: alone(
      single(
        call('fetch', {
          inputs: { url: 'https://example.com/orders' },
          taskInputs: { prepare: js('environment.output.began = Date.now() > 0;\nnext();') },
          taskOutputs: {
            orders: '${content.output.body}',
            note: js("logger.debug('fetched');\nnext();"),
          },
          extension: listener('environment.output.listened = true;\nnext();', 'start'),
        }),
      ),
    ),
    runs: run,
    told: ['task-error-boundary'],
    output: { began: true, listened: true },
  },
  'next is handed on': {
    naive: 'next is never called here, or not on every path',
    files: alone(
      flowFile({
        id: 'handed-on',
        nodes: [
          start(),
          script('promise', 'Promise.resolve(1).then((value) => next(null, value), next);'),
          script('bare', 'Promise.resolve().then(() => next());'),
          script(
            'async',
            'async function work() {\n  return 2;\n}\nwork().then((v) => next(null, v)).catch(next);',
          ),
          script(
            'finally',
            'try {\n  JSON.parse("{");\n} catch (error) {\n  environment.output.caught = error.message;\n} finally {\n  next();\n}',
          ),
          script(
            'switch',
            "switch (typeof environment.variables.input) {\n  case 'object':\n    next(null, 1);\n    break;\n  default:\n    next(null, 2);\n}",
          ),
          script('helper', 'const answer = (value) => next(null, value);\n[1].forEach(answer);'),
          script(
            'iife',
            '(function main(done) {\n  if (!environment.variables.input) {\n    return done(null, 0);\n  }\n  return done(null, 1);\n})(next);',
          ),
          end(),
        ],
        ways: [
          'started -> promise',
          'promise -> bare',
          'bare -> async',
          'async -> finally',
          'finally -> switch',
          'switch -> helper',
          'helper -> iife',
          'iife -> done',
        ],
      }),
    ),
    runs: run,
  },
  'scopes as the language has them': {
    naive: 'var, function and label names are used before or outside of where they stand',
    files: alone(
      single(
        script(
          'scopes',
          "if (environment.variables.input) {\n  var total = sum(environment.variables.input.items);\n}\nfunction sum(items) {\n  let all = 0;\n  outer: for (const item of items) {\n    if (item > 9) continue outer;\n    all += item;\n  }\n  return all;\n}\nconst { name: given = 'none', ...rest } = environment.variables.input ?? {};\nclass Person { #name; constructor(name) { this.#name = name; } get name() { return this.#name; } }\nif (typeof window === 'undefined') {\n  environment.output.all = { total, who: new Person(given).name, rest, at: new Intl.NumberFormat('sv').format(1) };\n}\nnext();",
        ),
      ),
    ),
    runs: run,
  },
  'one file for a task and for a connector': {
    naive: 'body and statusCode are declared nowhere; the file is not used',
    files: {
      'flows/shared.bpmn': flowFile({
        id: 'shared',
        nodes: [
          start(),
          call('fetch', {
            inputs: { url: 'https://example.com/orders' },
            outputs: {
              order: '<camunda:script scriptFormat="js" resource="/scripts/shared/order.js" />',
            },
            taskOutputs: { order: '${content.output.order}' },
          }),
          failed('fetch'),
          scriptFile('again', '/scripts/shared/order.js'),
          end(),
        ],
        ways: ['started -> fetch', 'fetch -> again', 'again -> done', 'fetch-failed -> again'],
      }),
      'scripts/shared/order.js':
        "// Reads the answer where there is one.\nconst order = typeof body === 'undefined' ? environment.output.order : body;\nnext(null, order);\n",
    },
    runs: { 'flows/shared.bpmn': {} },
  },
  'CDATA and entities': {
    naive: 'an ampersand or a smaller-than is not escaped, or stands escaped in the script',
    files: alone(
      single({
        type: 'scriptTask',
        id: 'compare',
        attributes: 'scriptFormat="JavaScript"',
        inner:
          '<bpmn:script><![CDATA[\nif (1 < 2 && "a&amp;b".length > 3) {\n  environment.output.less = true;\n}\nnext();\n]]></bpmn:script>',
      }),
    ),
    runs: run,
    output: { less: true },
  },
  'a script of another language': {
    naive: 'its Python has a syntax error and never calls next',
    files: alone(
      flowFile({
        id: 'ported',
        nodes: [
          start(),
          { type: 'exclusiveGateway', id: 'choose', attributes: 'default="choose-done"' },
          {
            type: 'scriptTask',
            id: 'old',
            attributes: 'scriptFormat="python"',
            inner:
              '<bpmn:script>import json\ndef f(x):\n    return fetch(x)\nprint(f(None))</bpmn:script>',
          },
          end(),
        ],
        ways: [
          'started -> choose',
          'choose -> old ? ${environment.variables.input.old}',
          'choose -> done',
          'old -> done',
        ],
      }),
    ),
    runs: run,
    told: ['script-format'],
  },
};
