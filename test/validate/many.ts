import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistaken, mistakes } from './corpus/mistakes/index.js';
import { right } from './corpus/right/index.js';
import { allMutations } from './mutate/run.js';

const ROOT = join(import.meta.dirname, '../..');

/** The flows of a folder. */
const flowsOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bpmn'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));

/**
 * Flows of mixed origin, in turns: right ones and mistaken ones of the corpus, shipped ones, shipped ones that are broken
 * in one place, and those of a folder. Where an origin has no more, its flows come again, every third one without a piece.
 *
 * @param count how many
 * @param from a folder with more flows
 */
export function* manyFlows(count: number, from?: string): Generator<string> {
  const shipped = readdirSync(join(ROOT, 'flows')).sort();
  const broken = allMutations(shipped.map((name) => join('flows', name))).flatMap(({ text }) =>
    typeof text === 'string' ? [text] : [],
  );
  const origins = [
    Object.values(right).flatMap(({ files }) => flowsIn(files)),
    Object.values(mistakes).flatMap((all) => all.flatMap((one) => flowsIn(mistaken(one)))),
    flowsOf(join(ROOT, 'flows')),
    broken,
    ...(from ? [flowsOf(from)] : []),
  ].map((texts) => [...new Set(texts)]);
  for (let at = 0; at < count; at += 1) {
    const texts = origins[at % origins.length] ?? [];
    const turn = Math.floor(at / origins.length);
    // The broken ones come flow by flow: with a step that no number of flows divides, all flows come soon.
    const text = texts[(turn * 7919) % texts.length] ?? '';
    yield own(turn < texts.length || at % 3 > 0 ? text : cut(text, at), at);
  }
}

function flowsIn(files: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    path.endsWith('.bpmn') && typeof text === 'string' ? [text] : [],
  );
}

/** A flow under an id of its own, as a blueprint has no process twice. */
function own(text: string, at: number): string {
  const [, id] = /<(?:\w+:)?process\b[^>]*\bid="([^"]+)"/.exec(text) ?? [];
  return id === undefined ? text : text.replaceAll(`"${id}"`, `"${id}-${at}"`);
}

/** A flow without a piece, another one for each number. */
function cut(text: string, at: number): string {
  const start = (at * 7919) % text.length;
  return text.slice(0, start) + text.slice(start + (at % 400) + 1);
}
