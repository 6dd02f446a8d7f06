import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../support/folder.js';

const ROOT = join(import.meta.dirname, '../..');
const NAME = 'fortnox-blueprint';

/**
 * Makes a project in which the package lies as it is packed, beside everything that this repository has installed.
 *
 * @param as the names that it is installed under
 * @returns the project's folder, removed when the test ends
 */
export function projectWithPackage(as: readonly string[] = [NAME]): string {
  const project = folder();
  const npm = (...argv: string[]) =>
    execFileSync('npm', argv, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  npm('pack', '--silent', '--ignore-scripts', '--pack-destination', project);
  const [tarball = ''] = readdirSync(project);
  const modules = join(project, 'node_modules');
  for (const name of as) {
    mkdirSync(join(modules, name), { recursive: true });
    const target = ['-C', join(modules, name), '--strip-components', '1'];
    execFileSync('tar', ['-xzf', join(project, tarball), ...target]);
  }
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) {
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
    }
  }
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  return project;
}
