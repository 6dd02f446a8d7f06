import { isRecord } from '../../core/json.js';
import type { TextFile } from '../text.js';
import { type ConfigFile, readConfig } from './config-json.js';
import { readText } from './files.js';
import { OTHER_CONFIG } from './listing.js';

interface Part {
  readonly path: string;
  readonly config: ConfigFile;
}

/**
 * Reads what a blueprint imports where it lies in other files than config.json, as if it were one: their collections
 * one after another. Of what is wrong, the file is named.
 *
 * @param root the blueprint's folder
 * @param paths of its files, in the order in which they are imported
 * @returns undefined where there are no such files
 */
export function readOtherConfigs(root: string, paths: readonly string[]): ConfigFile | undefined {
  const files = paths
    .filter((path) => OTHER_CONFIG.test(path))
    .flatMap((path): TextFile[] => {
      const text = readText(root, path);
      // What can't be read is told when its turn comes.
      return typeof text === 'string' ? [{ path, text }] : [];
    });
  return files.length === 0 ? undefined : joined(files);
}

function joined(files: readonly TextFile[]): ConfigFile {
  const parts = files.map(({ path, text }) => ({ path, config: readConfig(text) }));
  const broken = parts.find(({ config }) => config.problem);
  const entries = new Map<string, { part: Part; index: number }[]>();
  const value = new Map<string, unknown>();
  for (const part of parts) {
    const members = isRecord(part.config.value) ? part.config.value : {};
    for (const [name, member] of Object.entries(members)) {
      const list = entries.get(name) ?? [];
      const own: unknown[] = Array.isArray(member) ? member : [member];
      for (const index of own.keys()) {
        list.push({ part, index });
      }
      entries.set(name, list);
      const before = value.get(name);
      value.set(
        name,
        Array.isArray(member) && Array.isArray(before) ? [...before, ...own] : member,
      );
    }
  }
  return {
    // Of a part alone it can't be told what is missing.
    value: broken ? undefined : Object.fromEntries(value),
    ...(broken?.config.problem && {
      problem: { ...broken.config.problem, file: broken.path },
    }),
    at: ([name = '', index = 0, ...rest]) => {
      const { part, index: own } = entries.get(String(name))?.[Number(index)] ?? {};
      const [first] = parts;
      const at = part ?? first;
      const path = own === undefined ? [name] : [name, own, ...rest];
      return { ...(at?.config.at(path) ?? { line: 1, column: 1 }), file: at?.path };
    },
  };
}
