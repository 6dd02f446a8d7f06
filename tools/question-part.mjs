// For the bundler: what dist/question.cjs holds, the commands' descriptions and the help, is not written a second time. It
// is loaded by then, as whatever asks for anything else than --help asks it first.
import { join } from 'node:path';

const PARTS = { 'commands/specs.js': 'specs', 'commands/help.js': 'helpText' };

/**
 * A plugin.
 *
 * @param source the folder of the modules
 */
export function questionPart(source) {
  const exported = new Map(Object.entries(PARTS).map(([file, name]) => [join(source, file), name]));
  return {
    name: 'question-part',
    load(id) {
      const name = exported.get(id);
      return name === undefined
        ? undefined
        : `const { createRequire } = process.getBuiltinModule('node:module');
           export const { ${name} } = createRequire(import.meta.url)('../question.cjs');`;
    },
  };
}
