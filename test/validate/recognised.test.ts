import { expect, test } from 'vitest';
import { validateBlueprint } from '../../src/validate/index.js';
import { blueprintFolder, type Files } from './blueprint.js';
import { SHORT } from './table/build.js';

const FLOW = { workflow: [{ key: 'order', bpmnresource: '/flows/order.bpmn', role: ['user'] }] };
const PUG = 'extends ../views/form/default-form\n';

const layouts: Readonly<Record<string, readonly [files: Files, recognised: string]>> = {
  'config.json beside the folders': [
    { 'config.json': JSON.stringify(FLOW), 'flows/order.bpmn': SHORT, 'forms/ask.pug': PUG },
    'config.json, 1 flow and 1 form',
  ],
  'config.json with resources/': [
    { 'config.json': JSON.stringify(FLOW), 'resources/flows/order.bpmn': SHORT },
    'config.json and 1 flow; resources/ is the top of the Hub',
  ],
  'config/*.json with resources/': [
    { 'config/shop.json': JSON.stringify(FLOW), 'resources/flows/order.bpmn': SHORT },
    'config/shop.json and 1 flow; resources/ is the top of the Hub',
  ],
  'hub/import/*.json with hub/resources/': [
    {
      'hub/import/shop.json': JSON.stringify(FLOW),
      'hub/import/text.json': '{}',
      'hub/resources/flows/order.bpmn': SHORT,
      'hub/resources/scripts/x.js': 'next();\n',
    },
    'hub/import/shop.json, hub/import/text.json, 1 flow and 1 script; hub/resources/ is the top of the Hub',
  ],
  'flows at the top': [{ 'order.bpmn': SHORT }, 'no config.json and 1 flow'],
};

test.each(Object.entries(layouts))('%s is recognised', async (_name, [files, recognised]) => {
  const report = await validateBlueprint(blueprintFolder(files));
  expect(report.recognised).toBe(recognised);
  expect(report.errors).toBe(0);
});

test('of two files to import each is named for what is wrong in it', async () => {
  const broken = { workflow: [{ key: 'other', bpmnresource: '/flows/gone.bpmn', role: ['user'] }] };
  const { findings } = await validateBlueprint(
    blueprintFolder({
      'config/a.json': JSON.stringify(FLOW),
      'config/b.json': JSON.stringify(broken, null, 2),
      'resources/flows/order.bpmn': SHORT,
    }),
  );
  expect(findings).toMatchObject([{ rule: 'reference-missing', file: 'config/b.json', line: 5 }]);
});
