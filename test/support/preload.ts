import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder.js';

/** What does not heed Ctrl-C is ended by force after two seconds: without that, it never ends. */
const UNFORCED =
  'const { setTimeout: after } = globalThis; globalThis.setTimeout = (work, ms, ...rest) => after(work, ms === 2000 ? 1e9 : ms, ...rest);';

/** What can be made to take for ever, or long, in a program that is started: code that runs before it. */
const PRELOADS = {
  /** A look-up of a name that never ends, and that nothing can give up. */
  dns: 'require("node:dns").lookup = () => { setInterval(() => {}, 1000); console.error("Looking up"); };',
  /** A disk that takes a second for each file. */
  disk: `const fs = require("node:fs"); const { renameSync } = fs;
    fs.renameSync = (...paths) => { renameSync(...paths); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000); };
    require("node:module").syncBuiltinESMExports();`,
  /** Nothing at all: a program that tells when it listens for signals, and goes on a second later. */
  early: `const { on } = process; process.on = function (name, ...rest) {
      const result = on.call(this, name, ...rest);
      if (name === "SIGHUP") { console.error("Listening for signals"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000); }
      return result; };`,
  none: '',
} as const;

/** @returns the variable that has Node run one of them first, and end nothing by force */
export function preload(name: keyof typeof PRELOADS): Record<string, string> {
  const file = join(folder(), `${name}.cjs`);
  writeFileSync(file, UNFORCED + PRELOADS[name]);
  return { NODE_OPTIONS: `--require ${file}` };
}
