// Changes the flows and their scripts in one way after another, and has the flow and script tests find each change.
// `npm run mutate:flows` takes all; `-- --sample 25` so many, the same ones each time; `-- --match TEXT` those whose
// name holds it; `-- --part 1/4` a quarter; `-- --seconds 60` as many as there is time for; `-- --save DIR` keeps what was
// found there, and does not look at it again: run the parts, then all of them; `-- --before DIR` takes what an earlier run
// saved there, and has each change looked at first by the very test that found it then; `-- --stages scripts,flows` takes
// only these looks of stages.mjs. Ends with 1 where one stays green that is not in the list of harmless ones.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { HARMLESS } from './mutate-flows/harmless.mjs';
import { allMutants } from './mutate-flows/mutants.mjs';
import { Runner } from './mutate-flows/run.mjs';
import { Saved } from './mutate-flows/saved.mjs';
import { STAGES } from './mutate-flows/stages.mjs';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '20260301' },
    match: { type: 'string' },
    seconds: { type: 'string', default: '86400' },
    part: { type: 'string', default: '1/1' },
    save: { type: 'string' },
    before: { type: 'string' },
    stages: { type: 'string', default: STAGES.map(({ name }) => name).join() },
    verbose: { type: 'boolean', default: false },
  },
});

const all = allMutants(root);
const stages = STAGES.filter(({ name }) => values.stages.split(',').includes(name));
const chosen = chosenFrom(all);
const reasons = new Map(HARMLESS.map(({ id, reason }) => [id, reason]));
const folder = values.save ?? mkdtempSync(join(tmpdir(), 'mutate-flows-'));
const saved = new Saved(folder, values.part.replace('/', 'of'));
const runner = new Runner(root);
await runner.start();
const started = performance.now();
const end = started + Number(values.seconds) * 1000;
const reds = new Map();
const greenFiles = new Set();
for (const { id } of chosen) {
  const red = saved.redOf(id);
  if (red) {
    reds.set(id, red);
  }
}
let open = chosen.filter(({ id }) => !reds.has(id));
if (values.before) {
  const earlier = new Saved(values.before, 'before');
  for (const stage of stages) {
    const hints = earlier.of(stage.name);
    const hinted = open.filter(({ id }) => hints[id]);
    const again = { ...stage, name: `again-${stage.name}` };
    const found = await lookedAt(
      again,
      hinted.map((one) => ({ ...one, hint: hints[one.id] })),
    );
    for (const { id } of hinted.filter((mutant) => found[mutant.id])) {
      reds.set(id, found[id]);
    }
    open = open.filter(({ id }) => !reds.has(id));
  }
}
for (const stage of stages) {
  const found = await lookedAt(stage, open);
  for (const { id } of open.filter((mutant) => found[mutant.id])) {
    reds.set(id, found[id]);
  }
  open = open.filter(({ id }) => found[id] === '');
}
const green = open.map(({ id }) => id);
const looked = chosen.filter(({ id }) => reds.has(id) || green.includes(id));
for (const { id } of looked) {
  const red = reds.get(id);
  if (values.verbose || (!red && !reasons.has(id))) {
    process.stdout.write(`${red ? 'red  ' : 'GREEN'} ${id}${red ? `\n        by ${red}` : ''}\n`);
  }
}
const seconds = Math.round((performance.now() - started) / 1000);
await runner.stop();
if (!values.save) {
  rmSync(folder, { recursive: true });
}

const missed = green.filter((id) => !reasons.has(id));
const gone = HARMLESS.filter(({ id }) => !all.some((mutant) => mutant.id === id));
const found = looked.length - green.length;
process.stdout.write(
  `${looked.length} changes of ${all.length}: ${found} found, ${green.length - missed.length} harmless, ${missed.length} missed, in ${seconds} s.\n`,
);
for (const { id } of gone) {
  process.stdout.write(`In the list of harmless ones, but no change any more: ${id}\n`);
}
process.exit(missed.length + gone.length > 0 ? 1 : 0);

/** What is red without any change tells nothing. @throws Error that names it */
async function requireGreen(tests) {
  const unseen = tests.filter((name) => !greenFiles.has(name));
  const red = unseen.length > 0 ? await runner.firstRed({ files: {} }, unseen) : undefined;
  if (red) {
    throw new Error(`Red without any change: ${red}`);
  }
  for (const name of unseen) {
    greenFiles.add(name);
  }
}

/** @returns what a stage found of these mutants, by name; those that there was no time for are left out */
async function lookedAt({ name, compares, tests }, mutants) {
  const before = saved.of(name);
  // Tests may have been added since, so what they did not find is looked at again.
  const isKnown = ({ id }) => (compares ? before[id] !== undefined : !!before[id]);
  const left = mutants.filter((mutant) => !isKnown(mutant));
  if (compares && left.length > 0) {
    await runner.compare(name, left, saved.fileOf(name), end);
    return { ...before, ...saved.of(name) };
  }
  const found = Object.fromEntries(mutants.filter(isKnown).map(({ id }) => [id, before[id]]));
  for (const mutant of left) {
    if (performance.now() > end) {
      break;
    }
    const looks = tests(Object.keys(mutant.files));
    await requireGreen(looks);
    found[mutant.id] = (await runner.firstRed(mutant, looks)) ?? '';
    saved.add(name, mutant.id, found[mutant.id]);
  }
  return found;
}

function chosenFrom(mutants) {
  const [nth, of] = values.part.split('/').map(Number);
  const some = mutants
    .filter(({ id }) => id.includes(values.match ?? ''))
    .filter((_mutant, at) => at % of === nth - 1);
  if (!values.sample) {
    return some;
  }
  let state = Number(values.seed);
  const keyed = some.map((mutant) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return { mutant, order: state };
  });
  return keyed
    .sort((one, other) => one.order - other.order)
    .slice(0, Number(values.sample))
    .map(({ mutant }) => mutant);
}
