import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isWindows } from '../support/platform.js';
import { blueprintFolder, type Files } from './blueprint.js';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
const MAX_MEGABYTES = 450;

interface Measured {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The most that one process of it took, where the system shows it; else 0. */
  readonly megabytes: number;
  readonly broken: readonly string[];
}

/** Validates as a user does, and measures. */
async function validated(root: string, ...argv: readonly string[]): Promise<Measured> {
  const child = spawn(process.execPath, [CLI, 'validate', root, '--json', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      printed[name] += chunk.toString();
    });
  }
  let megabytes = 0;
  const look = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid ?? 0));
  }, 25);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(look);
  const { findings = [] } = JSON.parse(printed.stdout) as { findings?: { rule: string }[] };
  return { code, ...printed, megabytes, broken: findings.map(({ rule }) => rule) };
}

/** Megabytes that a process or a child of it took at most so far. */
function peakOf(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ');
    const own = [String(pid), ...children.filter(Boolean)].map((one) => {
      const status = readFileSync(`/proc/${one}/status`, 'latin1');
      return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
    });
    return Math.max(...own);
  } catch {
    return 0;
  }
}

const definitions = (inner: string) =>
  `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><bpmn:process id="p" isExecutable="true">${inner}</bpmn:process></bpmn:definitions>`;
const tasks = (count: number, id: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => `<bpmn:task id="${id(at)}"/>`).join('');
const withoutPrefix = (inner: string) =>
  definitions(inner).replace('xmlns:bpmn', 'xmlns').replaceAll('bpmn:', '');
const nested = (depth: number) =>
  Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}p`).join('\n');

/** What is wrong, by the rule that says so; where Node may end as well, either. */
const cases: Readonly<Record<string, readonly [string, Files]>> = {
  'an empty flow': ['xml-readable', { 'flows/x.bpmn': '' }],
  'an empty form': ['pug-syntax', { 'forms/x.pug': '' }],
  'an empty config.json': ['config-json', { 'config.json': '' }],
  'an empty script': ['script-next', { 'scripts/x.js': '' }],
  'a binary flow': ['file-encoding', { 'flows/x.bpmn': Buffer.from([0, 1, 2, 255, 254]) }],
  'a flow with zero bytes': ['file-encoding', { 'flows/x.bpmn': '<a>\0</a>' }],
  'a form that is not UTF-8': ['file-encoding', { 'forms/x.pug': Buffer.from([0x61, 0xe5, 0xe4]) }],
  'a flow of 50 MB': ['file-size', { 'flows/x.bpmn': definitions(tasks(2_500_000, () => 't')) }],
  'a flow of 100,000 elements': [
    'xml-readable',
    { 'flows/x.bpmn': withoutPrefix(tasks(100_000, (at) => `a${at}`)) },
  ],
  'a flow of 45,000 illegal ids': [
    'file-slow',
    { 'flows/x.bpmn': definitions(tasks(45_000, () => '1')) },
  ],
  'namespaces in namespaces': [
    'xml-readable',
    {
      'flows/x.bpmn': Array.from({ length: 30_000 }, (_, at) => `<a xmlns:n${at}="u${at}">`).join(
        '',
      ),
    },
  ],
  'a script of conditions in conditions': [
    'script-syntax or file-slow',
    { 'scripts/x.js': `${'if(a)'.repeat(30_000)}next()` },
  ],
  'a script of labels in labels': [
    'script-syntax or file-slow',
    { 'scripts/x.js': `${Array.from({ length: 30_000 }, (_, at) => `l${at}:`).join('')};next()` },
  ],
  'a script of classes in classes, in a flow': [
    'script-syntax or file-slow',
    {
      'flows/x.bpmn': definitions(
        `<bpmn:scriptTask id="t" scriptFormat="js"><bpmn:script><![CDATA[${'(class{m(){'.repeat(5_000)}]]></bpmn:script></bpmn:scriptTask>`,
      ),
    },
  ],
  'a duration of 150,000 digits': [
    'timer-value',
    {
      'flows/x.bpmn': definitions(
        `<bpmn:startEvent id="s"><bpmn:timerEventDefinition id="q"><bpmn:timeDuration>P${'9'.repeat(150_000)}D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent>`,
      ),
    },
  ],
  'a cron pattern of 30,000 parts': [
    'timer-value',
    {
      'flows/x.bpmn': definitions(
        `<bpmn:startEvent id="s"><bpmn:timerEventDefinition id="q"><bpmn:timeCycle>${'*/1,'.repeat(30_000)} * * * *</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>`,
      ),
    },
  ],
  'a form with a name of 150,000 letters': [
    'form-type or file-slow',
    { 'forms/x.pug': `+formElement({ name: '${'a'.repeat(150_000)}', type: 'textFeild' })` },
  ],
  'a config.json of shapes that name what every object has': [
    'config-schema',
    {
      'config.json':
        '{ "form": [{ "slug": { "toString": 1 }, "template": { "form": "/forms/x.pug", "constructor": 1, "__proto__": 1 } }], "workflow": [{ "key": { "toString": 1, "valueOf": 1 }, "bpmnresource": "/flows/x.bpmn" }], "constructor": [], "__proto__": 1, "toString": {} }',
    },
  ],
  'a form of shapes that name what every object has': [
    'form-name',
    {
      'forms/x.pug':
        "+formElement({ type: { toString: 1 }, label: { constructor: 1 }, value: { toString: 1 }, visible: { ifField: { toString: 1 }, hasValue: 'x' } })\n+formElement({ name: { toString: 1 }, type: 'link', value: { toString: 1 }, __proto__: { a: 1 } })",
    },
  ],
  'a flow of parameters that are called what every object has': [
    'connector-option',
    {
      'flows/x.bpmn': definitions(
        `<bpmn:serviceTask id="t" toString="1" constructor="1"><bpmn:extensionElements><camunda:connector xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><camunda:connectorId>httpRequest</camunda:connectorId><camunda:inputOutput>${['constructor', 'toString', '__proto__'].map((name) => `<camunda:inputParameter name="${name}">5000</camunda:inputParameter>`).join('')}</camunda:inputOutput></camunda:connector></bpmn:extensionElements></bpmn:serviceTask>`,
      ),
    },
  ],
  'a text of 200,000 settings': [
    'start-event-required',
    {
      'flows/x.bpmn': definitions(
        `<bpmn:documentation>${'${._a_b}'.repeat(200_000)}</bpmn:documentation>`,
      ),
    },
  ],
  'a file of 500,000 entries to import': [
    'config-schema or file-slow',
    {
      'flows/x.bpmn': definitions(''),
      'config/x.json': `{ "workflow": [${'1,'.repeat(500_000)}1], "__proto__": { "form": 1 } }`,
    },
  ],
  'folders that are nested 300 deep': [
    'file-size',
    { [`resources/${'d/'.repeat(300)}x.js`]: 'next()' },
  ],
  'XML that is nested 10,000 deep': [
    'xml-readable',
    { 'flows/x.bpmn': definitions('<bpmn:subProcess>'.repeat(10_000)) },
  ],
  'JSON that is nested 10,000 deep': [
    'config-schema',
    { 'config.json': `${'['.repeat(10_000)}${']'.repeat(10_000)}` },
  ],
  'JSON that is nested 300,000 deep': ['config-json', { 'config.json': '{"a":'.repeat(300_000) }],
  'Pug that is nested as deep as the size allows': ['pug-syntax', { 'forms/x.pug': nested(1_900) }],
  'Pug that is nested 10,000 deep on a line': [
    'pug-syntax',
    { 'forms/x.pug': `${'p: '.repeat(10_000)}p` },
  ],
  'Pug with an expression without an end': [
    'file-slow',
    { 'forms/x.pug': `p(a=${'('.repeat(200_000)}` },
  ],
  'a script that is nested 10,000 deep': [
    'script-syntax',
    { 'scripts/x.js': `next(${'['.repeat(10_000)}${']'.repeat(10_000)})` },
  ],
  'an entity that expands': [
    'xml-readable',
    {
      'flows/x.bpmn': `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>${definitions('<bpmn:task id="t" name="&b;" />')}`,
    },
  ],
  'a folder with the name of a flow': ['file-unreadable', { 'flows/x.bpmn/y.txt': 'x' }],
  'a name with a line break': ['xml-readable', { 'flows/a\nb.bpmn': 'x' }],
};

describe('bad input is a finding, in time and in bounds', () => {
  test.each(Object.entries(cases))('%s', async (_name, [rule, files]) => {
    const { code, megabytes, stderr, broken } = await validated(blueprintFolder(files));
    expect(broken.some((one) => rule.split(' or ').includes(one))).toBe(true);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(/^Checking the blueprint in [^ ]+\. $/);
    expect(code).toBe(3);
    expect(megabytes).toBeLessThan(MAX_MEGABYTES);
  });

  test('a thousand findings in a file are told up to a limit', async () => {
    const shape =
      '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNPlane><bpmndi:BPMNShape id="s" bpmnElement="t0" /></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>';
    const { broken } = await validated(
      blueprintFolder({
        // Moddle takes no number as an id.
        'flows/x.bpmn': definitions(tasks(1_000, (at) => `${at}`)),
        'flows/y.bpmn': definitions(tasks(1_000, (at) => `t${at}`)).replace(
          '</bpmn:definitions>',
          `${shape}$&`,
        ),
      }),
    );
    for (const rule of ['bpmn-readable', 'no-bpmndi']) {
      expect(broken.filter((other) => other === rule)).toHaveLength(21);
    }
  });
});

describe('nothing outside of the folder is read', () => {
  const CANARY = 'canary-outside-of-the-folder';
  const outside = () =>
    blueprintFolder({ 'secret.bpmn': `<${CANARY}>`, 'package.json': `{ "name": "${CANARY}" }` });

  test.each([
    [
      'a link to a file',
      (root: string, other: string) =>
        symlinkSync(join(other, 'secret.bpmn'), join(root, 'flows/x.bpmn')),
    ],
    [
      'a link to a folder',
      (root: string, other: string) => symlinkSync(other, join(root, 'forms')),
    ],
  ])('%s is a finding', async (_case, link) => {
    const root = blueprintFolder({ 'flows/y.bpmn': definitions('') });
    link(root, outside());
    const { stdout, stderr, broken, code } = await validated(root);
    expect(broken).toContain('file-outside');
    expect(code).toBe(3);
    expect(stdout + stderr).not.toContain(CANARY);
  });

  test('a package.json that is a link says nothing of rules', async () => {
    const root = blueprintFolder({ 'flows/y.bpmn': definitions('') });
    const other = blueprintFolder({
      'package.json': '{ "fortnoxBlueprint": { "rules": { "no-such-rule": "off" } } }',
    });
    symlinkSync(join(other, 'package.json'), join(root, 'package.json'));
    expect((await validated(root)).broken).toContain('file-outside');
  });

  test('an entity from a file stays unread', async () => {
    const canary = join(blueprintFolder({ 'canary.txt': CANARY }), 'canary.txt');
    const text = `<!DOCTYPE x [<!ENTITY a SYSTEM "file://${canary}">]>${definitions('<bpmn:task id="t" name="&a;" />')}`;
    const { stdout, broken } = await validated(blueprintFolder({ 'flows/x.bpmn': text }));
    expect(broken).toContain('xml-readable');
    expect(stdout).not.toContain(CANARY);
  });

  test('links in a circle are a finding', async () => {
    const root = blueprintFolder({ 'flows/y.bpmn': definitions('') });
    symlinkSync(join(root, 'flows/b.bpmn'), join(root, 'flows/a.bpmn'));
    symlinkSync(join(root, 'flows/a.bpmn'), join(root, 'flows/b.bpmn'));
    symlinkSync(root, join(root, 'flows/again'));
    const { broken, code } = await validated(root);
    expect(broken.filter((rule) => rule === 'file-unreadable')).toHaveLength(2);
    expect(code).toBe(3);
  });

  test('a folder is checked at its own place, though a link before it leads there too', async () => {
    const root = blueprintFolder({ 'flows/y.bpmn': 'no flow' });
    symlinkSync('flows', join(root, 'a'));
    symlinkSync('flows', join(root, 'forms'));
    const { stdout } = await validated(root);
    expect(stdout).toContain('"file":"flows/y.bpmn"');
    expect(stdout).toContain('"file":"forms/y.bpmn"');
  });

  test('folders full of links to each other end', async () => {
    const root = blueprintFolder({ 'flows/y.bpmn': definitions('') });
    const names = Array.from({ length: 12 }, (_, at) => `d${at}`);
    for (const name of names) {
      mkdirSync(join(root, 'flows', name));
    }
    for (const name of names) {
      for (const other of names) {
        symlinkSync(join(root, 'flows', other), join(root, 'flows', name, other));
      }
    }
    expect((await validated(root)).broken).toContain('file-size');
  });

  test('a link within the folder is followed', async () => {
    const root = blueprintFolder({ 'flows/y.bpmn': 'no flow' });
    symlinkSync('y.bpmn', join(root, 'flows/z.bpmn'));
    const { broken } = await validated(root);
    expect(broken.filter((rule) => rule === 'xml-readable')).toHaveLength(2);
  });
});

describe('what cannot be opened', () => {
  const isRoot = process.getuid?.() === 0;

  test.skipIf(isWindows || isRoot)(
    'a file without the right to read it is a finding (root may read everything)',
    async () => {
      const root = blueprintFolder({ 'flows/x.bpmn': 'x' });
      chmodSync(join(root, 'flows/x.bpmn'), 0);
      expect((await validated(root)).broken).toContain('file-unreadable');
    },
  );

  test.skipIf(isWindows)('a pipe is a finding, and nobody waits for it', async () => {
    const root = blueprintFolder({ 'flows/y.bpmn': definitions('') });
    const made = spawn('mkfifo', [join(root, 'flows/x.bpmn')]);
    await new Promise((resolve) => made.on('close', resolve));
    expect((await validated(root)).broken).toContain('file-unreadable');
  });

  test.each([
    ['that is missing', (root: string) => rmSync(root, { recursive: true })],
    [
      'that is a file',
      (root: string) => {
        rmSync(root, { recursive: true });
        writeFileSync(root, '');
      },
    ],
    ['that is empty', () => undefined],
    ['that holds no blueprint', (root: string) => mkdirSync(join(root, 'src'))],
  ])('a folder %s is exit code 2', async (_case, change) => {
    const root = blueprintFolder({});
    change(root);
    expect((await validated(root)).code).toBe(2);
  });
});
