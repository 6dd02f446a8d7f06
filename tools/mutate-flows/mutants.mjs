import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowChanges } from './flow-changes.mjs';
import { scriptChanges } from './script-changes.mjs';

/** These three share elements (test/flows/same.test.ts): what is changed in one is changed in all that have it. */
const SHARING = ['refresh-access-token', 'generate-access-token', 'disconnect'].map(
  (name) => `flows/fortnox-${name}.bpmn`,
);

/**
 * @param {string} root the blueprint's folder
 * @returns {{ id: string, files: Record<string, string> }[]} every mutant: its name, and its files as changed
 */
export function allMutants(root) {
  const flows = readdirSync(join(root, 'flows'))
    .map((name) => `flows/${name}`)
    .sort((one, other) => SHARING.indexOf(other) - SHARING.indexOf(one));
  const all = flows.map((file) => changesOf(root, file));
  const mutants = [];
  const seen = new Set();
  for (const { file, changes } of all) {
    const isShared = SHARING.includes(file);
    for (const { key, what, from, text } of changes.filter(
      (one) => !(isShared && seen.has(one.key)),
    )) {
      seen.add(key);
      const files = all
        .filter((other) => other.file === file || (isShared && SHARING.includes(other.file)))
        .flatMap((other) => other.changes.filter((one) => one.key === key))
        .map((one) => [one.file, one.whole]);
      mutants.push(named(file, what, from, text, Object.fromEntries(files)));
    }
  }
  for (const name of readdirSync(join(root, 'resources/scripts/fortnox'))) {
    const file = `resources/scripts/fortnox/${name}`;
    const source = readFileSync(join(root, file), 'utf8');
    for (const { kind, start, end, text } of scriptChanges(source)) {
      const whole = source.slice(0, start) + text + source.slice(end);
      const from = source.slice(start, end);
      mutants.push(named(file, kind, from, text, { [file]: whole }));
    }
  }
  return numbered(mutants);
}

function changesOf(root, file) {
  const source = readFileSync(join(root, file), 'utf8');
  const counts = new Map();
  const changes = flowChanges(source).map(({ kind, start, end, text, element }) => {
    const from = source.slice(start, end);
    const what = `${element}: ${kind}`;
    const same = `${what} ${from} ${text}`;
    const count = (counts.get(same) ?? 0) + 1;
    counts.set(same, count);
    const whole = source.slice(0, start) + text + source.slice(end);
    return { file, what, from, text, whole, key: `${same} ${count}` };
  });
  return { file, changes };
}

function named(file, what, from, text, files) {
  const [before, after] = differing(from, text);
  const isShared = Object.keys(files).length > 1;
  const name = isShared ? 'shared' : file.replace(/^.*\/(fortnox-)?/, '');
  return { id: `${name} ${what}: ${short(before)} -> ${short(after) || '(nothing)'}`, files };
}

function short(text) {
  return text.replace(/\s+/g, ' ').trim().slice(0, 90);
}

/** Two texts from about where they begin to differ. */
function differing(from, text) {
  const at = [...from].findIndex((sign, index) => sign !== text[index]);
  const start = from.length > 90 && text !== '' ? Math.max(0, at - 20) : 0;
  return [from.slice(start), text.slice(start)];
}

/** The same name twice gets a number: names must tell mutants apart, in the list of those that may stay green as well. */
function numbered(mutants) {
  const counts = new Map();
  return mutants.map((mutant) => {
    const count = (counts.get(mutant.id) ?? 0) + 1;
    counts.set(mutant.id, count);
    return count === 1 ? mutant : { ...mutant, id: `${mutant.id} (${count})` };
  });
}
