import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readXml } from '../../src/validate/source/xml.js';
import { findings } from './blueprint.js';

const FLOWS = join(import.meta.dirname, '../../flows');

describe('the place of an element', () => {
  test.each(readdirSync(FLOWS))('is where its tag begins, for every element of %s', (name) => {
    const text = readFileSync(join(FLOWS, name), 'utf8');
    const { elements, problems } = readXml(text);
    expect(problems).toEqual([]);
    expect(elements.length).toBe([...text.matchAll(/<[a-z]/gi)].length);
    for (const { name: tag, start } of elements) {
      expect(text.slice(start)).toMatch(new RegExp(`^<${tag}\\b`));
    }
  });

  test('is right behind comments, CDATA, instructions and quotes that hold tags', () => {
    const text = `<?xml version="1.0"?>
<!-- <a> --><r x="<b>" y='>'>
  <?p <c> ?><![CDATA[<d>]]>
  <e>text &lt; more</e>
</r>`;
    const { elements, lines } = readXml(text);
    expect(elements.map(({ name, start }) => [name, lines.at(start)])).toEqual([
      ['r', { line: 2, column: 13 }],
      ['e', { line: 4, column: 3 }],
    ]);
    expect(elements[1]?.text).toBe('text < more');
  });

  test('is told with what the BPMN reader says, which tells none itself', async () => {
    const bpmn = readFileSync(join(FLOWS, 'fortnox-refresh-schedule.bpmn'), 'utf8');
    const lost = '<bpmn:association id="lost" sourceRef="plan-schedule" targetRef="nowhere" />';
    const broken = bpmn.replace('  </bpmn:process>', `${lost}\n$&`);
    expect(broken).not.toBe(bpmn);
    const line = broken.split('\n').indexOf(lost) + 1;
    const found = (await findings({ 'flows/x.bpmn': broken })).filter(
      ({ rule }) => rule === 'bpmn-readable',
    );
    expect(found).toContainEqual(
      expect.objectContaining({ line, message: 'Unresolved reference <nowhere>.' }),
    );
  });
});

describe('the place of a script that does not always call next', () => {
  test.each([
    ['the branch without it', 'const x = 1;\nif (content.a) {\n  next();\n} else {\n  x;\n}', 5],
    ['a condition without else', 'const x = 1;\nif (content.a) {\n  next(null, x);\n}', 2],
    [
      'the condition in a function',
      '(() => {\n  const x = 1;\n  if (content.a) next(null, x);\n})();',
      3,
    ],
    [
      'the condition in a function that is called',
      'const go = () => {\n  if (content.a) next();\n};\ngo();',
      2,
    ],
  ])('is %s', async (_case, text, line) => {
    const found = await findings({ 'scripts/x.js': text });
    expect(found).toContainEqual(
      expect.objectContaining({ rule: 'script-next-path', file: 'scripts/x.js', line }),
    );
  });
});
