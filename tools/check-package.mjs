// Packs the package as npm would publish it, looks at what is in it and how others import it, installs the tarball into an
// empty folder, and runs it there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'fortnox-package-'));
const npm = (cwd, ...argv) =>
  execFileSync('npm', argv, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

// What a Hub needs, what npx runs, and what says so; nothing of the sandbox, the tests or the tools.
const ALLOWED =
  /^(dist\/.+\.js|dist\/checked\.json|dist\/THIRD-PARTY-LICENSES\.txt|flows\/.+\.bpmn|forms\/.+\.pug|resources\/.+|docs\/.+\.md|schemas\/.+\.json|config\.json|package\.json|README\.md|LICENSE)$/;
const REQUIRED = [
  'dist/bin.js',
  'dist/cli.js',
  'dist/checked.json',
  'dist/THIRD-PARTY-LICENSES.txt',
  'config.json',
  'README.md',
  'LICENSE',
  'flows/fortnox-refresh-access-token.bpmn',
];

try {
  const [packed] = JSON.parse(
    npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder),
  );
  const files = packed.files.map(({ path }) => path);
  const stray = files.filter((path) => !ALLOWED.test(path));
  const missing = REQUIRED.filter((path) => !files.includes(path));
  if (stray.length > 0) {
    throw new Error(`These do not belong in the package: ${stray.join(', ')}`);
  }
  if (missing.length > 0) {
    throw new Error(`These are missing from the package: ${missing.join(', ')}`);
  }
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  npm(folder, 'install', '--no-audit', '--no-fund', '--omit=dev', join(folder, tarball));
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (exports) {
    // Types for what others import; CommonJS takes it by require() from Node 20.19 on.
    const attw = join(root, 'node_modules/.bin/attw');
    const argv = [join(folder, tarball), '--profile', 'esm-only', '--no-emoji', '--no-color'];
    process.stdout.write(execFileSync(attw, argv, { encoding: 'utf8' }));
  }
  const bin = join(folder, 'node_modules/.bin/fortnox-blueprint');
  const run = (...argv) => execFileSync(bin, argv, { cwd: folder, encoding: 'utf8' });
  if (run('--version').trim() !== packed.version) {
    throw new Error('The installed program tells another version.');
  }
  process.stdout.write(run('validate'));
  process.stdout.write(
    `${files.length} files, ${Math.round(packed.size / 1024)} kB packed; installed and run on its own.\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
