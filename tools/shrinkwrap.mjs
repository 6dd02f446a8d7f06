// Writes npm-shrinkwrap.json, the part of package-lock.json that is installed with the package, for as long as npm packs
// it: so npx fetches the very versions that were tested, each with its digest. In a clone it would take the place of
// package-lock.json, so it is gone again afterwards.
//
//   node tools/shrinkwrap.mjs [--remove]
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'npm-shrinkwrap.json');

if (process.argv.includes('--remove')) {
  rmSync(target, { force: true });
} else {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const packages = Object.entries(lock.packages).filter(([, { dev, devOptional }]) => {
    return !dev && !devOptional;
  });
  const { devDependencies, ...own } = lock.packages[''];
  const kept = { ...lock, packages: { ...Object.fromEntries(packages), '': own } };
  writeFileSync(target, `${JSON.stringify(kept)}\n`);
}
