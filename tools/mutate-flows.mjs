// Changes the flows and their scripts in one way after another, and has the flow and script tests find each change.
// `npm run mutate:flows` takes all; `-- --sample 25` so many, the same ones each time; `-- --match TEXT` those whose
// name holds it; `-- --part 1/4` a quarter;
// `-- --seconds 60` as many as there is time for. Ends with 1 where one stays green that is not in the list of harmless ones.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { HARMLESS } from './mutate-flows/harmless.mjs';
import { allMutants } from './mutate-flows/mutants.mjs';
import { Runner } from './mutate-flows/run.mjs';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '20260301' },
    match: { type: 'string' },
    seconds: { type: 'string', default: '86400' },
    part: { type: 'string', default: '1/1' },
    verbose: { type: 'boolean', default: false },
  },
});

const all = allMutants(root);
const chosen = chosenFrom(all);
const reasons = new Map(HARMLESS.map(({ id, reason }) => [id, reason]));
const runner = new Runner(root);
await runner.start();
const started = performance.now();
const compared = await runner.compared(chosen, Number(values.seconds));
const looked = chosen.filter(({ id }) => compared[id] !== undefined);
const green = [];
for (const mutant of looked) {
  const { id } = mutant;
  const red = compared[id] || (await runner.firstRed(mutant));
  if (!red) {
    green.push(id);
  }
  if (values.verbose || (!red && !reasons.has(id))) {
    process.stdout.write(`${red ? 'red  ' : 'GREEN'} ${id}${red ? `\n        by ${red}` : ''}\n`);
  }
}
const seconds = Math.round((performance.now() - started) / 1000);
await runner.stop();

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
