import { posix } from 'node:path';
import { suggestion } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import type { Blueprint } from '../model.js';

const CONFIG = 'config.json';

/** Rules about what config.json names, and what nothing names. */
export const referenceRules: readonly Rule[] = [
  {
    id: 'reference-missing',
    severity: 'error',
    why: 'A flow or form that is named but not there fails when someone opens it.',
    blueprint: (blueprint) =>
      (blueprint.config?.references ?? []).flatMap(({ path, from, line, column }): Found[] => {
        const problem = whyMissing(path, blueprint);
        return problem === undefined
          ? []
          : [{ file: CONFIG, line, column, message: `The ${from} names ${path}: ${problem}` }];
      }),
  },
  {
    id: 'reference-kind',
    severity: 'error',
    why: 'A workflow runs BPMN and a form is Pug; the Hub can make nothing of another file.',
    blueprint: ({ config }) =>
      (config?.references ?? []).flatMap(({ path, from, line, column }): Found[] => {
        const kind = from.startsWith('form') ? '.pug' : '.bpmn';
        if (path.endsWith(kind)) {
          return [];
        }
        return [
          {
            file: CONFIG,
            line,
            column,
            message: `The ${from} names ${path}, which is no ${kind} file.`,
          },
        ];
      }),
  },
  {
    id: 'reference-unused',
    severity: 'warning',
    why: 'A flow or form that config.json does not name is copied to the Hub, but nobody can start it.',
    blueprint: ({ config, paths, forms, locate }) => {
      if (!config) {
        return [];
      }
      const used = new Set(config.references.flatMap(({ path }) => locate(path) ?? []));
      // A view that another form extends or includes is used by it.
      for (const { path, parts } of forms) {
        for (const part of parts) {
          const target = posix.normalize(posix.join(posix.dirname(path), part.name));
          used.add(target).add(`${target}.pug`);
        }
      }
      return paths.flatMap((path): Found[] => {
        const kind = path.endsWith('.bpmn')
          ? 'workflow'
          : path.endsWith('.pug')
            ? 'form'
            : undefined;
        if (kind === undefined || used.has(path) || /(^|\/)views\//.test(path)) {
          return [];
        }
        return [
          {
            file: path,
            message: `No ${kind} of config.json names this file. Add one, or take the file out.`,
          },
        ];
      });
    },
  },
  {
    id: 'reference-workflow',
    severity: 'warning',
    why: 'A form whose workflow is not there fails when it is submitted; one of the Hub itself may be meant.',
    blueprint: ({ config }) => {
      const keys = (config?.workflows ?? []).map(({ key }) => key);
      return (config?.forms ?? []).flatMap(({ slug, workflow, line, column }): Found[] => {
        if (workflow === undefined || keys.includes(workflow)) {
          return [];
        }
        const near = suggestion(workflow, keys);
        const hint = near === undefined ? 'Check that the Hub has it.' : `Did you mean ${near}?`;
        const message = `The form ${slug} starts ${workflow}, which is no workflow of this blueprint. ${hint}`;
        return [
          {
            file: CONFIG,
            line,
            column,
            message,
            ...(near !== undefined && { severity: 'error' as const }),
          },
        ];
      });
    },
  },
  {
    id: 'process-id',
    severity: 'error',
    why: 'The Hub finds a workflow by its key, the engine by its process id; they have to be the same.',
    blueprint: ({ config, flows, locate }) => {
      const byPath = new Map(flows.map((flow) => [flow.path, flow]));
      return (config?.workflows ?? []).flatMap(({ key, bpmnresource }): Found[] => {
        const flow = byPath.get((bpmnresource !== undefined && locate(bpmnresource)) || '');
        const [process] = flow?.processes ?? [];
        if (!flow || !process || flow.processes.some(({ id }) => id === key)) {
          return [];
        }
        const message = `The process is called ${process.id}, the workflow ${key}. Give both the same name.`;
        return [{ file: flow.path, element: process.id, line: process.line, message }];
      });
    },
  },
];

const MOST_COMPARED = 200;
const hubPathsOf = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** The files by their paths on the Hub, in small letters. */
function hubPaths(paths: readonly string[]): ReadonlyMap<string, string> {
  const known = hubPathsOf.get(paths);
  if (known) {
    return known;
  }
  const names = paths.map((file) => file.replace(/^resources\//, ''));
  const made = new Map(names.map((name) => [name.toLowerCase(), name]));
  hubPathsOf.set(paths, made);
  return made;
}

/** @returns why a Hub path leads to no file of the blueprint, and what to do; undefined where it does */
export function whyMissing(path: string, { locate, paths }: Blueprint): string | undefined {
  if (path.split('/').includes('..')) {
    return 'a path must not lead out of the blueprint.';
  }
  if (!path.startsWith('/')) {
    return 'a path on the Hub must begin with a slash.';
  }
  if (locate(path) !== undefined) {
    return undefined;
  }
  const below = path.slice(1);
  const known = hubPaths(paths);
  const otherCase = known.get(below.toLowerCase());
  if (otherCase !== undefined) {
    return `the file is called /${otherCase}; the Hub tells large from small letters.`;
  }
  // Comparing with every file of a very large blueprint, for each one that is missing, would take minutes.
  const near = known.size > MOST_COMPARED ? undefined : suggestion(below, [...known.values()]);
  return near === undefined
    ? 'there is no such file here.'
    : `there is no such file here. Did you mean /${near}?`;
}
