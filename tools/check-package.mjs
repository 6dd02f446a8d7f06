// Packs the package as npm would publish it, looks at what is in it and how others import it, installs the tarball into an
// empty folder, and runs it there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, pack, root } from './files.mjs';

const folder = mkdtempSync(join(tmpdir(), 'fortnox-package-'));

// What a Hub needs, what npx runs, and what says so; nothing of the sandbox, the tests or the tools.
const ALLOWED =
  /^(dist\/.+\.c?js|dist\/checked\.json|dist\/THIRD-PARTY-LICENSES\.txt|flows\/.+\.bpmn|forms\/.+\.pug|resources\/.+|schemas\/.+\.json|types\/(validate|bpmnlint)\.d\.ts|config\.json|package\.json|npm-shrinkwrap\.json|README\.md|LICENSE)$/;
const REQUIRED = [
  'dist/bin.cjs',
  'dist/cli.js',
  'dist/checked.json',
  'dist/lib/validate.js',
  'dist/validate/modeler/index.js',
  'dist/bpmnlint/config/recommended.cjs',
  'types/validate.d.ts',
  'types/bpmnlint.d.ts',
  'dist/THIRD-PARTY-LICENSES.txt',
  'config.json',
  'npm-shrinkwrap.json',
  'README.md',
  'LICENSE',
  'flows/fortnox-refresh-access-token.bpmn',
];

try {
  const { files, size, tarball, version } = pack(folder);
  const paths = files.map(({ path }) => path);
  const stray = paths.filter((path) => !ALLOWED.test(path));
  const missing = REQUIRED.filter((path) => !paths.includes(path));
  if (stray.length > 0) {
    throw new Error(`These do not belong in the package: ${stray.join(', ')}`);
  }
  if (missing.length > 0) {
    throw new Error(`These are missing from the package: ${missing.join(', ')}`);
  }
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (exports) {
    // Types for what others import. CommonJS gets at it by import() alone before Node 20.19.
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const argv = [attw, tarball, '--profile', 'esm-only', '--no-emoji', '--no-color'];
    process.stdout.write(execFileSync(process.execPath, argv, { encoding: 'utf8' }));
  }
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const bin = install(folder, tarball);
  const run = (...argv) => execFileSync(bin, argv, { cwd: folder, encoding: 'utf8' });
  if (run('--version').trim() !== version) {
    throw new Error('The installed program tells another version.');
  }
  process.stdout.write(run('validate'));
  process.stdout.write(
    `${paths.length} files, ${Math.round(size / 1000)} kB packed; installed and run on its own.\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
