import { expect, test } from 'vitest';
import { validateBlueprint } from '../../src/validate/index.js';
import { blueprintFolder, type Files, flow } from './blueprint.js';

const many = (count: number, one: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join('');
/** Names that are one letter apart from many of the others. */
const near = (at: number) => `customer_reference_${at.toString(36).padStart(4, 'q')}`;
const process = (body: string) => flow({ body, ways: [] });
const task = (inner: string, id = 't') =>
  `<bpmn:serviceTask id="${id}"><bpmn:extensionElements>${inner}</bpmn:extensionElements></bpmn:serviceTask>`;
const call = (inputs: string, outputs: string, own: string) =>
  task(
    `<camunda:connector><camunda:connectorId>httpRequest</camunda:connectorId><camunda:inputOutput>${inputs}${outputs}</camunda:inputOutput></camunda:connector><camunda:inputOutput>${own}</camunda:inputOutput>`,
  );
const script = (text: string) =>
  `<bpmn:scriptTask id="s" scriptFormat="js"><bpmn:script><![CDATA[${text}]]></bpmn:script></bpmn:scriptTask>`;
const pugForm = (lines: string) =>
  `extends ../views/form/default-form\nblock formContent\n${lines}`;

/** Files that once took time with the square of their size. */
const cases: Readonly<Record<string, (size: number) => Files>> = {
  'near-alike fields, and texts that mention others': (size) => ({
    'forms/x.pug': pugForm(
      many(
        size,
        (at) => `  +formElement({ name: '${near(at)}', type: 'text', label: '{${near(at)}x}' })\n`,
      ),
    ),
  }),
  'near-alike mixins': (size) => ({
    'forms/x.pug': `${many(size, (at) => `mixin ${near(at)}\n  p x\n`)}${many(size, (at) => `+${near(at)}x\n`)}`,
  }),
  'conditions after one another in a form': (size) => ({
    'forms/x.pug': pugForm(`  if a\n    p\n${many(size, () => '  else if b\n    p\n')}`),
  }),
  'near-alike values that are read and written': (size) => ({
    'flows/x.bpmn': process(
      script(
        `${many(size, (at) => `environment.output.${near(at)} = 1; a(environment.output.${near(at)}x);\n`)}next();`,
      ),
    ),
  }),
  'near-alike names in a script': (size) => ({
    'scripts/x.js': `${many(size, (at) => `var ${near(at)} = ${near(at)}x;\n`)}next();`,
  }),
  'near-alike inputs and outputs of a call': (size) => ({
    'flows/x.bpmn': process(
      call(
        many(size, (at) => `<camunda:inputParameter name="${near(at)}">1</camunda:inputParameter>`),
        many(
          size,
          (at) => `<camunda:outputParameter name="${near(at)}">1</camunda:outputParameter>`,
        ),
        many(
          size,
          (at) =>
            `<camunda:outputParameter name="o${at}">\${content.output.${near(at)}x}</camunda:outputParameter>`,
        ),
      ),
    ),
  }),
  'near-alike milestones': (size) => ({
    'flows/x.bpmn': process(
      many(size, (at) =>
        task(
          `<camunda:inputOutput><camunda:inputParameter name="state"><camunda:map><camunda:entry key="id">${near(at)}</camunda:entry><camunda:entry key="${at % 2 ? 'name' : 'result'}">n</camunda:entry></camunda:map></camunda:inputParameter></camunda:inputOutput>`,
          `t${at}`,
        ),
      ),
    ),
  }),
  'many calls that throw nothing': (size) => ({
    'flows/x.bpmn': process(
      many(size, (at) =>
        task(
          `<camunda:connector><camunda:connectorId>httpRequest</camunda:connectorId><camunda:inputOutput><camunda:inputParameter name="throwHttpErrors">\${false}</camunda:inputParameter></camunda:inputOutput></camunda:connector>`,
          `t${at}`,
        ),
      ) + script('next(null, 1)'),
    ),
  }),
  'expressions of brackets': (size) => ({
    'flows/x.bpmn': process(
      call(
        `<camunda:inputParameter name="url">\${a${'('.repeat(size * 20)}}</camunda:inputParameter>`,
        '',
        '',
      ),
    ),
  }),
  'a try in a try': (size) => ({
    'scripts/x.js': many(size / 10, () => `${'try{'.repeat(40)}a()${'}catch(e){}'.repeat(40)}`),
  }),
  'config.json with workflows that are not there': (size) => ({
    'config.json': JSON.stringify({
      workflow: Array.from({ length: size }, (_, at) => ({
        key: near(at),
        bpmnresource: `/flows/${near(at)}.bpmn`,
      })),
      form: Array.from({ length: size }, (_, at) => ({
        slug: near(at),
        template: { form: `/forms/${near(at)}.pug` },
        process: { workflow: `${near(at)}x` },
      })),
    }),
  }),
  'config.json with unknown members': (size) => ({
    'config.json': JSON.stringify({
      workflow: [Object.fromEntries(Array.from({ length: size * 5 }, (_, at) => [near(at), 1]))],
    }),
  }),
  'a text between comments': (size) => ({
    'flows/x.bpmn': process(
      `<bpmn:documentation>${many(size * 5, () => 'x<!---->')}</bpmn:documentation>`,
    ),
  }),
};

test.each(Object.entries(cases))('%s take time in line with their size', async (_name, filesOf) => {
  await cpuMs(filesOf(SIZE));
  const once = await cpuMs(filesOf(SIZE));
  const fourTimes = await cpuMs(filesOf(4 * SIZE));
  // Four times as much, and not sixteen times; what is too short to be measured counts as some time.
  expect(fourTimes / Math.max(once, LEAST_MS)).toBeLessThan(9);
});

const SIZE = 600;
const LEAST_MS = 40;

/** Milliseconds of this process's own time that a validation takes. */
async function cpuMs(files: Files): Promise<number> {
  const root = blueprintFolder(files);
  const started = globalThis.process.cpuUsage();
  await validateBlueprint(root);
  return globalThis.process.cpuUsage(started).user / 1000;
}

test('a name of 128 kB is compared with nothing', async () => {
  const name = 'a'.repeat(128 * 1024);
  const inputs = many(
    20,
    (at) => `<camunda:inputParameter name="${name}${at}">1</camunda:inputParameter>`,
  );
  const { findings } = await validateBlueprint(
    blueprintFolder({
      'flows/x.bpmn': process(
        call(
          inputs.slice(0, 0) + `<camunda:inputParameter name="${name}">1</camunda:inputParameter>`,
          '',
          '',
        ),
      ),
    }),
  );
  const option = findings.find(({ rule }) => rule === 'connector-option');
  expect(option?.message).not.toMatch(/Did you mean/);
});
