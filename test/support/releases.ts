import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folder.js';

const ROOT = join(import.meta.dirname, '../..');
const FIRST = join(ROOT, 'test/fixtures/0.1.0/fortnox-blueprint-0.1.0.tgz');

/** A release of the package, by its built program. */
interface Release {
  readonly program: string;
}

/** @returns the first release, extracted for one test */
export function firstRelease(): Release {
  const parent = folder();
  execFileSync('tar', ['-xzf', FIRST, '-C', parent]);
  return released(join(parent, 'package'));
}

/** @returns this very program, as if it had been released under another version */
export function thisReleaseAs(version: string): Release {
  const root = join(folder(), 'package');
  mkdirSync(root);
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const name of ['dist', 'config.json', 'flows', 'forms', 'resources']) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ ...manifest, version }));
  return released(root);
}

function released(root: string): Release {
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
  return { program: join(root, 'dist/cli.js') };
}
