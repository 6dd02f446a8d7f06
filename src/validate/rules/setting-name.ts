import { suggestion } from '../../core/suggest.js';
import type { Blueprint } from '../blueprint.js';
import type { SettingUse } from '../flow/summary.js';
import type { Use } from '../flow/use.js';
import { isLetterOff, isNumbered, isOtherSpelling } from '../letter-off.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

// Comparing every name with every other one of a very large blueprint would take minutes.
const MAX_NAMES = 200;
const WEIGHT_OF_PATH = 1;

/** Rules about the names of settings: those that are a letter off another one. */
export const settingNameRules = rulesOf({
  'setting-near': {
    error: 'A setting under a name that is a letter off the documented one is not there.',
    blueprint: (blueprint) => {
      const documented = storedKeys(blueprint);
      const uses = blueprint.flows.flatMap(({ path, settings }) =>
        settings.filter(({ name }) => name.startsWith('_')).map((use) => ({ file: path, ...use })),
      );
      const counts = countsOf(uses);
      // A key that stands whole in an address is one that a person looked up.
      for (const { name, isPath } of uses) {
        counts.set(name, (counts.get(name) ?? 0) + (isPath ? WEIGHT_OF_PATH : 0));
      }
      if (counts.size > MAX_NAMES || documented.length > MAX_NAMES) {
        return [];
      }
      const nearOf = new Map(
        [...counts.keys()].map((name) => [name, nearName(name, documented, counts)] as const),
      );
      return uses.map((use): Found => {
        const near = nearOf.get(use.name);
        const message = `There is no other mention of the setting ${use.name}. Did you mean ${near}?`;
        return near !== undefined && problem(use, message);
      });
    },
  },
  'settings-tag': {
    error: 'Asked for with another tag than it is written with, a setting is not found.',
    blueprint: (blueprint) => {
      const {
        flows,
        documented: { tags },
      } = blueprint;
      const uses = flows.flatMap(({ path, tags: used }) =>
        used.map((use) => ({ file: path, ...use })),
      );
      const counts = countsOf(uses);
      const isOften = (name: string) => tags.includes(name) || (counts.get(name) ?? 0) > 1;
      const candidates = [...new Set([...tags, ...counts.keys()])].filter(isOften);
      const mistagged = writesUnseen(blueprint, new Set(uses.map(({ name }) => name)));
      const asked = uses.map((use): Found => {
        const near =
          isOften(use.name) || candidates.length > MAX_NAMES
            ? undefined
            : candidates.find(
                (tag) => isLetterOff(use.name, tag) || isOtherSpelling(use.name, tag),
              );
        const message = `No setting has the tag ${use.name}. Did you mean ${near}?`;
        return near !== undefined && problem(use, message);
      });
      return [...asked, ...mistagged];
    },
  },
});

/** What is said of settings that are written with tags by which nobody asks, while somebody reads them. */
function writesUnseen({ flows }: Blueprint, asked: ReadonlySet<string>): Found[] {
  const isOpen = asked.size === 0 || asked.size > MAX_NAMES;
  if (isOpen || flows.some(({ exchange }) => exchange.asksOpenly)) {
    return [];
  }
  const uses = new Map<string, (SettingUse & { path: string })[]>();
  for (const { path, settings } of flows) {
    for (const use of settings) {
      const list = uses.get(use.name) ?? [];
      list.push({ ...use, path });
      uses.set(use.name, list);
    }
  }
  const writes = flows.flatMap(({ path, exchange }) =>
    exchange.tagged.map((write) => ({ path, ...write })),
  );
  const writers = new Set(
    writes.flatMap(({ path, use, source }) => [`${path} ${use.element}`, source ?? '']),
  );
  return writes.map(({ path, use, tags }): Found => {
    const reads = (uses.get(use.name) ?? []).filter(
      ({ path: of, element, file }) => !writers.has(file ?? `${of} ${element}`),
    );
    const isUnseen = reads.length > 0 && reads.every(({ isPath }) => !isPath);
    if (!isUnseen || tags.some((tag) => asked.has(tag))) {
      return false;
    }
    const near = [...asked].find((one) =>
      tags.some((tag) => isLetterOff(one, tag) || isOtherSpelling(one, tag)),
    );
    const message = `Settings are asked for by the tag ${[...asked].join(' or ')}. Give ${use.name} that tag, or it is not among them.`;
    return problem({ file: path, ...use }, message, near === undefined ? 'warning' : 'error');
  });
}

/** @returns the stored keys of the settings that a blueprint creates or documents */
export function storedKeys({ settingKeys = [], documented }: Blueprint): string[] {
  return [...new Set([...settingKeys, ...documented.keys.map((key) => `_${key}`)])];
}

function countsOf(uses: readonly (Use | SettingUse)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of uses) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The name that another one is most likely meant to be. */
function nearName(
  name: string,
  documented: readonly string[],
  counts: ReadonlyMap<string, number>,
): string | undefined {
  if (documented.includes(name)) {
    return undefined;
  }
  const same = documented.find((key) => isOtherSpelling(key, name));
  const near = documented.find((key) => isLetterOff(key, name) && !isNumbered(key, name));
  if (same ?? near) {
    return same ?? near;
  }
  // Without a table of keys the one that stands more often counts.
  const own = counts.get(name) ?? 0;
  return [...counts].find(
    ([other, count]) =>
      count > own &&
      (isOtherSpelling(other, name) || (isSlip(other, name) && !isNumbered(other, name))),
  )?.[0];
}

/** Whether two names differ by a letter in their middle, as one that was mistyped does and a plural does not. */
function isSlip(a: string, b: string): boolean {
  return isLetterOff(a, b) && a.at(-1) === b.at(-1) && suggestion(a, [b]) !== undefined;
}
