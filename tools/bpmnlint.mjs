// Writes dist/bpmnlint/: a module for each rule and rule set, as bpmnlint looks for them in a plugin's package.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configs, ruleFactories } from '../dist/validate/modeler/index.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../dist/bpmnlint');
const MODULE = "require('../../validate/modeler/index.js')";

for (const [kind, name, all] of [
  ['rules', 'ruleFactories', ruleFactories],
  ['config', 'configs', configs],
]) {
  mkdirSync(join(folder, kind), { recursive: true });
  for (const id of Object.keys(all)) {
    // CommonJS, as bpmnlint takes what `require` gives for the rule itself.
    const code = `module.exports = ${MODULE}.${name}['${id}'];\n`;
    writeFileSync(join(folder, kind, `${id}.cjs`), code);
  }
}
