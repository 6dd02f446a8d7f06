// Validates the blueprint at the end of a build, and notes its digest where it is right: `install` need not check that
// one again. One that is not right is no reason to stop a build; `install` then says so.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blueprintDigest } from '../build/src/blueprint/checked.js';
import { loadBlueprint } from '../build/src/blueprint/load.js';
import { ownRules } from '../build/src/blueprint/rules.js';
import { validateBlueprint } from '../build/src/validate/index.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { errors, findings } = await validateBlueprint(root, ownRules(root));
if (errors === 0) {
  const digest = blueprintDigest(loadBlueprint(root));
  writeFileSync(join(root, 'dist/checked.json'), `${JSON.stringify({ digest })}\n`);
} else {
  for (const { file, rule, message } of findings) {
    process.stderr.write(`${file}: ${rule}: ${message}\n`);
  }
}
