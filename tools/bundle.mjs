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
import { folded } from './folded.mjs';
import { licencesOf } from './licences.mjs';
import { questionPart } from './question-part.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'build/src');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } });
const target = values.out;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const slashes = (path) => path.split(sep).join('/');

// What is CommonJS, as Node loads that in half the time: what says that Node is too old, and what answers --help.
const COMMON_JS = ['bin', 'question'];

// What several commands share goes together, so that there are few files: what all need, what those need that ask a Hub,
// and what reads a blueprint, with Pug's front end; and the small commands. What --help and --version load is to import no
// package.
const SHARED = [
  {
    name: 'core',
    test: /^(core|blueprint\/manifest|commands\/(options|again)|options\/(input|seconds))\b/,
  },
  {
    name: 'validate',
    test: /^(validate|blueprint\/rules)\b|\/node_modules\/(pug-|character-parser\/|token-stream\/)|\/tools\/lighter\/|\0rolldown\/runtime/,
  },
  {
    name: 'hub',
    test: /\/node_modules\/zod\/|^(hub|token|options|install|blueprint(?!\/rules))\//,
    minShareCount: 2,
  },
  {
    name: 'connection',
    test: /^(commands\/(status|refresh|disconnect)|token\/.+|install\/installed)$/,
  },
];

/** What something other than an import of ours loads, below src/ and without its ending: what lies at the top, what is exported. */
function entries() {
  return [
    ...new Set([
      ...sourceFiles()
        .filter((file) => !file.includes('/'))
        .map((file) => file.replace(/\.js$/, ''))
        .filter((name) => !COMMON_JS.includes(name)),
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
    if (COMMON_JS.includes(nameOf(id))) {
      return code.replaceAll('import.meta.dirname', '__dirname');
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

const COPY = '?of-pages';

// A page loads it, so nothing that it leads to may need Node.
const OF_BROWSERS = ['validate/modeler/index'];

const started = entries();
const common = {
  cwd: source,
  external: (id) => isKept(id) && !LIGHTER.includes(id),
  // No module of ours does anything when it is merely imported; nor does what is bundled.
  treeshake: { moduleSideEffects: (id) => started.includes(nameOf(id)) },
  preserveEntrySignatures: 'allow-extension',
  plugins: [places],
};
const written = {
  dir: target,
  format: 'esm',
  minify: true,
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
};
const named = (names) => Object.fromEntries(names.map((name) => [name, `./${name}.js`]));

// What a page loads is a chunk of its own, which the program loads too. It is found by a bundle that is not written.
const imports = new Map();
const graph = {
  name: 'graph',
  moduleParsed: ({ id, importedIds }) => imports.set(id, importedIds),
};
const ofBrowsers = await rolldown({
  ...common,
  platform: 'browser',
  plugins: [graph, places],
  input: named(OF_BROWSERS),
});
const { output: browserOutput } = await ofBrowsers.generate(written);
await ofBrowsers.close();
const rulesOfPages = new Set();
const open = browserOutput.flatMap(({ moduleIds = [] }) => moduleIds);
for (let id = open.pop(); id !== undefined; id = open.pop()) {
  if (!rulesOfPages.has(nameOf(id)) && imports.has(id)) {
    rulesOfPages.add(nameOf(id));
    open.push(...imports.get(id));
  }
}

// The little that these take from core/ they have twice: core/ as a whole needs Node.
const copies = {
  name: 'copies',
  resolveId(path, importer) {
    const id = importer && join(dirname(importer), path);
    const isOfPage = importer && rulesOfPages.has(nameOf(importer));
    return isOfPage && path.startsWith('.') && /^core\//.test(nameOf(id)) ? id + COPY : undefined;
  },
  load(id) {
    return id.endsWith(COPY) ? readFileSync(id.slice(0, -COPY.length), 'utf8') : undefined;
  },
};

const starter = await rolldown({
  ...common,
  platform: 'node',
  external: (id) => isKept(id) || id === './cli.js',
  treeshake: { moduleSideEffects: (id) => nameOf(id) === 'bin' },
  input: named(COMMON_JS),
});
await starter.write({
  ...written,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
});
await starter.close();

const bundle = await rolldown({
  ...common,
  platform: 'node',
  plugins: [copies, lighter, questionPart(source), places, folded],
  input: named(started),
});
const { output } = await bundle.write({
  ...written,
  codeSplitting: {
    includeDependenciesRecursively: false,
    // What is started runs when it is loaded, so it stays out of what others load.
    groups: [
      { name: 'rules', test: (id) => id.endsWith(COPY) || isRuleOfPages(id), priority: 1 },
      ...SHARED.map((group) => ({
        ...group,
        test: (id) => group.test.test(nameOf(id)) && !started.includes(nameOf(id)),
      })),
    ],
  },
});
await bundle.close();

function isRuleOfPages(id) {
  const name = nameOf(id);
  return rulesOfPages.has(name) && name.startsWith('validate/') && !OF_BROWSERS.includes(name);
}

function nameOf(id) {
  return slashes(relative(source, id)).replace(/\.js$/, '');
}

writeFileSync(
  join(target, 'THIRD-PARTY-LICENSES.txt'),
  licencesOf(output.flatMap(({ moduleIds = [] }) => moduleIds)),
);
