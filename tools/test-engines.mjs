// Runs the flows' trouble cases on the oldest flow engine that was tried, and on the newest that the registry has.
// `npm run test:engines`; `-- --elements 15.0.3 --engine 22.0.3` runs them on that one.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/** The oldest that was tried; the trouble cases end on it. */
const OLDEST = { elements: '13.1.2', engine: '19.0.1' };
const ROOT = join(import.meta.dirname, '..');
const TESTS = ['test/flows/unpruned.flow.test.ts'];

const { values } = parseArgs({
  options: {
    elements: { type: 'string' },
    engine: { type: 'string' },
    tests: { type: 'string', default: TESTS.join() },
    extensions: { type: 'string', default: 'latest' },
  },
});
const engines = values.elements
  ? [values]
  : [OLDEST, { elements: latest('bpmn-elements'), engine: latest('bpmn-engine') }];
let failed = 0;
for (const { elements, engine } of engines) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'engines-'));
  try {
    install(folder, elements, engine);
    const { version } = JSON.parse(
      readFileSync(join(folder, 'node_modules/bpmn-elements/package.json'), 'utf8'),
    );
    process.stdout.write(`\n== bpmn-elements ${version}, bpmn-engine ${engine}\n`);
    const { status } = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--maxWorkers=1',
        '--reporter=dot',
        ...values.tests.split(','),
      ],
      { cwd: folder, stdio: 'inherit', env: { ...process.env, CI: 'true' } },
    );
    failed += status === 0 ? 0 : 1;
    process.stdout.write(`== bpmn-elements ${version}: ${status === 0 ? 'passed' : 'failed'}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(failed > 0 ? 1 : 0);

function latest(name) {
  return execFileSync('npm', ['view', name, 'version'], { encoding: 'utf8' }).trim();
}

/** A copy of this folder whose packages are this folder's, but for the engine. */
function install(folder, elements, engine) {
  const manifest = {
    private: true,
    type: 'module',
    dependencies: {
      'bpmn-elements': elements,
      'bpmn-engine': engine,
      '@onify/flow-extensions': values.extensions,
      'moddle-context-serializer': '4',
      'bpmn-moddle': '10',
    },
    overrides: { 'bpmn-elements': '$bpmn-elements' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--loglevel=error'],
    { cwd: folder, stdio: 'inherit' },
  );
  for (const name of packagesIn(join(ROOT, 'node_modules'))) {
    const target = join(folder, 'node_modules', name);
    if (!existsSync(target)) {
      mkdirSync(dirname(target), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), target);
    }
  }
  for (const part of [
    'flows',
    'resources',
    'config.json',
    'docs/diagrams',
    'sandbox',
    'src',
    'test',
    'types',
    'vitest.config.ts',
    'tsconfig.json',
    'tsconfig.base.json',
  ]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
}

function packagesIn(folder) {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`)
        : [name],
    );
}
