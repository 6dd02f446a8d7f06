import { describe, expect, test } from 'vitest';
import { findings, flow, rulesBroken } from './blueprint.js';

const entry = { key: 'order-it', bpmnresource: '/flows/order-it.bpmn', role: ['user'] };
const form = {
  slug: 'order',
  template: { form: '/forms/order.pug' },
  role: ['user'],
  process: { workflow: 'order-it' },
};
const sound = {
  'flows/order-it.bpmn': flow({
    id: 'order-it',
    body: '    <bpmn:startEvent id="asked" />\n    <bpmn:endEvent id="done" />',
    ways: ['asked->done'],
  }),
  'forms/order.pug': 'extends ../views/form/default-form\nblock formContent\n  p x\n',
};
const json = (value: unknown) => JSON.stringify(value);
const files = (config: unknown) => ({
  ...sound,
  'config.json': typeof config === 'string' ? config : json(config),
});

test('a sound package breaks no rule', async () => {
  expect(await rulesBroken(files({ workflow: [entry], form: [form] }))).toEqual([]);
});

describe('config.json breaks', () => {
  test.each<[string, string, unknown]>([
    ['config-json', 'a comma too many', '{ "workflow": [], }'],
    ['config-json', 'a text that is cut off', '{ "workflow": ['],
    ['config-schema', 'a list in place of the object', []],
    ['config-schema', 'an object in place of a list', { workflow: entry }],
    ['config-schema', 'an entry without its key', { workflow: [{ ...entry, key: undefined }] }],
    ['config-schema', 'a role that is no list', { workflow: [{ ...entry, role: 'user' }] }],
    [
      'config-schema',
      'a template that is a text',
      { form: [{ ...form, template: '/forms/order.pug' }] },
    ],
    ['config-unknown', 'an unknown collection', { workflows: [] }],
    ['config-unknown', 'an unknown field', { workflow: [{ ...entry, bpmnresources: '' }] }],
    ['config-setting', 'settings', { setting: [] }],
    ['config-duplicate', 'a key twice', { workflow: [entry, entry] }],
    ['config-role', 'a workflow without a role', { workflow: [{ ...entry, role: undefined }] }],
    ['config-role', 'a form without a role', { workflow: [entry], form: [{ ...form, role: [] }] }],
    ['config-process', 'a form that starts nothing', { form: [{ ...form, process: undefined }] }],
    [
      'reference-missing',
      'a flow that is not there',
      { workflow: [{ ...entry, bpmnresource: '/flows/x.bpmn' }] },
    ],
    [
      'reference-missing',
      'a flow in another case',
      { workflow: [{ ...entry, bpmnresource: '/flows/Order-It.bpmn' }] },
    ],
    [
      'reference-missing',
      'a path without its slash',
      { workflow: [{ ...entry, bpmnresource: 'flows/order-it.bpmn' }] },
    ],
    [
      'reference-missing',
      'a path that leads out',
      { workflow: [{ ...entry, bpmnresource: '/../flows/order-it.bpmn' }] },
    ],
    [
      'reference-kind',
      'a form as a flow',
      { workflow: [{ ...entry, bpmnresource: '/forms/order.pug' }] },
    ],
    ['reference-unused', 'a flow that it does not name', { form: [form] }],
    [
      'reference-workflow',
      'a workflow that is not here',
      { workflow: [entry], form: [{ ...form, process: { workflow: 'not-here' } }] },
    ],
    ['process-id', 'another key than the process', { workflow: [{ ...entry, key: 'order' }] }],
  ])('%s: %s', async (rule, _case, config) => {
    expect(await rulesBroken(files(config))).toContain(rule);
  });

  test('at the place that is meant', async () => {
    const [found] = await findings({
      'config.json':
        '{\n  "workflow": [\n    { "key": 7,\n      "bpmnresource": "/x.bpmn", "role": ["a"] }\n  ]\n}',
    });
    expect(found).toMatchObject({ rule: 'config-schema', line: 3, column: 7 });
  });

  test.each([
    ['form', 'forms'],
    ['workflow', 'workflw'],
  ])('and the collection that was meant, %s, is named', async (known, misspelled) => {
    const [found] = await findings({ 'config.json': json({ [misspelled]: [] }) });
    expect(found?.message).toContain(`Did you mean ${known}?`);
  });
});

test('a package.json of this package makes a missing config.json an error', async () => {
  const all = await findings({ ...sound, 'package.json': '{ "name": "fortnox-blueprint" }' });
  expect(all.find(({ rule }) => rule === 'config-missing')?.severity).toBe('error');
});

describe('a secret', () => {
  test.each([
    ['a private key', 'forms/x.md', '-----BEGIN RSA PRIVATE KEY-----'],
    [
      'a bearer token',
      'scripts/x.js',
      "const a = { authorization: 'Bearer 8f14e45fceea167a5a36dedd4bea2543' }; next(a);",
    ],
    ['a user and password', 'scripts/x.js', "const a = 'Basic dXNlcjpwYXNzd29yZA=='; next(a);"],
    ['a password', 'scripts/x.js', "const password = 'korrekt4Hast'; next(password);"],
    [
      'a client secret in a map',
      'flows/x.bpmn',
      '<a><camunda:entry key="client_secret">p9Xw3kQz71Lm</camunda:entry></a>',
    ],
    ['a web token', 'README.md', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmb3J0bm94In0.c2lnbmF0dXJl'],
    ["the Hub's own token", 'README.md', 'YXBwOnMzY3JldC1vZi10aGUtaHVi'],
    ['a password in an address', 'README.md', 'https://admin:hunter22@hub.example.com/'],
  ])('is found: %s', async (_case, path, text) => {
    expect(await rulesBroken({ ...sound, [path]: text })).toContain('secret-literal');
  });

  test.each([
    'Set `authorization: Bearer <token>`.',
    'password: "your-password"',
    'client_secret: "${FORTNOX_APP_CLIENTSECRET}"',
    "settings['client_secret'] = '_fortnox_app_clientsecret'",
    "{ password: 'Password' }",
    "secret: '/etc/onify/secret'",
    'const token = environment.output.token;',
    'https://example.com:8181/path@2x',
  ])('is not: %s', async (text) => {
    expect(await rulesBroken({ ...sound, 'README.md': text })).not.toContain('secret-literal');
  });
});
