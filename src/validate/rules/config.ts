import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import type { Blueprint } from '../model.js';
import { type ConfigFile, isRecord } from '../source/config.js';
import { collections, keyMembers, type Shape } from './config-shape.js';

const CONFIG = 'config.json';

/** Rules about config.json itself. */
export const configRules: readonly Rule[] = [
  {
    id: 'config-missing',
    severity: 'error',
    why: 'Without config.json the Hub gets files, but no form and no workflow.',
    blueprint: ({ isOwn, paths }) => {
      if (paths.includes(CONFIG)) {
        return [];
      }
      const message = 'There is no config.json, so the Hub imports neither forms nor workflows.';
      return [{ file: CONFIG, message, severity: isOwn ? 'error' : 'warning' }];
    },
  },
  {
    id: 'config-json',
    severity: 'error',
    why: 'The Hub imports config.json, so it has to be JSON.',
    blueprint: ({ configFile }) =>
      configFile?.problem ? [{ file: CONFIG, ...configFile.problem }] : [],
  },
  {
    id: 'config-schema',
    severity: 'error',
    why: 'An entry that lacks a field or holds a value of another type is refused or imported wrong.',
    blueprint: (blueprint) => checked(blueprint, (found) => !found.isUnknown),
  },
  {
    id: 'config-unknown',
    severity: 'warning',
    why: 'A collection or field that Onify is not known to have is most likely misspelled, and then has no effect.',
    blueprint: (blueprint) => checked(blueprint, (found) => found.isUnknown),
  },
  {
    id: 'config-setting',
    severity: 'error',
    why: 'The import knows no settings: the Hub would leave them out, and the flows would miss them.',
    blueprint: ({ configFile }) => {
      if (!configFile || !isRecord(configFile.value)) {
        return [];
      }
      return ['setting', 'settings'].flatMap((name): Found[] => {
        if (!isRecord(configFile.value) || !(name in configFile.value)) {
          return [];
        }
        const message = `The Hub does not import "${name}". Create settings through the settings API, as "install" does.`;
        return [{ file: CONFIG, ...configFile.at([name]), message }];
      });
    },
  },
  {
    id: 'config-duplicate',
    severity: 'error',
    why: 'Of two entries with the same key at most one can be kept.',
    blueprint: ({ configFile }) => (configFile ? duplicates(configFile) : []),
  },
  {
    id: 'config-process',
    severity: 'warning',
    why: 'A form without a process starts nothing when it is submitted.',
    blueprint: ({ config }) =>
      (config?.forms ?? []).flatMap(({ slug, workflow, line, column }): Found[] => {
        if (workflow !== undefined) {
          return [];
        }
        const message = `The form ${slug} starts no workflow. Name one in process.workflow.`;
        return [{ file: CONFIG, line, column, message }];
      }),
  },
  {
    id: 'config-role',
    severity: 'warning',
    why: 'A form or workflow without a role may be started by everyone who is logged in.',
    blueprint: ({ config }) => {
      const open = [
        ...(config?.forms ?? []).map((form) => ({ ...form, what: `form ${form.slug}` })),
        ...(config?.workflows ?? []).map((workflow) => ({
          ...workflow,
          what: `workflow ${workflow.key}`,
        })),
      ].filter(({ hasRole }) => !hasRole);
      return open.map(({ what, line, column }) => ({
        file: CONFIG,
        line,
        column,
        message: `The ${what} has no role, so everyone may start it. Name who may in "role".`,
      }));
    },
  },
];

type Judged = Found & { readonly isUnknown: boolean };

function checked({ configFile }: Blueprint, wanted: (found: Judged) => boolean): Found[] {
  if (!configFile || configFile.problem) {
    return [];
  }
  return judge(configFile)
    .filter(wanted)
    .map(({ isUnknown: _, ...found }) => found);
}

function judge({ value, at }: ConfigFile): Judged[] {
  const found: Judged[] = [];
  const say = (path: readonly (string | number)[], message: string, isUnknown = false) => {
    const place = path.length === 0 ? 'config.json' : path.join('.');
    found.push({ file: CONFIG, ...at(path), message: `${place} ${message}`, isUnknown });
  };
  const visit = (member: unknown, shape: Shape, path: readonly (string | number)[]) => {
    if (shape === 'anything') {
      return;
    }
    if (shape === 'text') {
      if (typeof member !== 'string' || member.trim() === '') {
        say(path, 'must be a text that is not empty.');
      }
    } else if (shape === 'boolean') {
      if (typeof member !== 'boolean') {
        say(path, 'must be true or false.');
      }
    } else if (shape === 'texts') {
      const isTexts =
        Array.isArray(member) && member.every((text) => typeof text === 'string' && text !== '');
      if (!isTexts) {
        say(path, 'must be a list of texts.');
      }
    } else if (!isRecord(member)) {
      say(path, 'must be an object.');
    } else {
      for (const name of shape.required) {
        if (!(name in member)) {
          say(path, `lacks the field "${name}".`);
        }
      }
      for (const [name, inner] of Object.entries(member)) {
        const known = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
        if (known) {
          visit(inner, known, [...path, name]);
        } else {
          say(
            [...path, name],
            `is no known field.${didYouMean(name, Object.keys(shape.members))}`,
            true,
          );
        }
      }
    }
  };
  if (!isRecord(value)) {
    say([], 'must be an object with a list for each collection.');
    return found;
  }
  for (const [name, list] of Object.entries(value)) {
    const shape = Object.hasOwn(collections, name) ? collections[name] : undefined;
    if (shape === undefined) {
      if (/^settings?$/.test(name)) {
        continue;
      }
      say(
        [name],
        `is no collection that the Hub imports.${didYouMean(name, Object.keys(collections))}`,
        true,
      );
    } else if (!Array.isArray(list)) {
      say([name], 'must be a list.');
    } else {
      for (const [index, entry] of list.entries()) {
        if (isRecord(entry)) {
          visit(entry, shape, [name, index]);
        } else {
          say([name, index], 'must be an object.');
        }
      }
    }
  }
  return found;
}

function duplicates({ value, at }: ConfigFile): Found[] {
  if (!isRecord(value)) {
    return [];
  }
  return Object.entries(keyMembers).flatMap(([collection, member]) => {
    const list = value[collection];
    const seen = new Set<unknown>();
    return (Array.isArray(list) ? list : []).flatMap((entry: unknown, index): Found[] => {
      const key = isRecord(entry) ? entry[member] : undefined;
      if (typeof key !== 'string') {
        return [];
      }
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      const message = `There is a ${collection} ${key} above already. Give this one another ${member}, or take it out.`;
      return [{ file: CONFIG, ...at([collection, index, member]), message }];
    });
  });
}
