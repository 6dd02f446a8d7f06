// Makes small faults in src/ one after the other, and tells which of them no test notices.
//
//   npm run mutate:src [-- --count 110] [--seed 1] [--rooms hub,install] [--only src/hub/retry.ts,src/hub/http.ts:87] [--list]
//                       [--shard 1/3]
//
// A fault negates a condition, drops a statement or an await, swaps an operator, or changes a constant. For each, the tests
// run that import the file, the nearest first. Which faults are made depends on the seed and the code alone.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSync, Visitor } from 'oxc-parser';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '110' },
    seed: { type: 'string', default: '1' },
    rooms: { type: 'string', default: 'hub,install,blueprint,token,activate,options,core' },
    only: { type: 'string' },
    shard: { type: 'string', default: '1/1' },
    list: { type: 'boolean', default: false },
  },
});
// Seconds; a fault that makes a test wait for ever is one that is noticed.
const TIME_LIMIT = 150;
// They run on what is built, or take minutes.
const LEFT_OUT = /^test\/(browser|campaign|cli|screens|validate|flows|scripts|sandbox)\//;
// How many tests are run for a fault.
const NEAREST = 10;
const SWAPS = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
};

const read = (file) => readFileSync(join(root, file), 'utf8');
const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

/** Every fault that can be made in a file: { file, start, end, text, what }. */
function faultsIn(file) {
  const source = read(file);
  const faults = [];
  const line = (at) => source.slice(0, at).split('\n').length;
  const add = (what, node, text, from = node.start, to = node.end) =>
    faults.push({ file, start: from, end: to, text, what: `${file}:${line(from)} ${what}` });
  const cut = ({ start, end }) => source.slice(start, end).replace(/\s+/g, ' ').slice(0, 60);
  const negate = ({ test }) =>
    test && add(`negate ${cut(test)}`, test, `!(${source.slice(test.start, test.end)})`);
  const swap = ({ left, right, operator }) => {
    const between = source.slice(left.end, right.start);
    const other = SWAPS[operator];
    // What joins texts does not subtract.
    const isText = [left, right].some(
      ({ type, value }) => type === 'TemplateLiteral' || typeof value === 'string',
    );
    if (other && !(operator === '+' && isText)) {
      add(
        `${operator} to ${other} in ${cut({ start: left.start, end: right.end })}`,
        left,
        between.replace(operator, other),
        left.end,
        right.start,
      );
    }
  };
  const types = [];
  new Visitor({
    TSTypeAnnotation: (node) => types.push(node),
    TSTypeAliasDeclaration: (node) => types.push(node),
    TSInterfaceDeclaration: (node) => types.push(node),
    TSAsExpression: ({ typeAnnotation }) => types.push(typeAnnotation),
    TSTypeParameterInstantiation: (node) => types.push(node),
    ImportDeclaration: (node) => types.push(node),
    ExportNamedDeclaration: ({ source: from }) => from && types.push(from),
    IfStatement: negate,
    ConditionalExpression: negate,
    BinaryExpression: swap,
    LogicalExpression: swap,
    AwaitExpression: (node) =>
      add(`drop await of ${cut(node.argument)}`, node, '', node.start, node.argument.start),
    ThrowStatement: (node) => add(`drop ${cut(node)}`, node, ';'),
    ExpressionStatement: (node) => add(`drop ${cut(node)}`, node, ';'),
    Literal: (node) => {
      if (typeof node.value === 'number') {
        add(`${node.raw} to ${node.value + 1}`, node, String(node.value + 1));
      } else if (typeof node.value === 'boolean') {
        add(`${node.raw} to ${!node.value}`, node, String(!node.value));
      }
    },
  }).visit(parseSync(file, source).program);
  const isType = ({ start, end }) => types.some((type) => type.start <= start && end <= type.end);
  return faults.filter((fault) => !isType(fault));
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** For each file below test/, what it imports there and in src/. */
function importsOf() {
  const graph = new Map();
  for (const file of [...filesIn('test'), ...filesIn('src')]) {
    const names = [...read(file).matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, name]) =>
      relative(root, resolve(root, dirname(file), name)).replace(/\.js$/, '.ts'),
    );
    graph.set(file, names);
  }
  return graph;
}

const graph = importsOf();

/** The tests from which a file is reached, the nearest first: how many imports lie between. */
function testsOf(target) {
  const room = target.split('/')[1];
  const isOf = (name, file) => Number(file.startsWith(`test/${name}/`));
  const distances = [...graph.keys()]
    .filter((file) => file.endsWith('.test.ts') && !LEFT_OUT.test(file))
    .map((file) => [distance(file, target), file]);
  return distances
    .filter(([steps]) => steps < Number.POSITIVE_INFINITY)
    .sort(
      ([a, one], [b, other]) =>
        a - b || isOf(room, other) - isOf(room, one) || (one < other ? -1 : 1),
    )
    .map(([, file]) => file);
}

function distance(from, target) {
  const seen = new Set([from]);
  let reached = [from];
  for (let steps = 1; reached.length > 0; steps += 1) {
    reached = reached.flatMap((file) => graph.get(file) ?? []).filter((file) => !seen.has(file));
    if (reached.includes(target)) {
      return steps;
    }
    for (const file of reached) {
      seen.add(file);
    }
  }
  return Number.POSITIVE_INFINITY;
}

/** @returns whether the tests are green */
function isGreen(tests) {
  return new Promise((done) => {
    const args = [
      'vitest',
      'run',
      '--bail=1',
      '--maxWorkers=1',
      '--no-isolate',
      '--reporter=dot',
      ...tests,
    ];
    const child = spawn('npx', args, { cwd: root, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TIME_LIMIT * 1000);
    child.on('close', (code) => {
      clearTimeout(timer);
      done(code === 0);
    });
  });
}

async function survives({ file, start, end, text }) {
  const source = read(file);
  const restore = () => writeFileSync(join(root, file), source);
  process.once('exit', restore);
  try {
    writeFileSync(join(root, file), source.slice(0, start) + text + source.slice(end));
    const tests = testsOf(file);
    const rounds = [tests.slice(0, 1), tests.slice(1, 4), tests.slice(4, NEAREST)];
    for (const round of rounds.filter(({ length }) => length > 0)) {
      if (!(await isGreen(round))) {
        return false;
      }
    }
    return true;
  } finally {
    restore();
    process.removeListener('exit', restore);
  }
}

process.on('SIGINT', () => process.exit(130));
const [shard = 1, shards = 1] = values.shard.split('/').map(Number);
const rooms = values.rooms.split(',');
// A file, or a line of one.
const only = values.only?.split(',');
const files = only
  ? [...new Set(only.map((place) => place.replace(/:\d+$/, '')))]
  : rooms.flatMap((room) => filesIn(join('src', room)));
const isAsked = ({ file, what }) =>
  !only || only.some((place) => place === file || what.startsWith(`${place} `));
const next = random(Number(values.seed));
const all = files.sort().flatMap(faultsIn).filter(isAsked);
const chosen = all
  .map((fault) => [next(), fault])
  .sort(([a], [b]) => a - b)
  .slice(0, Number(values.count))
  .map(([, fault]) => fault)
  .filter((_, at) => at % shards === shard - 1);
process.stdout.write(`${all.length} faults can be made; ${chosen.length} are.\n`);
if (values.list) {
  process.stdout.write(`${chosen.map(({ what }) => what).join('\n')}\n`);
  process.exit(0);
}
const survivors = [];
for (const [at, fault] of chosen.entries()) {
  const isUnnoticed = await survives(fault);
  process.stdout.write(`${at + 1} ${isUnnoticed ? 'UNNOTICED' : 'noticed'} ${fault.what}\n`);
  if (isUnnoticed) {
    survivors.push(fault.what);
  }
}
const share = ((1 - survivors.length / chosen.length) * 100).toFixed(1);
process.stdout.write(`\n${share} % are noticed. Not noticed:\n${survivors.join('\n')}\n`);
