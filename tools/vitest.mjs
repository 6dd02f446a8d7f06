// Runs vitest with variables in front, as a shell does and npm's on Windows does not: node tools/vitest.mjs KILLS=300 FILE
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './files.mjs';

const words = process.argv.slice(2);
const isVariable = (word) => /^[A-Z_]+=/.test(word);
const variables = words.filter(isVariable).map((word) => word.split('='));
const argv = [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  ...words.filter((word) => !isVariable(word)),
];
const env = { ...process.env, ...Object.fromEntries(variables) };
process.exitCode =
  spawnSync(process.execPath, argv, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
