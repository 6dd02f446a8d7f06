import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import {
  type Finding,
  renderAzure,
  renderGithub,
  renderGitlab,
  renderSarif,
  rules,
} from '../../src/validate/index.js';
import { azureCommand } from '../core/runners.js';
import { cli } from '../support/run-cli.js';
import { blueprintFolder } from './blueprint.js';

const missing: Finding = {
  rule: 'connector-url',
  severity: 'error',
  file: 'flows/x y.bpmn',
  element: 'call',
  line: 12,
  column: 3,
  message: 'This call has no url.',
};
const unused: Finding = {
  rule: 'reference-unused',
  severity: 'warning',
  file: 'forms/x.pug',
  message: 'No form names it.',
};
const evil: Finding = {
  ...unused,
  file: 'a,b:c;d]\n::error::x.pug',
  message: '100 %\r\n::error::forged]; %3B ##vso[task.complete result=Succeeded;]done',
};

/** @returns what the published schema says against a document; the package that carries it is Microsoft's */
function sarifProblems(document: unknown): unknown[] {
  const require = createRequire(import.meta.url);
  const ajv = new Ajv({ schemaId: 'auto', allErrors: true });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
  const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  ajv.validate(schema, document);
  return ajv.errors ?? [];
}

describe('for GitHub', () => {
  test('each finding is an annotation', () => {
    expect(renderGithub({ findings: [missing, unused] })).toEqual([
      '::error file=flows/x y.bpmn,title=connector-url,line=12,col=3::call: This call has no url.',
      '::warning file=forms/x.pug,title=reference-unused::No form names it.',
    ]);
  });

  test('what could end an annotation or begin another one is escaped', () => {
    const forged = {
      ...unused,
      file: 'a,b:c\n::error::x.pug',
      message: '100 %\r\n::error::forged',
    };
    expect(renderGithub({ findings: [forged] })).toEqual([
      '::warning file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ax.pug,title=reference-unused::100 %25%0D%0A::error::forged',
    ]);
  });
});

describe('for Azure', () => {
  test('each finding is an issue', () => {
    expect(renderAzure({ findings: [missing, unused] })).toEqual([
      '##vso[task.logissue type=error;sourcepath=flows/x y.bpmn;linenumber=12;columnnumber=3;code=connector-url]call: This call has no url.',
      '##vso[task.logissue type=warning;sourcepath=forms/x.pug;code=reference-unused]No form names it.',
    ]);
  });

  test('what could end an issue is escaped, and the agent reads it back', () => {
    const [line = ''] = renderAzure({ findings: [evil] });
    expect(line).not.toMatch(/[\r\n]/);
    expect(azureCommand(line)).toEqual({
      name: 'task.logissue',
      properties: { type: 'warning', sourcepath: evil.file, code: evil.rule },
      data: evil.message,
    });
  });

  test('what is printed holds one command, and no second one out of foreign text', async () => {
    const name = '##vso[task.complete result=Succeeded;]';
    const root = blueprintFolder({ 'config.json': JSON.stringify({ form: [], [name]: [] }) });
    const { stdout } = await cli(['validate', root, '--format', 'azure']);
    expect(stdout).toMatch(/^##vso\[task\.logissue type=warning;sourcepath=config\.json;/);
    expect(stdout.match(/##vso\[/g)).toHaveLength(1);
  });
});

describe('for GitLab', () => {
  test('each finding is an issue of Code Quality', () => {
    const [first, second] = renderGitlab({ findings: [missing, unused] });
    expect(first).toEqual({
      description: 'call: This call has no url.',
      check_name: 'connector-url',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'major',
      location: { path: 'flows/x y.bpmn', lines: { begin: 12 } },
    });
    expect(second).toMatchObject({ severity: 'minor', location: { lines: { begin: 1 } } });
  });

  const names = (...findings: Finding[]) =>
    renderGitlab({ findings }).map(({ fingerprint }) => fingerprint);

  test('a finding keeps its fingerprint where lines move', () => {
    const moved = { ...missing, line: 40, message: 'This call has no url.' };
    expect(names(moved)).toEqual(names(missing));
    const speaking = (line: number) => ({ ...missing, message: `It stands in line ${line} too.` });
    expect(names(speaking(40))).toEqual(names(speaking(3)));
  });

  test('two findings that say the same have fingerprints of their own, as do others', () => {
    const other = { ...missing, element: 'ask' };
    expect(new Set(names(missing, missing, other, unused)).size).toBe(4);
  });

  test('the report is an array', async () => {
    const root = blueprintFolder({ 'config.json': '{ "form": [], "colours": [] }' });
    const { stdout, code } = await cli(['validate', root, '--format', 'gitlab', '--strict']);
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect(code).toBe(3);
  });
});

describe('as SARIF', () => {
  const tool = { version: '1.2.3', rules };

  test.each([
    ['findings', [missing, unused]],
    ['none', []],
    ['a hostile one', [evil, { ...evil, file: 'a\ud83d.pug' }]],
  ])('the log holds to the published schema, with %s', (_name, findings) => {
    expect(sarifProblems(renderSarif({ findings }, tool))).toEqual([]);
  });

  test('the schema finds fault with a log that is not one, so that this can tell', () => {
    expect(sarifProblems({ version: '2.1.0', runs: [{ results: [{}] }] }).length).toBeGreaterThan(
      0,
    );
  });

  test('a result names its rule, its place and its element', () => {
    expect(renderSarif({ findings: [missing] }, tool)).toMatchObject({
      runs: [
        {
          tool: { driver: { rules: [{ id: 'connector-url' }], version: '1.2.3' } },
          results: [
            {
              ruleId: 'connector-url',
              ruleIndex: 0,
              level: 'error',
              message: { text: 'call: This call has no url.' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'flows/x%20y.bpmn' },
                    region: { startLine: 12, startColumn: 3 },
                  },
                  logicalLocations: [{ name: 'call' }],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('the program prints it, and all rules of this package may be named', async () => {
    const root = blueprintFolder({ 'config.json': '{ "form": [], "colours": [] }' });
    const { stdout } = await cli(['validate', root, '--format', 'sarif']);
    const log = JSON.parse(stdout);
    expect(sarifProblems(log)).toEqual([]);
    expect(log.runs[0].results).toHaveLength(1);
  });
});
