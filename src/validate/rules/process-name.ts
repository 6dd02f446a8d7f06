import { posix } from 'node:path';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

/** Rules about what processes are called. */
export const processNameRules = rulesOf({
  'process-twice': {
    error:
      'Of two flows with the same process id the one that is deployed last replaces the other.',
    blueprint: ({ flows, config, locate }) => {
      const named = new Set((config?.references ?? []).flatMap(({ path }) => locate(path) ?? []));
      // The one that config.json names is the one that is meant.
      const ordered = [...flows].sort((a, b) => rank(named.has(a.path)) - rank(named.has(b.path)));
      const seen = new Map<string, string>();
      return ordered.flatMap(({ path, processes }) =>
        processes.map(({ id, line, column }): Found => {
          const first = seen.get(id);
          seen.set(id, first ?? path);
          const message = `${first} holds a process ${id} already. Give this one another id, or remove the file.`;
          const isSecond = first !== undefined && first !== path && id !== '';
          return isSecond && problem({ file: path, element: id, line, column }, message);
        }),
      );
    },
  },
  'process-file-name': {
    warning: 'A flow in a file with the name of another one is looked for in the wrong place.',
    blueprint: ({ flows }) =>
      flows.flatMap(({ path, processes }) => {
        const name = posix.basename(path).replace(/\.bpmn$/i, '');
        return processes.map(({ id, line, column }): Found => {
          const message = `The file ${name} holds the process ${id}. Call both the same.`;
          const seemsWrong = sharesWord(name, id) && !holds(name, id) && !holds(id, name);
          return (
            seemsWrong &&
            processes.length === 1 &&
            problem({ file: path, element: id, line, column }, message)
          );
        });
      }),
  },
});

const rank = (isNamed: boolean) => (isNamed ? 0 : 1);

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}

// A file may be called by another word than its process; only one that mixes the same words up looks wrong.
function sharesWord(a: string, b: string): boolean {
  const others = wordsOf(b);
  return wordsOf(a).some((word) => word.length > 3 && others.includes(word));
}

function holds(a: string, b: string): boolean {
  const plain = (name: string) => wordsOf(name).join('-');
  return plain(a).includes(plain(b));
}
