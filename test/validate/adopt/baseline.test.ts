import { describe, expect, test } from 'vitest';
import {
  compare,
  entryOf,
  readBaseline,
  writeBaseline,
} from '../../../src/validate/adopt/baseline.js';
import type { Finding } from '../../../src/validate/index.js';
import { validateBlueprint } from '../../../src/validate/index.js';
import { blueprintFolder, type Files } from '../blueprint.js';
import { callTask, flowOf, form, ofFlow, script, scriptTask, working } from '../table/build.js';

async function baselineOf(files: Files) {
  const { entries = [], findings } = await validateBlueprint(blueprintFolder(files), {
    baseline: 'write',
  });
  expect(findings).toEqual([]);
  return entries;
}

/** What a blueprint has against the baseline of an older state of it. */
async function since(before: Files, after: Files) {
  const baseline = await baselineOf(before);
  const { findings, quiet } = await validateBlueprint(blueprintFolder(after), { baseline });
  return { rules: findings.map(({ rule }) => rule), gone: quiet?.gone, findings };
}

const scripts = (text: string) => script(text) as Files;

describe('against a baseline', () => {
  const old = 'console.log(1);\nnext();\n';

  test('what was there does not count', async () => {
    expect(await since(scripts(old), scripts(old))).toMatchObject({ rules: [], gone: 0 });
  });

  test('nor does it where lines moved and were indented anew', async () => {
    const moved = '// A comment.\n\nif (content.x) {\n  console.log( 1 );\n}\nnext();\n';
    expect(await since(scripts(old), scripts(moved))).toMatchObject({ rules: [], gone: 0 });
  });

  test('what is new counts, also one of the same rule on the same text', async () => {
    const asks = "content.url = 'http://files.example.com/';\n";
    const before = scripts(`${asks}next();\n`);
    const { findings } = await since(before, scripts(`${asks}${asks}next();\n`));
    expect(findings).toMatchObject([{ rule: 'script-http', line: 2 }]);
  });

  test('what was mended is gone', async () => {
    expect(await since(scripts(old), scripts('next();\n'))).toMatchObject({ rules: [], gone: 1 });
  });

  test('an element of a flow is known by its id, wherever it stands', async () => {
    const one = working(scriptTask('console.log(1);\nnext();')) as Files;
    const other = working(`\n\n${scriptTask('console.log(2, 3);\nnext();')}`) as Files;
    expect(await since(one, other)).toMatchObject({ rules: [], gone: 0 });
  });

  test('of what one message says of several elements, each is known by itself', async () => {
    const calls = (...ids: string[]) =>
      ofFlow(
        flowOf(
          ids
            .map((id) => callTask({ url: 'https://example.com/' }).replaceAll('work', id))
            .join('')
            .replace(/<bpmn:boundaryEvent.*?<\/bpmn:boundaryEvent>/gs, ''),
          [...ids.map((id, at) => `${ids[at - 1] ?? 'asked'}->${id}`), `${ids.at(-1)}->done`],
        ),
      ) as Files;
    expect(await since(calls('a', 'b'), calls('a', 'b'))).toMatchObject({ rules: [], gone: 0 });
    expect(await since(calls('a', 'b'), calls('b'))).toMatchObject({ rules: [] });
    const { rules } = await since(calls('a', 'b'), calls('a', 'b', 'c'));
    expect(rules).toContain('task-error-boundary');
  });

  test('a form is known by its line', async () => {
    const broken = "+formElement({ type: 'text', name: 'a', label: 'A', colour: 'red' })";
    const before = form(broken) as Files;
    const after = form('p Hello', broken, broken.replace('colour', 'shape')) as Files;
    const { rules, gone, findings } = await since(before, after);
    expect(gone).toBe(0);
    expect(rules.length).toBeGreaterThan(0);
    expect(findings.every(({ line }) => line === 5)).toBe(true);
  });

  test('twenty and more of one rule are told apart, and the new one is shown', async () => {
    const many = (count: number) =>
      scripts(
        `${Array.from({ length: count }, (_, at) => `content.url = 'http://files.example.com/${at}';\n`).join('')}next();\n`,
      );
    const { findings } = await since(many(30), many(31));
    expect(findings).toMatchObject([{ rule: 'script-http', line: 31 }]);
  });
});

describe('of several alike', () => {
  const finding = (message: string, line: number): Finding => ({
    rule: 'r',
    severity: 'error',
    file: 'f.bpmn',
    element: 'e',
    line,
    message,
  });
  const marked = (...found: Finding[]) =>
    found.map((one) => ({ finding: one, element: 'e', source: undefined }));

  test('the one with another message is the new one', () => {
    const [old, fresh] = [finding('old', 9), finding('fresh', 1)];
    const baseline = marked(old).map(entryOf);
    expect([...compare(marked(fresh, old), baseline).old]).toEqual([old]);
  });

  test('one whose message changed is still the old one', () => {
    const now = finding('said in other words', 1);
    const baseline = marked(finding('said', 1)).map(entryOf);
    expect(compare(marked(now), baseline)).toEqual({ old: new Set([now]), gone: 0 });
  });

  test('two with one message are counted', () => {
    const [first, second] = [finding('same', 1), finding('same', 2)];
    const baseline = marked(first).map(entryOf);
    expect([...compare(marked(first, second), baseline).old]).toEqual([first]);
  });
});

describe('its file', () => {
  const entry = { file: 'b.js', rule: 'r', source: '0123456789ab', message: 'It is wrong.' };

  test('is sorted, has an entry a line, and is read as it was written', () => {
    const entries = [entry, { file: 'a.bpmn', rule: 'r', element: 'e', message: 'So is this.' }];
    const text = writeBaseline(entries);
    expect(text).toBe(
      `{
  "version": 1,
  "findings": [
    {"file":"a.bpmn","rule":"r","element":"e","message":"So is this."},
    {"file":"b.js","rule":"r","source":"0123456789ab","message":"It is wrong."}
  ]
}
`,
    );
    expect(readBaseline(JSON.parse(text))).toEqual(entries.toReversed());
  });

  test('holds no hash of a line with a secret', async () => {
    const text = "const password = 'korrekt4Hast'; console.log(1);\nnext(null, password);\n";
    const entries = await baselineOf(scripts(text));
    const rules = entries.map(({ rule, source }) => [rule, source]);
    expect(rules).toContainEqual(['secret-literal', undefined]);
    expect(rules).toContainEqual(['script-console', undefined]);
  });

  test.each<[string, unknown, string]>([
    ['a list', [], 'it must be an object'],
    ['another version', { version: 2, findings: [] }, 'its version must be 1'],
    ['no findings', { version: 1 }, '"findings" must be a list'],
    ['another member', { version: 1, finding: [] }, 'it has no "finding". Did you mean findings?'],
    [
      'an entry without its rule',
      { version: 1, findings: [{ file: 'a', message: 'b' }] },
      'entry 1',
    ],
  ])('is refused where it is %s', (_case, value, said) => {
    expect(readBaseline(value)).toContain(said);
  });
});
