// What several tools need of packages and files.
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs npm, also where it is a script for a shell. @returns what it prints */
export function npm(cwd, ...argv) {
  const words = process.platform === 'win32' ? argv.map((word) => `"${word}"`) : argv;
  return execFileSync('npm', words, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
}

/**
 * Packs the package as npm does when it is published, but for the build: what is built already is packed.
 *
 * @param folder where the tarball goes
 * @returns what npm tells of it, with the path of the tarball
 */
export function pack(folder) {
  const shrinkwrap = join(root, 'tools/shrinkwrap.mjs');
  execFileSync(process.execPath, [shrinkwrap]);
  try {
    const printed = npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
    const [packed] = JSON.parse(printed);
    return { ...packed, tarball: join(folder, packed.filename) };
  } finally {
    execFileSync(process.execPath, [shrinkwrap, '--remove']);
  }
}

/** @returns the bytes of all files below a folder, as `du -sb` counts them but for the folders themselves */
export function bytesBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
    (sum, name) => sum + lstatSync(join(folder, name)).size,
    0,
  );
}

/**
 * Installs a tarball into an empty folder, production dependencies alone.
 *
 * @returns the path of the program
 * @throws Error where another version was installed than the one that package-lock.json has
 */
export function install(folder, tarball) {
  npm(folder, 'install', '--omit=dev', '--no-audit', '--no-fund', '--no-save', tarball);
  const own = join(folder, 'node_modules/fortnox-blueprint');
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const installed = JSON.parse(
    readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
  );
  for (const [path, { version }] of Object.entries(installed.packages)) {
    const locked = packages[path.replace('node_modules/fortnox-blueprint/', '')];
    if (join(folder, path) !== own && locked?.version !== version) {
      throw new Error(`${path} is ${version}; tested was ${locked?.version}.`);
    }
  }
  return join(folder, 'node_modules/.bin/fortnox-blueprint');
}
