import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { packageRules } from '../../../src/blueprint/rules.js';
import { fileSchemas, writeBaseline } from '../../../src/validate/index.js';

const schemas = fileSchemas([{ title: 'This package alone', rules: packageRules }]);
const shipped = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../../schemas/${name}.json`), 'utf8'));

test.each(Object.keys(schemas))('the shipped %s is current; else run: npm run schemas', (name) => {
  expect(shipped(name)).toEqual(schemas[name]);
});

describe.each<[string, [unknown, boolean][]]>([
  [
    'onifylint.schema',
    [
      [{}, true],
      [{ $schema: './x.json', extends: 'strict', rules: { 'config-role': 'warning' } }, true],
      [{ rules: { 'fortnox-write': 'off' } }, true],
      [{ rules: { 'config-rol': 'off' } }, false],
      [{ rules: { 'config-role': 'never' } }, false],
      [{ extends: 'all' }, false],
      [{ rule: {} }, false],
    ],
  ],
  [
    'onifylint-baseline.schema',
    [
      [JSON.parse(writeBaseline([])), true],
      [JSON.parse(writeBaseline([{ file: 'a', rule: 'b', element: 'c', message: 'd' }])), true],
      [JSON.parse(writeBaseline([{ file: 'a', rule: 'b', source: 'c', message: 'd' }])), true],
      [{ version: 1, findings: [{ file: 'a' }] }, false],
      [{ version: 2, findings: [] }, false],
    ],
  ],
])('%s', (name, documents) => {
  test.each(documents)('of %j says %s', (document, isRight) => {
    const schema = z.fromJSONSchema(shipped(name) as Parameters<typeof z.fromJSONSchema>[0]);
    expect(schema.safeParse(document).success).toBe(isRight);
  });
});
