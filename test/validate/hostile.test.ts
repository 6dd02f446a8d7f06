import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rendered } from '../../src/commands/validate-formats.js';
import { Output } from '../../src/core/output.js';
import { type ValidationReport, validateBlueprint } from '../../src/validate/index.js';
import { commandsIn } from '../core/runners.js';
import { testContext } from '../support/context.js';
import { blueprintFolder } from './blueprint.js';

/** How many blueprints; `npm run hostile` asks for 20,000. */
const COUNT = Number(process.env.HOSTILE ?? 300);

const MARKS = [
  '::error::x',
  '::set-output name=a::b',
  '##[error]x',
  '##[command]x',
  '##vso[task.setvariable variable=a]b',
  "##teamcity[message text='x']",
  'section_start:1:a\r\u001b[0K',
  '\u001b[2J',
] as const;
const BEFORE = [
  '',
  '\n',
  '\r\n',
  '\r',
  '\u2028',
  ' ',
  '\t',
  '\u200b',
  '&#10;',
  '&#13;',
  '\\n',
  'a',
];

/** The same numbers in every run. */
function numbers(): (below: number) => number {
  let seed = 1;
  return (below) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
}

/** A blueprint whose every text is hostile: names of files, elements, settings, fields and rules. */
function hostile(text: () => string): Readonly<Record<string, string>> {
  const inXml = () =>
    text()
      .replace(/[<&"](?!#\d+;)/g, '_')
      .replace(/[^\P{Cc}\n\r\t]/gu, '');
  const inName = () =>
    text()
      .replace(/\/|[^\P{Cc}\n\r\t]/gu, '_')
      .slice(0, 60);
  const json = () => JSON.stringify(text());
  const flow = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p${inXml()}" name="${inXml()}" isExecutable="true"><startEvent id="s" name="${inXml()}"/><sequenceFlow id="f" sourceRef="s" targetRef="${inXml()}"/><serviceTask id="${inXml()}" name="${inXml()}"><extensionElements><camunda:connector><camunda:connectorId>${inXml()}</camunda:connectorId></camunda:connector></extensionElements></serviceTask><scriptTask id="t" scriptFormat="${inXml()}"><script>${inXml()}</script></scriptTask></process></definitions>`;
  return {
    [`flows/${inName()}.bpmn`]: flow,
    [`forms/${inName()}.pug`]: `form\n  input(name=${json()} ${text()})\n  ${text()}`,
    [`resources/${inName()}.js`]: `next(${json()}); ${text()}`,
    'config.json': `{"workflow":[{"key":${json()},"name":${json()},"bpmnresource":${json()},${json()}:1}],"form":[{"slug":${json()},"template":{"form":${json()}}}]}`,
  };
}

const FORMATS = ['pretty', 'json', 'github', 'azure', 'gitlab', 'sarif'] as const;

/** What a job prints of a report, as `validate` prints it. */
function printed(report: ValidationReport, format: (typeof FORMATS)[number], columns: number) {
  let log = '';
  const stream = {
    write: (text: string) => {
      log += text;
    },
  };
  const looks = { json: format === 'json', verbose: true, color: false, columns };
  const output = new Output({ stdout: stream, stderr: stream, ...looks });
  const context = { ...testContext(), output };
  const { lines, isVerbatim, foreign } = rendered(format, report, { root: '/nowhere', context });
  if (foreign) {
    output.foreign(foreign);
  } else {
    output.result(lines, { findings: report.findings }, isVerbatim);
  }
  return log;
}

describe(`of ${COUNT} hostile blueprints`, () => {
  test('no CI system gets a command but the annotations of this program', {
    timeout: 1_800_000 + COUNT * 200,
  }, async () => {
    const next = numbers();
    const pick = (list: readonly string[]) => list[next(list.length)] ?? '';
    const text = () =>
      Array.from({ length: 1 + next(3) }, () => pick(BEFORE) + pick(MARKS)).join(pick(BEFORE));
    let [found, wouldObey] = [0, 0];
    for (let nth = 0; nth < COUNT; nth += 1) {
      const root = hostileFolder(hostile(text));
      const report = await validateBlueprint(root);
      rmSync(root, { recursive: true });
      found += report.findings.length;
      const raw = report.findings.map(({ message, file }) => `${file}\n${message}`).join('\n');
      wouldObey += Object.values(commandsIn(raw)).flat().length;
      for (const format of FORMATS) {
        const {
          github = [],
          azure = [],
          ...others
        } = commandsIn(printed(report, format, 40 + (nth % 80)));
        expect(others, format).toEqual({ teamcity: [], gitlab: [] });
        const own = format === 'github' ? ['error', 'warning', 'notice'] : [];
        expect(
          github.filter((name) => !own.includes(name)),
          format,
        ).toEqual([]);
        const issues = azure.filter((command) => command.startsWith('task.logissue type='));
        expect(azure.length - (format === 'azure' ? issues.length : 0), format).toBe(0);
      }
    }
    // What is looked for would be there, if it were printed as it came.
    expect(found).toBeGreaterThan(COUNT * 3);
    expect(wouldObey).toBeGreaterThan(COUNT);
  });
});

/** A name that this system does not take is left out. */
function hostileFolder(files: Readonly<Record<string, string>>): string {
  const root = blueprintFolder({ 'flows/z.txt': '', 'forms/z.txt': '', 'resources/z.txt': '' });
  for (const [name, content] of Object.entries(files)) {
    try {
      writeFileSync(join(root, name), content);
    } catch {
      writeFileSync(join(root, name.replace(/[^\w./]/g, '_')), content);
    }
  }
  return root;
}
