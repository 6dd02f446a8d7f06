import type { RuleGroup } from '../rule.js';
import { ruleGroups } from '../rules/index.js';
import { PRESETS } from './lint-file.js';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const text = { type: 'string' };

/**
 * @param extraGroups rules besides the validator's own
 * @returns the JSON Schemas of the files that `validate` reads and writes beside a blueprint, by their names
 */
export function fileSchemas(
  extraGroups: readonly RuleGroup[],
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const rules = [...ruleGroups, ...extraGroups].flatMap((group) => group.rules);
  const setting = { enum: ['error', 'warning', 'warn', 'off'] };
  const properties = rules.map(({ id, why, severity }) => [
    id,
    { description: `${why} (${severity})`, ...setting },
  ]);
  return {
    'onifylint.schema': {
      title: '.onifylint.json: how strict the rules of a blueprint are',
      $schema: DRAFT,
      type: 'object',
      properties: {
        $schema: text,
        extends: {
          description: 'strict makes every rule an error; recommended, the default, none',
          enum: PRESETS,
        },
        rules: {
          type: 'object',
          properties: Object.fromEntries(properties),
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
    'onifylint-baseline.schema': {
      title: '.onifylint-baseline.json: findings that were there and do not count',
      $schema: DRAFT,
      type: 'object',
      properties: {
        $schema: text,
        version: { const: 1 },
        findings: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              file: { ...text, description: "below the blueprint's folder, with slashes" },
              rule: text,
              element: { ...text, description: 'id of the BPMN element' },
              source: {
                ...text,
                description:
                  'where there is no element: of the SHA-256 of the line without its spaces, the first 12 digits',
              },
              message: { ...text, description: 'tells a reader, and one of several alike' },
            },
            required: ['file', 'rule', 'message'],
            additionalProperties: false,
          },
        },
      },
      required: ['version', 'findings'],
      additionalProperties: false,
    },
  };
}
