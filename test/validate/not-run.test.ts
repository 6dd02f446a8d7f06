import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { cli } from '../support/run-cli.js';
import { blueprintFolder } from './blueprint.js';

test('nothing of a blueprint is run: neither its scripts, nor its templates, nor its expressions', async () => {
  const mark = join(folder(), 'mark');
  const code = `process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(mark)}, 'run')`;
  const process = (inside: string) =>
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="x" isExecutable="true">${inside}</process></definitions>`;
  const root = blueprintFolder({
    'config.json': '{ "workflow": [{ "key": "x", "bpmnresource": "/flows/x.bpmn" }] }',
    'flows/x.bpmn': process(
      `<scriptTask id="a" scriptFormat="js"><script><![CDATA[${code}]]></script></scriptTask>`,
    ),
    'forms/x.pug': `- ${code}\np= ${code}\np #{${code}}\ninclude:${code}\n`,
    'resources/scripts/x.js': `${code};\nmodule.exports = ${code};\n`,
    'package.json': JSON.stringify({ main: 'resources/scripts/x.js', type: 'module' }),
    'index.js': code,
  });
  const ended = await cli(['validate', root, '--package-rules'], { cwd: root });
  expect([0, 3]).toContain(ended.code);
  expect(existsSync(mark)).toBe(false);
});
