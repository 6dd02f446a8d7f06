import { describe, expect, test } from 'vitest';
import { callingFlow, findings, flow, input } from './blueprint.js';

/** The rules that a script file breaks. */
async function broken(text: string): Promise<string[]> {
  const all = await findings({ 'scripts/x.js': text });
  return [...new Set(all.filter(({ file }) => file === 'scripts/x.js').map(({ rule }) => rule))];
}

describe('a script breaks', () => {
  test.each<[string, string]>([
    ['script-syntax', 'next(;'],
    ['script-syntax', 'return next();'],
    ['script-syntax', "import x from 'x'; next();"],
    ['script-next', 'environment.output.x = 1;'],
    ['script-next', 'const next2 = 1;'],
    ['script-next-path', 'if (content.x) next();'],
    ['script-next-path', 'const go = (yes) => { if (yes) { next(); return; } };\ngo(content.x);'],
    [
      'script-next-path',
      'switch (content.x) { case 1: next(); break; case 2: break; default: next(); }',
    ],
    [
      'script-next-path',
      'try { JSON.parse(content.x); next(); } catch (_e) { environment.output.x = 1; }',
    ],
    ['script-next-path', 'content.x && next();'],
    ['script-next-path', 'for (const x of content.list) { next(null, x); }'],
    ['script-global', "const fs = require('fs'); next();"],
    ['script-global', "next(null, new URL('https://x.test').host);"],
    ['script-global', 'setTimeout(next, 10);'],
    ['script-global', 'next(null, Buffer.alloc(1));'],
    ['script-global', "console.error('x'); next();"],
    ['script-functions', 'next(null, functions.generateUuid());'],
    ['script-name', 'next(null, enviroment.output);'],
    ['script-name', 'next(null, total);'],
    ['script-path', 'next(null, environment.variabels.input);'],
    ['script-console', "console.log('x'); next();"],
    ['script-http', "next(null, 'http://api.example.com');"],
  ])('%s: %s', async (rule, text) => {
    expect(await broken(text)).toContain(rule);
  });
});

describe('a script is sound', () => {
  test.each([
    'next();',
    'next(new Error(content.x));',
    'if (content.x) next(); else next(null, 1);',
    'const go = (x) => next(null, x);\nif (content.x) go(1);\nelse { go(2); }',
    'throw new Error("no");\nnext();',
    'Promise.resolve(1).then((x) => next(null, x), next);',
    '[1].forEach((x) => next(null, x));',
    '(() => { next(); })();',
    'try { next(null, JSON.parse(content.x)); } catch (error) { next(error); }',
    'try { environment.output.x = JSON.parse(content.x); } catch (_e) { environment.output.x = null; }\nnext();',
    'switch (content.x) { case 1: next(); break; default: next(null, 2); }',
    'while (true) { if (content.x) { next(); break; } }',
    'const again = () => { if (content.x) again(); else next(); };\nagain();',
    'const a = () => b(); const b = () => next(); a();',
    "typeof functions === 'object' && functions.x; next();",
    "if (typeof structuredClone !== 'undefined') environment.output.x = structuredClone(content.x); next();",
    'total = 1; next(null, total);',
    'const { x = 1, ...rest } = content; next(null, { x, rest });',
    "next(null, Buffer.from('x').toString('base64'));",
    "next(null, 'http://localhost:3000');",
    "next(null, 'http://www.w3.org/2000/svg');",
    'label: for (const x of [1]) { continue label; }\nnext();',
    'class A { b() { return this.c; } }\nnext(null, new A().b());',
  ])('%s', async (text) => {
    expect(await broken(text)).toEqual([]);
  });
});

describe('a script in a flow', () => {
  const task = (script: string, attributes = 'scriptFormat="js"') =>
    flow({
      body: `    <bpmn:startEvent id="asked" />\n    <bpmn:scriptTask id="work" ${attributes}>${script}</bpmn:scriptTask>\n    <bpmn:endEvent id="done" />`,
      ways: ['asked->work', 'work->done'],
    });
  const found = async (bpmn: string) =>
    (await findings({ 'flows/x.bpmn': bpmn, 'scripts/x.js': 'next();' })).filter(
      ({ rule }) => rule !== 'config-missing',
    );

  test.each<[string, string, string]>([
    ['script-format', 'without a format', task('<bpmn:script>next();</bpmn:script>', '')],
    [
      'script-format',
      'in another language',
      task('<bpmn:script>next();</bpmn:script>', 'scriptFormat="groovy"'),
    ],
    ['script-empty', 'without a text', task('')],
    [
      'script-both',
      'with a text and a file',
      task(
        '<bpmn:script>next();</bpmn:script>',
        'scriptFormat="js" camunda:resource="/scripts/x.js"',
      ),
    ],
    [
      'script-resource',
      'in a file that is not there',
      task('', 'scriptFormat="js" camunda:resource="/scripts/y.js"'),
    ],
    [
      'script-resource',
      'in a file of another case',
      task('', 'scriptFormat="js" camunda:resource="/scripts/X.js"'),
    ],
    ['script-unused', 'in a file that nobody names', task('<bpmn:script>next();</bpmn:script>')],
    [
      'script-ignored',
      'in a map',
      callingFlow(
        input('url', 'https://x.test') +
          input(
            'headers',
            '<camunda:map><camunda:entry key="x"><camunda:script scriptFormat="js">next();</camunda:script></camunda:entry></camunda:map>',
          ),
      ),
    ],
  ])('breaks %s: %s', async (rule, _case, bpmn) => {
    expect((await found(bpmn)).map((finding) => finding.rule)).toContain(rule);
  });

  test('is found at its place in the file', async () => {
    const bpmn = task(
      '<bpmn:script>\n  const a = 1;\n  const b = ;\n  next(a, b);\n</bpmn:script>',
    );
    const line = bpmn.split('\n').findIndex((text) => text.includes('const b')) + 1;
    expect((await found(bpmn)).find(({ rule }) => rule === 'script-syntax')).toMatchObject({
      file: 'flows/x.bpmn',
      element: 'work',
      line,
      column: 13,
    });
  });

  test('may use the members of an answer in the output of a connector', async () => {
    const bpmn = callingFlow(
      input('url', 'https://x.test') + input('throwHttpErrors', '${false}'),
      '<camunda:outputParameter name="ok"><camunda:script scriptFormat="js">next(null, statusCode &lt; 400 &amp;&amp; body.ok);</camunda:script></camunda:outputParameter>',
    );
    expect((await found(bpmn)).map(({ rule }) => rule)).not.toContain('script-name');
  });
});
