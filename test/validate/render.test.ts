import { describe, expect, test } from 'vitest';
import { type Finding, renderPretty } from '../../src/validate/index.js';

const report = (findings: Finding[]) => ({
  findings,
  files: 3,
  recognised: 'config.json, 1 flow and 1 form',
  errors: findings.filter(({ severity }) => severity === 'error').length,
  warnings: findings.filter(({ severity }) => severity === 'warning').length,
});
const missing: Finding = {
  rule: 'connector-url',
  severity: 'error',
  file: 'flows/x.bpmn',
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

describe('for a person', () => {
  test('findings are grouped by file, with place, rule and what to do, and summed up', () => {
    expect(
      renderPretty(report([missing, { ...missing, line: 20 }, unused])).join('\n'),
    ).toMatchInlineSnapshot(`
      "flows/x.bpmn
        flows/x.bpmn:12:3  error  connector-url
          This call has no url. [call]
        flows/x.bpmn:20:3  error  connector-url
          This call has no url. [call]

      forms/x.pug
        forms/x.pug  warning  reference-unused
          No form names it.

      3 files checked: 2 errors, 1 warning.
      Recognised: config.json, 1 flow and 1 form."
    `);
  });

  test('a sound blueprint is a line, and one that says what was checked', () => {
    expect(renderPretty(report([]))).toEqual([
      '3 files checked: nothing wrong.',
      'Recognised: config.json, 1 flow and 1 form.',
    ]);
  });

  test('a long message is one line, which the output breaks as wide as it is', () => {
    const message = 'word '.repeat(60).trim();
    expect(renderPretty(report([{ ...missing, message }]))).toContain(`    ${message} [call]`);
  });

  test.each<[string, Partial<Finding>]>([
    ['a name', { file: 'forms/a\n0 files checked: nothing wrong..pug' }],
    ['a name, with the other break', { file: 'forms/a\r0 files checked: nothing wrong..pug' }],
    ['an element', { element: 'a\r\n0 files checked: nothing wrong.' }],
    ['a message', { message: 'a\n0 files checked: nothing wrong.' }],
  ])('%s with a line break stays on its line', (_name, change) => {
    const lines = renderPretty(report([{ ...unused, ...change }]));
    expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([]);
    expect(lines).toHaveLength(6);
  });

  test('what was recognised is one line', () => {
    const lines = renderPretty({ ...report([]), recognised: 'a\nb' });
    expect(lines.at(-1)).toBe('Recognised: a?b.');
  });
});
