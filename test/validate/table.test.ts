import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownRules, packageRules } from '../../src/blueprint/rules.js';
import { type Finding, validateBlueprint } from '../../src/validate/index.js';
import { rules } from '../../src/validate/rules/index.js';
import { blueprintFolder, type Files } from './blueprint.js';
import type { Input, Link, RuleRows } from './table/rows.js';
import { topics } from './table/topics.js';

// Files that are read in a thread need the code as it is built.
const BUILT = new URL('../../build/src/validate/index.js', import.meta.url).href;
const READ_IN_THREAD = 16 * 1024;

const rows = Object.values(topics).flatMap((topic) => Object.entries(topic));

describe('every rule of the package', () => {
  const ids = [...rules, ...packageRules].map(({ id }) => id);
  const having = (kind: keyof RuleRows) =>
    rows.filter(([, row]) => Object.keys(row[kind]).length > 0).map(([id]) => id);

  test.each(['finds', 'nearMisses'] as const)('has a row under %s', (kind) => {
    expect(ids.filter((id) => !having(kind).includes(id))).toEqual([]);
  });

  test('stands in one topic, and no other rule does', () => {
    expect(rows.map(([id]) => id).sort()).toEqual([...ids].sort());
  });
});

describe.each(Object.entries(topics))('%s:', (name, topic) => {
  for (const [id, { finds, nearMisses }] of Object.entries(topic)) {
    test.each(Object.entries(finds))(`${id} finds %s`, async (_case, input) => {
      expect((await found(input)).map(({ rule }) => rule)).toContain(id);
    });
    test.each(Object.entries(nearMisses))(`${id} is silent about %s`, async (_case, input) => {
      expect((await found(input)).map(({ rule }) => rule)).not.toContain(id);
    });
  }

  test('what is found is as written down', async () => {
    const text: string[] = [];
    for (const [id, { finds, nearMisses }] of Object.entries(topic)) {
      text.push(`# ${id}`, '');
      for (const [kind, inputs] of Object.entries({ finds, 'near miss': nearMisses })) {
        for (const [title, input] of Object.entries(inputs)) {
          const lines = (await found(input)).map(lineOf);
          text.push(`${kind}: ${title}`, ...(lines.length > 0 ? lines : ['  nothing']), '');
        }
      }
    }
    await expect(text.join('\n')).toMatchFileSnapshot(`table/${name}.findings.txt`);
  });
});

const known = new Map<Input, Promise<readonly Finding[]>>();

/** What is found in an input; each is validated once. */
function found(input: Input): Promise<readonly Finding[]> {
  const findings = known.get(input) ?? validated(input);
  known.set(input, findings);
  return findings;
}

async function validated(input: Input): Promise<readonly Finding[]> {
  const isLink = (content: Input[string]): content is Link =>
    typeof content === 'object' && 'link' in content;
  const entries = Object.entries(input);
  const files: Files = Object.fromEntries(
    entries.flatMap(([path, content]) => (isLink(content) ? [] : [[path, content]])),
  );
  const root = blueprintFolder(files);
  for (const [path, content] of entries) {
    if (isLink(content)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      symlinkSync(content.link, join(root, path));
    }
  }
  const isLarge = entries.some(
    ([path, content]) =>
      path.endsWith('.pug') && typeof content === 'string' && content.length > READ_IN_THREAD,
  );
  const validate = isLarge
    ? ((await import(BUILT)) as { validateBlueprint: typeof validateBlueprint }).validateBlueprint
    : validateBlueprint;
  return (await validate(root, ownRules(root))).findings;
}

function lineOf({ severity, rule, file, line, column, element, message }: Finding): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const where = element === undefined ? place : `${place} [${element}]`;
  // Newer versions of Node say the place once more in words of their own.
  const said = message.replace(/ \(line \d+ column \d+\)/, '');
  return `  ${severity} ${rule} ${where}: ${said}`;
}
