// Makes dist/, what npm publishes, from build/src/, what tsc has made of src/: a command loads few files, and what only the
// tests and tools use is left out. What package.json names under "dependencies" stays a dependency; every other package is
// bundled, and its licence goes into dist/THIRD-PARTY-LICENSES.txt.
//
//   node tools/bundle.mjs [--out DIR]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'build/src');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } });
const target = values.out;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const slashes = (path) => path.split(sep).join('/');

// What several commands share goes together, so that there are few files: what all need, what those need that ask a Hub,
// and what reads a blueprint. What --help and --version load is to import no package.
const SHARED = [
  {
    name: 'core',
    test: /^(core|blueprint\/manifest|commands\/options|options\/(input|seconds))\b/,
  },
  { name: 'validate', test: /^(validate|blueprint\/rules)\b/ },
  { name: 'hub', test: /^(hub|token|options|install|blueprint(?!\/rules))\//, minShareCount: 2 },
];

/** What something other than an import of ours loads, below src/ and without its ending: what lies at the top, what is exported. */
function entries() {
  return [
    ...new Set([
      ...sourceFiles()
        .filter((file) => !file.includes('/'))
        .map((file) => file.replace(/\.js$/, '')),
      ...published(manifest.exports),
    ]),
  ];
}

/** What package.json leads to in dist/: `./dist/validate/index.js` is `validate/index`. */
function published(value) {
  if (typeof value === 'string') {
    const [, name] = /^(?:\.\/)?dist\/(.+)\.js$/.exec(value) ?? [];
    return name ? [name] : [];
  }
  return Object.values(value ?? {}).flatMap(published);
}

function sourceFiles() {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map(slashes)
    .filter((name) => name.endsWith('.js'));
}

// A module asks where it lies to find a file beside it. In a bundle it lies elsewhere, so it is told where tsc had put it.
const places = {
  name: 'places',
  transform(code, id) {
    const path = slashes(relative(source, id));
    if (path.startsWith('..') || !code.includes('import.meta.')) {
      return undefined;
    }
    const file = `"__DIST__/${path}"`;
    return code
      .replaceAll('import.meta.url', `new URL(${file}, import.meta.url).href`)
      .replaceAll(
        'import.meta.dirname',
        `process.getBuiltinModule('node:url').fileURLToPath(new URL("__DIST__/${posix.dirname(path)}", import.meta.url))`,
      );
  },
  renderChunk(code, { fileName }) {
    return code.replaceAll('__DIST__', posix.relative(posix.dirname(fileName), '.') || '.');
  },
};

// What Pug's lexer and parser load at their start, and hardly use, in a shorter form.
const LIGHTER = ['assert', 'is-expression', 'is-regex'];
const lighter = {
  name: 'lighter',
  resolveId: (id) => (LIGHTER.includes(id) ? join(root, `tools/lighter/${id}.mjs`) : undefined),
  // They are packages of the old kind, to which a module is what it exports by default.
  transform: (code, id) =>
    /\/pug-(lexer|parser)\/|\/character-parser\//.test(slashes(id))
      ? code.replace(/require\('(assert|is-expression|is-regex)'\)/g, (call) => `${call}.default`)
      : undefined,
};

const packageOf = (id) => /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? id;
const isKept = (id) =>
  id.startsWith('node:') ||
  builtinModules.includes(id) ||
  packageOf(id) in (manifest.dependencies ?? {});

// A page loads it, so it shares nothing with what needs Node.
const OF_BROWSERS = ['validate/modeler/index'];

const started = entries();
const common = {
  cwd: source,

  external: (id) => isKept(id) && !LIGHTER.includes(id),
  // No module of ours does anything when it is merely imported; nor does what is bundled.
  treeshake: { moduleSideEffects: (id) => started.includes(nameOf(id)) },
  preserveEntrySignatures: 'allow-extension',
  plugins: [lighter, places],
};
const written = {
  dir: target,
  format: 'esm',
  minify: true,
  comments: { legal: false },
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
};
const named = (names) => Object.fromEntries(names.map((name) => [name, `./${name}.js`]));

const ofBrowsers = await rolldown({ ...common, platform: 'browser', input: named(OF_BROWSERS) });
const browserOutput = (await ofBrowsers.write(written)).output;
await ofBrowsers.close();

const bundle = await rolldown({
  ...common,
  platform: 'node',
  input: named(started.filter((name) => !OF_BROWSERS.includes(name))),
});
const { output } = await bundle.write({
  ...written,
  codeSplitting: {
    includeDependenciesRecursively: false,
    // What is started runs when it is loaded, so it stays out of what others load.
    groups: SHARED.map((group) => ({
      ...group,
      test: (id) => group.test.test(nameOf(id)) && !started.includes(nameOf(id)),
    })),
  },
});
await bundle.close();

function nameOf(id) {
  return slashes(relative(source, id)).replace(/\.js$/, '');
}

/** The licence texts of what is bundled, by package. */
function licences() {
  const packages = new Set(
    [...output, ...browserOutput]
      .flatMap(({ moduleIds = [] }) => moduleIds)
      .flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(slashes(id)) ?? []),
  );
  return [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
    if (!file) {
      throw new Error(`${name} is bundled, and brings no licence text.`);
    }
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
}

writeFileSync(
  join(target, 'THIRD-PARTY-LICENSES.txt'),
  `Parts of these packages are in the program.\n\n${licences().join(`\n${'-'.repeat(80)}\n\n`)}`,
);
