import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../support/run-cli.js';
import { blueprintFolder, call, type Files, flow, input } from '../validate/blueprint.js';
import { ROOT } from './lines.js';

/** Lines above what is wrong, so that it stands where README.md says. */
const ABOVE = 24;
const NAMES = ['order', 'refund', 'remind', 'report'];

/** A blueprint of the kind that README.md shows the findings of: 12 files with one mistake. */
function shownBlueprint(): Files {
  const flows = NAMES.map((name) => [`flows/${name}.bpmn`, flowOf(name)]);
  const scripts = [1, 2, 3, 4, 5, 6].map((at) => [`scripts/step-${at}.js`, 'next(null, 1);\n']);
  const workflow = NAMES.map((name) => ({
    key: name,
    bpmnresource: `/flows/${name}.bpmn`,
    role: ['user'],
  }));
  const form = {
    slug: 'order',
    title: 'Order',
    template: { form: '/forms/order.pug' },
    role: ['user'],
    process: { workflow: 'order', title: 'Order' },
  };
  return {
    'config.json': JSON.stringify({ form: [form], workflow }),
    'forms/order.pug':
      'extends ../views/form/default-form\n\nblock formContent\n  +formElement({ name: "amount", label: "Amount", type: "textField" })\n',
    ...Object.fromEntries([...flows, ...scripts]),
  };
}

function flowOf(id: string, throws = id === 'order' ? 'false' : '${true}'): string {
  const tasks = [1, 2, 3, 4, 5, 6].map(
    (at) =>
      `    <bpmn:scriptTask id="step-${at}" scriptFormat="js" camunda:resource="/scripts/step-${at}.js" />`,
  );
  const inputs = [
    input('url', 'https://example.com/orders'),
    input('responseType', 'json'),
    input('throwHttpErrors', throws),
  ];
  const body = [
    '    <bpmn:startEvent id="asked" />',
    ...tasks,
    ...Array.from({ length: ABOVE }, (_, at) => `    <!-- ${at + 1} -->`),
    call(inputs.join('\n'), '', 'call-supplier'),
    '    <bpmn:endEvent id="done" />',
  ].join('\n');
  const way = ['asked', ...tasks.map((_, at) => `step-${at + 1}`), 'call-supplier', 'done'];
  const ways = way.slice(1).map((to, at) => `${way[at]}->${to}`);
  return flow({ id, body, ways: [...ways, 'call-supplier-failed->done'] });
}

/** What a page shows indented: the block that begins so. */
function shown(page: string, start: string): string {
  const lines = readFileSync(join(ROOT, page), 'utf8').split('\n');
  const first = lines.findIndex((line) => line.startsWith(`    ${start}`));
  const after = lines.findIndex((line, at) => at > first && /^\S/.test(line));
  expect(first, `${page} shows ${start}`).toBeGreaterThan(-1);
  const block = lines.slice(first, after).map((line) => line.slice(4));
  return `${block.join('\n').trimEnd()}\n`;
}

/** The JSON that docs/validation.md shows and that has a member. */
function shownJson(member: string): string {
  const page = readFileSync(join(ROOT, 'docs/validation.md'), 'utf8');
  const blocks = [...page.matchAll(/(?<=\n\n) {4}\{\n(?: {4}.*\n)+/g)].map(([block]) => block);
  return blocks.find((block) => block.includes(`"${member}"`)) ?? expect.fail(member);
}

test('README.md shows what validate prints of a blueprint with a mistake', async () => {
  const cwd = blueprintFolder(shownBlueprint());
  const { code, stdout, stderr } = await cli(['validate'], { cwd, env: { COLUMNS: '80' } });
  expect(stderr + stdout).toBe(shown('README.md', 'Checking'));
  expect(code).toBe(3);
});

test('docs/validation.md shows an .onifylint.json that counts', async () => {
  const sound: Files = { ...shownBlueprint(), 'flows/order.bpmn': flowOf('order', '${true}') };
  const config = JSON.parse(String(sound['config.json']));
  delete config.form[0].role;
  const files = { ...sound, 'config.json': JSON.stringify(config) };
  const { rules } = JSON.parse(shownJson('extends'));
  expect(rules['config-role']).toBe('error');
  const told = async (more: Files) => {
    const cwd = blueprintFolder({ ...files, ...more });
    const { code, stdout } = await cli(['validate'], { cwd });
    return [code, /error {2}config-role/.test(stdout)];
  };
  expect(await told({})).toEqual([0, false]);
  expect(await told({ '.onifylint.json': shownJson('extends') })).toEqual([3, true]);
});

test('docs/validation.md shows a baseline as it is read', async () => {
  const baseline = shownJson('findings');
  const files = { ...shownBlueprint(), '.onifylint-baseline.json': baseline };
  const { stdout } = await cli(['validate', '--json'], { cwd: blueprintFolder(files) });
  expect(JSON.parse(stdout)).toMatchObject({ gone: JSON.parse(baseline).findings.length });
});

/** What the pages have people look for: the first cells of a table, and the sentences in front of a list. */
function lookedFor(): string[] {
  const page = (name: string) => readFileSync(join(ROOT, 'docs', name), 'utf8');
  const [, table = ''] = page('activation.md').split('| what is said |');
  const cells = [...table.matchAll(/^\| ([^|-][^|]*) \|/gm)].map(([, cell = '']) => cell);
  const items = [...page('troubleshooting.md').matchAll(/^- \*\*([^*]+)\*\*/gm)];
  // What Fortnox's own pages say is not ours to hold.
  return [...cells, ...items.map(([, item = '']) => item)].filter((text) => !/\(/.test(text));
}

test('the sentences that the pages have people look for are said by the program, the flows or the form', () => {
  const said = ['src', 'resources', 'forms', 'flows']
    .flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|js|pug|bpmn)$/.test(name))
        .map((name) => readFileSync(join(ROOT, room, name), 'utf8')),
    )
    .join('\n')
    .replace(/\s+/g, ' ');
  const parts = lookedFor().flatMap((text) => text.split('…').map((part) => part.trim()));
  expect(parts.length).toBeGreaterThan(18);
  expect(parts.filter((part) => !said.includes(part))).toEqual([]);
});
