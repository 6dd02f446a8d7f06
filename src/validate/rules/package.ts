import * as z from 'zod';
import type { Found, Rule, Source } from '../finding.js';

const text = z.string().min(1);
const texts = z.array(text);
const form = z.looseObject({
  slug: text,
  title: z.string().optional(),
  name: z.string().optional(),
  template: z.looseObject({ form: text, result: text.optional() }),
  role: texts.optional(),
  tag: texts.optional(),
  process: z.looseObject({ workflow: text }).optional(),
});
const workflow = z.looseObject({
  key: text,
  name: z.string().optional(),
  bpmnresource: text,
  role: texts.optional(),
  tag: texts.optional(),
});
const others = Object.fromEntries(
  [
    'agent',
    'dashboard',
    'domain',
    'locale',
    'role',
    'user',
    'guide',
    'bulletin',
    'option',
    'shortcut',
    'workspace',
  ].map((name) => [name, z.array(z.looseObject({})).optional()]),
);
const schema = z.strictObject({
  form: z.array(form).optional(),
  workflow: z.array(workflow).optional(),
  ...others,
});

const CONFIG = 'config.json';

/** @returns what config.json holds as far as it can be read: paths with the place that names them */
function references(source: Source): { path: string; where: string }[] {
  const config = parsed(source);
  const found: { path: string; where: string }[] = [];
  const add = (path: unknown, where: string) => {
    if (typeof path === 'string') found.push({ path, where });
  };
  for (const entry of listOf(config?.form)) {
    const template = (entry.template ?? {}) as Record<string, unknown>;
    add(template.form, `form ${String(entry.slug)}`);
    add(template.result, `form ${String(entry.slug)}`);
  }
  for (const entry of listOf(config?.workflow)) add(entry.bpmnresource, `workflow ${String(entry.key)}`);
  return found;
}

function parsed({ config }: Source): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(config ?? '');
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((entry) => entry !== null && typeof entry === 'object') : [];
}

/** Rules about config.json and what it names. */
export const packageRules: readonly Rule[] = [
  {
    id: 'config-json',
    severity: 'error',
    why: 'The Hub imports config.json, so it has to be JSON.',
    check: ({ config }) => {
      if (config === undefined) return [];
      try {
        JSON.parse(config);
        return [];
      } catch (error) {
        return [{ file: CONFIG, message: `config.json is no JSON: ${(error as Error).message}.` }];
      }
    },
  },
  {
    id: 'config-schema',
    severity: 'error',
    why: 'The Hub knows certain collections and fields, and refuses or ignores others.',
    check: (source) => {
      const config = parsed(source);
      if (!config) return [];
      const result = schema.safeParse(config);
      return (result.error?.issues ?? []).map(
        ({ path, message }): Found => ({
          file: CONFIG,
          message: `${path.join('.') || 'config.json'}: ${message}.`,
        }),
      );
    },
  },
  {
    id: 'config-duplicate',
    severity: 'error',
    why: 'Of two entries with the same key, the Hub keeps one.',
    check: (source) => {
      const config = parsed(source);
      const keys = [
        ...listOf(config?.form).map(({ slug }) => `form ${String(slug)}`),
        ...listOf(config?.workflow).map(({ key }) => `workflow ${String(key)}`),
      ];
      const twice = keys.filter((key, at) => keys.indexOf(key) < at);
      return twice.map((key) => ({ file: CONFIG, message: `The ${key} is there twice.` }));
    },
  },
  {
    id: 'reference-missing',
    severity: 'error',
    why: 'A flow or form that is named but not there fails when someone opens it.',
    check: (source) =>
      references(source).flatMap(({ path, where }) => {
        if (!path.startsWith('/'))
          return [{ file: CONFIG, message: `${where}: the path ${path} must begin with a slash.` }];
        if (source.locate(path) !== undefined) return [];
        return [{ file: CONFIG, message: `${where}: there is no file ${path} in the blueprint.` }];
      }),
  },
  {
    id: 'process-id',
    severity: 'error',
    why: 'The Hub finds a workflow by its key, the engine by its process id; they have to be the same.',
    check: (source) =>
      listOf(parsed(source)?.workflow).flatMap(({ key, bpmnresource }): Found[] => {
        const path = typeof bpmnresource === 'string' ? source.locate(bpmnresource) : undefined;
        const flow = source.flows.find((candidate) => candidate.path === path);
        if (!flow || flow.error !== undefined) return [];
        const ids = flow.processes.filter(({ isExecutable }) => isExecutable).map(({ id }) => id);
        if (ids.length === 1 && ids[0] === key) return [];
        const found = ids.length === 0 ? 'none' : ids.join(', ');
        const message = `There must be one executable process, with the id ${String(key)}; found: ${found}.`;
        return [{ file: flow.path, message }];
      }),
  },
];
