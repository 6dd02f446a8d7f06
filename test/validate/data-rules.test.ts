import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownRules } from '../../src/blueprint/rules.js';
import { validateBlueprint } from '../../src/validate/index.js';
import { blueprintFolder, call, flow, input, rulesBroken } from './blueprint.js';

const ROOT = join(import.meta.dirname, '../..');
const START = '    <bpmn:startEvent id="asked" />';
const END = '    <bpmn:endEvent id="done" />';
const url = input('url', 'https://x.test');
const extended = (...parts: string[]) =>
  `<bpmn:extensionElements>${parts.join('')}</bpmn:extensionElements>`;
const outputs = (...parts: string[]) =>
  `<camunda:inputOutput>${parts.join('')}</camunda:inputOutput>`;
const output = (name: string, value: string) =>
  `<camunda:outputParameter name="${name}">${value}</camunda:outputParameter>`;
const inputTo = (name: string, value: string) =>
  `<camunda:inputParameter name="${name}">${value}</camunda:inputParameter>`;
const script = (id: string, text: string) =>
  `    <bpmn:scriptTask id="${id}" scriptFormat="js"><bpmn:script>${text}</bpmn:script></bpmn:scriptTask>`;
const MILESTONE =
  '<camunda:map><camunda:entry key="id">m</camunda:entry><camunda:entry key="name">M</camunda:entry></camunda:map>';

/** A call with parameters of its task, and a script behind it. */
const calling = (connectorOutputs: string, task: string, text = 'next();') =>
  flow({
    body: [
      START,
      call(url, connectorOutputs).replace(
        '</camunda:connector></bpmn:extensionElements>',
        `</camunda:connector>${task}</bpmn:extensionElements>`,
      ),
      script('work', text),
      END,
    ].join('\n'),
    ways: ['asked->call', 'call->work', 'call-failed->work', 'work->done'],
  });
const working = (body: string, ...ways: string[]) =>
  flow({ body: [START, body, END].join('\n'), ways: ['asked->work', 'work->done', ...ways] });
const broken = async (bpmn: string) =>
  (await rulesBroken({ 'flows/x.bpmn': bpmn })).filter((rule) => rule !== 'config-missing');

describe('a value', () => {
  test.each<[string, string, string]>([
    [
      'output-path',
      'that the connector does not put out',
      calling(
        output('a', '1'),
        outputs(output('a', '${content.output.a}'), output('b', '${content.output.b}')),
      ),
    ],
    [
      'output-unused',
      'that the task does not pass on',
      calling(output('a', '1'), outputs(output('b', '2'))),
    ],
    [
      'output-missing',
      'that nothing puts out',
      calling('', outputs(output('a', '1')), 'next(null, environment.output.b);'),
    ],
    [
      'sub-process-input',
      'that the sub-process does not bring in',
      working(
        `    <bpmn:subProcess id="work">${extended(outputs(inputTo('a', '1')))}<bpmn:startEvent id="s" />${script('inner', 'next(null, environment.variables.content.input.b);')}<bpmn:endEvent id="e" /><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="inner" /><bpmn:sequenceFlow id="f2" sourceRef="inner" targetRef="e" /></bpmn:subProcess>`,
      ),
    ],
  ])('breaks %s: one %s', async (rule, _case, bpmn) => {
    expect(await broken(bpmn)).toContain(rule);
  });

  test.each<[string, string]>([
    [
      'is passed on',
      calling(
        output('a', '1'),
        outputs(output('a', '${content.output.a}')),
        'next(null, environment.output.a);',
      ),
    ],
    [
      'is written by a script',
      calling('', '', 'environment.output.b = 1; next(null, environment.output.b);'),
    ],
    [
      'is the whole answer',
      calling(
        '',
        outputs(output('all', '${content.output.body}')),
        'next(null, environment.output.all);',
      ),
    ],
  ])('is there where it %s', async (_case, bpmn) => {
    expect(await broken(bpmn)).toEqual([]);
  });
});

describe('a task or an event', () => {
  test.each<[string, string, string]>([
    ['task-empty', 'that calls nothing', working('    <bpmn:serviceTask id="work" />')],
    [
      'script-empty',
      'without a script',
      working('    <bpmn:scriptTask id="work" />').replace('scriptFormat="js"', ''),
    ],
    [
      'event-empty',
      'that waits for nothing',
      working('    <bpmn:intermediateCatchEvent id="work" />'),
    ],
    [
      'milestone-open',
      'whose milestone never ends',
      calling('', outputs(inputTo('state', MILESTONE))),
    ],
    [
      'milestone-begin',
      'whose milestone never begins',
      calling('', outputs(output('state', MILESTONE.replace('"name"', '"result"')))),
    ],
    [
      'milestone-name',
      'whose milestone has no id',
      calling(
        '',
        outputs(
          inputTo('state', MILESTONE.replace('"id"', '"ide"')),
          output('state', '${content.output.body}'),
        ),
      ),
    ],
    [
      'timer-history',
      'of a process that is kept for no known time',
      working(script('work', 'next();')).replace(
        'isExecutable',
        'camunda:historyTimeToLive="long" isExecutable',
      ),
    ],
  ])('breaks %s: one %s', async (rule, _case, bpmn) => {
    expect(await broken(bpmn)).toContain(rule);
  });
});

describe('flows and forms among each other', () => {
  const role = ['user'];
  const config = (...keys: string[]) =>
    JSON.stringify({
      workflow: keys.map((key) => ({ key, bpmnresource: `/flows/${key}.bpmn`, role })),
      form: [
        { slug: 'ask', template: { form: '/forms/ask.pug' }, role, process: { workflow: keys[0] } },
      ],
    });
  const form =
    "extends ../views/form/default-form\nblock formContent\n  +formElement({ name: 'item' })\n";
  const reading = (field: string) =>
    flow({
      id: 'demo-order',
      body: [START, script('work', `next(null, environment.variables.submit.${field});`), END].join(
        '\n',
      ),
      ways: ['asked->work', 'work->done'],
    });
  const files = { 'forms/ask.pug': form, 'config.json': config('demo-order') };

  test('a field that the form lacks breaks form-input', async () => {
    expect(await rulesBroken({ ...files, 'flows/demo-order.bpmn': reading('count') })).toEqual([
      'form-input',
    ]);
  });

  test('a field that it has does not', async () => {
    expect(await rulesBroken({ ...files, 'flows/demo-order.bpmn': reading('item') })).toEqual([]);
  });

  test('a form that starts a flow which waits for a timer breaks timer-start-run', async () => {
    const timed = reading('item').replace(
      '<bpmn:startEvent id="asked" />',
      '<bpmn:startEvent id="asked"><bpmn:timerEventDefinition id="t"><bpmn:timeCycle>0 4 * * *</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>',
    );
    expect(await rulesBroken({ ...files, 'flows/demo-order.bpmn': timed })).toEqual([
      'timer-start-run',
    ]);
  });

  test.each([
    ['one of this blueprint that is not there', 'demo-odrer', ['workflow-missing']],
    ['one that begins as all of its own do', 'demo-invoice', ['workflow-missing']],
    ['one of the Hub', 'notify-someone', []],
  ])('a flow that runs %s', async (_case, key, rules) => {
    const runs = call(
      input('url', `/my/workflows/run/${key}`) + input('method', 'POST'),
      '',
      'work',
    ).replace('>httpRequest<', '>onifyApiRequest<');
    const bpmn = flow({
      id: 'demo-order',
      body: [START, runs, END].join('\n'),
      ways: ['asked->work', 'work->done', 'work-failed->done'],
    });
    const all = {
      'flows/demo-order.bpmn': bpmn,
      'flows/demo-x.bpmn': reading('item').replaceAll('demo-order', 'demo-x'),
      'forms/ask.pug': form,
      'config.json': config('demo-order', 'demo-x'),
    };
    expect(await rulesBroken(all)).toEqual(rules);
  });
});

describe('the blueprint of this package', () => {
  const changed = async (file: string, from: string | RegExp, to: string) => {
    const root = blueprintFolder({});
    for (const part of ['package.json', 'config.json', 'flows', 'forms', 'resources']) {
      cpSync(join(ROOT, part), join(root, part), { recursive: true });
    }
    const text = readFileSync(join(root, file), 'utf8');
    writeFileSync(join(root, file), text.replace(from, to));
    expect(text.replace(from, to)).not.toBe(text);
    return (await validateBlueprint(root, ownRules(root))).findings.map(({ rule }) => rule);
  };
  const REFRESH = 'flows/fortnox-refresh-access-token.bpmn';

  test.each<[string, string, string, string | RegExp, string]>([
    [
      'fortnox-token-call',
      'follows a redirect with the token',
      REFRESH,
      '<camunda:inputParameter name="followRedirect">${false}</camunda:inputParameter>',
      '',
    ],
    [
      'fortnox-token-call',
      'has no limit for a call',
      REFRESH,
      /<camunda:inputParameter name="timeout">.*\n/,
      '\n',
    ],
    [
      'fortnox-settings-call',
      'reads settings as whoever runs it',
      REFRESH,
      'onifyElevatedApiRequest',
      'onifyApiRequest',
    ],
    [
      'fortnox-write',
      'may read an old token after a save',
      REFRESH,
      '<camunda:entry key="refresh">true</camunda:entry>',
      '<camunda:entry key="x">true</camunda:entry>',
    ],
    [
      'fortnox-schedule',
      'refreshes at no time by itself',
      'flows/fortnox-refresh-schedule.bpmn',
      /<bpmn:timerEventDefinition id="every-day[\s\S]*?<\/bpmn:timerEventDefinition>/,
      '',
    ],
    [
      'setting-unknown',
      'reads a setting that nobody creates',
      'resources/scripts/fortnox/read-settings.js',
      '_fortnox_app_clientid',
      '_fortnox_app_clientids',
    ],
    [
      'setting-underscore',
      'reads a setting without its underscore',
      'resources/scripts/fortnox/read-settings.js',
      'settings._fortnox',
      'settings.fortnox',
    ],
  ])('breaks %s where it %s', async (rule, _case, file, from, to) => {
    expect(await changed(file, from, to)).toContain(rule);
  });
});
