import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { allMutations } from '../validate/mutate/run.js';
import { compared, unexplained } from './compare.js';

const ROOT = join(import.meta.dirname, '../..');
// `npm run mutate` compares all of them, which takes half an hour; here every so many.
const EVERY = process.env.MUTATE === 'all' ? 1 : 40;
const flows = readdirSync(join(ROOT, 'flows')).map((name) => join('flows', name));
const all = allMutations(flows).filter(
  ({ text, path }) => typeof text === 'string' && path === undefined,
);

test('the modeler says of a broken flow what validate says, with the same rules at the same elements', {
  timeout: 86_400_000,
}, async () => {
  const root = folder();
  for (const name of ['resources', 'package.json']) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  const count = { same: 0, more: 0, warned: 0, warnedSame: 0, unopened: 0 };
  const differing: string[] = [];
  for (const mutation of all.filter((_, at) => at % EVERY === 0)) {
    const { warnings, cliOnly, modelerOnly } = await compared(mutation, root);
    const differs = cliOnly.length + modelerOnly.length > 0;
    if (!warnings) {
      count.unopened += 1;
    } else if (warnings.length > 0) {
      // What moddle can't read is lost before a rule sees it, and the modeler says so itself.
      count.warned += 1;
      count.warnedSame += differs ? 0 : 1;
    } else if (differs && modelerOnly.length + unexplained(mutation, cliOnly).length === 0) {
      count.more += 1;
    } else if (differs) {
      const { kind, file, target } = mutation;
      differing.push(`${kind}: ${file}: ${target}: validate ${cliOnly}, modeler ${modelerOnly}`);
    } else {
      count.same += 1;
    }
  }
  const { same, more, warned, warnedSame, unopened } = count;
  process.stdout.write(
    `${same} the same, ${more} that need the folder; ${warned} opened with a warning (${warnedSame} the same all the same), ${unopened} not opened.\n`,
  );
  expect(differing).toEqual([]);
  expect(same).toBeGreaterThan(60);
});
