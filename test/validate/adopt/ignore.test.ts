import { describe, expect, test } from 'vitest';
import type { ValidationOptions } from '../../../src/validate/index.js';
import { findings } from '../blueprint.js';
import { flowOf, form, ofFlow, script, scriptTask, working } from '../table/build.js';
import type { Input } from '../table/rows.js';

async function rulesFound(files: Input, options: ValidationOptions = {}): Promise<string[]> {
  return (await findings(files as Parameters<typeof findings>[0], options)).map(({ rule }) => rule);
}

const PRINTS = 'console.log(1);';

describe('in a script', () => {
  test.each<[string, string, string[]]>([
    ['the next line', `// onify-ignore script-console: why\n${PRINTS}\nnext();\n`, []],
    ['its own line', `${PRINTS} // onify-ignore script-console: why\nnext();\n`, []],
    [
      'the next line of code, over blank lines and other comments',
      `// onify-ignore script-console: why\n\n// prints\n${PRINTS}\nnext();\n`,
      [],
    ],
    [
      'several rules',
      `// onify-ignore script-console, script-name: why\nconsole.log(nobody);\nnext();\n`,
      [],
    ],
    [
      'not the line behind that',
      `// onify-ignore script-console: why\nconst a = 1;\n${PRINTS}\nnext(null, a);\n`,
      ['ignore-unused', 'script-console'],
    ],
    [
      'not the next line where code stands before it',
      `const a = 1; // onify-ignore script-console: why\n${PRINTS}\nnext(null, a);\n`,
      ['ignore-unused', 'script-console'],
    ],
    [
      'what is said of the script as a whole, at its top',
      '// onify-ignore script-next: it is included\nenvironment.output.x = 1;\n',
      [],
    ],
  ])('a comment silences %s', async (_case, text, expected) => {
    expect(await rulesFound(script(text))).toEqual(expected);
  });

  test('that stands in a flow, a comment does the same', async () => {
    const task = (body: string) => working(scriptTask(body));
    const said = '// onify-ignore script-console: why';
    expect(await rulesFound(task(`${said}\n${PRINTS}\nnext();`))).toEqual([]);
    expect(await rulesFound(task(`\n  ${said}\n  ${PRINTS}\n  next();\n`))).toEqual([]);
  });
});

describe('in a form', () => {
  const broken = "+formElement({ type: 'text', name: 'a', label: 'A', colour: 'red' })";

  test('a comment silences the next line', async () => {
    const [rule = ''] = await rulesFound(form(broken));
    expect(rule).not.toBe('');
    expect(await rulesFound(form(`//- onify-ignore ${rule}: why`, broken))).toEqual([]);
    expect(await rulesFound(form(`// onify-ignore ${rule}: why`, broken))).toEqual([]);
  });

  test('it silences a call that goes over several lines, and nothing behind it', async () => {
    const over = ["+formElement({ type: 'text', name: 'a',", "  label: 'A',", "  colour: 'red' })"];
    const [rule = ''] = await rulesFound(form(...over));
    const said = `//- onify-ignore ${rule}: why`;
    expect(await rulesFound(form(said, ...over))).toEqual([]);
    const second = broken.replace("'a'", "'b'");
    expect(await rulesFound(form(said, ...over, second))).toEqual([rule]);
  });
});

describe('in a flow', () => {
  const task = '    <bpmn:task id="work" />';
  const alone = (said: string, ways: string[] = []) =>
    ofFlow(flowOf(`${said}${task}`, ['asked->done', ...ways]));

  test('a comment silences the element that follows', async () => {
    const [rule = ''] = await rulesFound(alone(''));
    expect(rule).toBe('no-disconnected');
    expect(await rulesFound(alone(`<!-- onify-ignore ${rule}: later -->`))).toEqual([]);
  });

  test('it does not silence the one behind that', async () => {
    const said = '<!-- onify-ignore no-disconnected: later --><bpmn:task id="first" />';
    expect(await rulesFound(alone(said))).toEqual(['no-disconnected']);
  });

  test('before a sub-process it silences that one, and nothing inside it', async () => {
    const inner =
      '<bpmn:subProcess id="sub"><bpmn:startEvent id="in" /><bpmn:endEvent id="out" /><bpmn:sequenceFlow id="in-to-out" sourceRef="in" targetRef="out" /><bpmn:task id="lost" /></bpmn:subProcess>';
    const files = (said: string) => ofFlow(flowOf(said + inner, ['asked->sub', 'sub->done']));
    expect(await rulesFound(files(''))).toEqual(['no-disconnected']);
    const said = '<!-- onify-ignore no-disconnected: later -->';
    expect(await rulesFound(files(said))).toEqual(['ignore-unused', 'no-disconnected']);
  });

  test('one that silences what the diagram lacks counts for the shape too', async () => {
    const files = (said: string) => {
      const text = flowOf(`${said}${task}`, ['asked->work', 'work->done']);
      return ofFlow(text.replace(/<bpmndi:BPMNShape id="work-shape".*?<\/bpmndi:BPMNShape>/, ''));
    };
    const [rule = ''] = await rulesFound(files(''));
    expect(rule).toMatch(/^(no-bpmndi|diagram)/);
    expect(await rulesFound(files(`<!-- onify-ignore ${rule}: drawn later -->`))).toEqual([]);
  });
});

describe('what one message says of several elements', () => {
  const calls = (...said: string[]) =>
    ofFlow(
      flowOf(
        said
          .map((text, at) => `${text}<bpmn:sendTask id="t${at}" camunda:type="external" />`)
          .join('')
          .replaceAll('sendTask', 'serviceTask'),
        ['asked->t0', 't0->t1', 't1->done'],
      ),
    );
  const comment = '<!-- onify-ignore task-error-boundary: why -->';

  test.each<[string, string[], boolean]>([
    ['not by a comment at one of them', [comment, ''], true],
    ['by one at each', [comment, comment], false],
  ])('is silenced %s', async (_case, said, isFound) => {
    const rules = await rulesFound(calls(...said));
    expect(rules.includes('task-error-boundary')).toBe(isFound);
    expect(rules).not.toContain('ignore-unused');
  });
});

describe('a comment is found itself', () => {
  test.each<[string, string, string, RegExp]>([
    ['without a reason', 'script-console', 'ignore-reason', /no reason for script-console/],
    ['with an empty one', 'script-console: ', 'ignore-reason', /so it still counts/],
    ['without a rule', '', 'ignore-rule', /names no rule/],
    [
      'for a rule that is not',
      'script-consol: why',
      'ignore-rule',
      /Did you mean script-console\?/,
    ],
    ['that silences nothing', 'script-http: why', 'ignore-unused', /nothing .* for script-http/],
  ])('%s', async (_case, said, rule, message) => {
    const all = await findings(
      script(`// onify-ignore ${said}\n${PRINTS}\nnext();\n`) as Parameters<typeof findings>[0],
    );
    expect(all.map((one) => one.rule).sort()).toEqual([rule, 'script-console'].sort());
    expect(all.find((one) => one.rule === rule)).toMatchObject({
      file: 'scripts/x.js',
      line: 1,
      column: 1,
      message: expect.stringMatching(message),
    });
  });

  test('not where its rule is off', async () => {
    const text = `// onify-ignore script-console: why\n${PRINTS}\nnext();\n`;
    expect(await rulesFound(script(text), { rules: { 'script-console': 'off' } })).toEqual([]);
  });

  test('and silences nothing where comments are not heeded', async () => {
    const text = `// onify-ignore script-console: why\n${PRINTS}\nnext();\n`;
    expect(await rulesFound(script(text), { heedsIgnores: false })).toEqual(['script-console']);
  });
});
