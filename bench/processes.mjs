// Times whole processes, all in one run and in turns (A B C, A B C, …), so that what else the machine does falls on all
// of them alike. Writes a table, docs/bench.json and docs/bench.svg.
//
//   npm run bench [-- RUNS]      after npm run build; Linux tells processor time, other systems do not
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { root } from '../tools/files.mjs';
import { casesIn, MANUAL, MANUAL_READ_BACK } from './cases.mjs';
import { picture } from './picture.mjs';

const runs = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'fortnox-bench-'));
const cases = casesIn(folder);
writeFileSync(join(folder, 'manual.sh'), MANUAL);
writeFileSync(join(folder, 'read-back.sh'), MANUAL_READ_BACK);
writeFileSync(join(folder, '.bpmnlintrc'), '{"extends":"bpmnlint:recommended"}');
mkdirSync(join(folder, 'home'));

/** A Hub in a thread of its own, since this one stands still while a process runs. */
async function openHub(latency) {
  const worker = new Worker(new URL('./hub-thread.mjs', import.meta.url), {
    workerData: { latency },
  });
  const env = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const close = () =>
    new Promise((resolve) => {
      worker.once('exit', resolve);
      worker.postMessage('stop');
    });
  return { env, close };
}

/** Processor time of all that this process has waited for, in ms; undefined where the system does not tell. */
function spent() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return undefined;
  }
}

function run(steps, hub) {
  const env = {
    PATH: process.env.PATH,
    HOME: join(folder, 'home'),
    NO_COLOR: '1',
    COLUMNS: '80',
    ...hub,
  };
  const before = spent();
  const started = performance.now();
  for (const [command, ...argv] of steps) {
    const { error, status, stderr } = spawnSync(command, argv, { cwd: folder, env });
    // A linter ends with 1 where it has found something, and status with 8 before the activation.
    if (error || ![0, 1, 8].includes(status)) {
      throw new Error(`${command} ${argv.join(' ')} ended with ${status}: ${error ?? stderr}`);
    }
  }
  const wall = performance.now() - started;
  return { wall, cpu: before === undefined ? undefined : spent() - before };
}

async function time({ steps, hub, installed }) {
  if (hub === undefined) {
    return run(steps);
  }
  const { env, close } = await openHub(hub);
  try {
    if (installed) {
      run([[process.execPath, join(root, 'dist/bin.cjs'), 'install', '--json']], env);
    }
    return run(steps, env);
  } finally {
    await close();
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const times = new Map(cases.map(({ name }) => [name, []]));
for (let at = 0; at <= runs; at += 1) {
  for (const one of cases) {
    const taken = await time(one);
    // The first round fills the caches.
    if (at > 0) {
      times.get(one.name).push(taken);
    }
  }
}
rmSync(folder, { recursive: true, force: true });

const bare = times.get('bare node');
const wallOf = (name) => median(times.get(name).map((one) => one.wall));
const rows = cases.map(({ name, limit, beside = {} }) => {
  const taken = times.get(name);
  const wall = median(taken.map((one) => one.wall));
  // Ticks of 10 ms are too coarse for a median.
  const cpu = mean(taken.map((one) => one.cpu ?? Number.NaN));
  return {
    name,
    wall: Math.round(wall),
    ratio: Number((wall / median(bare.map((one) => one.wall))).toFixed(2)),
    cpu: Math.round(cpu),
    cpuRatio: Number((cpu / mean(bare.map((one) => one.cpu ?? Number.NaN))).toFixed(2)),
    ...(limit && { limit }),
    beside: Object.entries(beside).map(([other, most]) => {
      const times = Number((wall / wallOf(other)).toFixed(2));
      return { other, times, most };
    }),
  };
});
const machine = {
  node: process.version,
  processors: cpus().length,
  model: cpus()[0]?.model,
  load: Number(loadavg()[0].toFixed(1)),
  runs,
};

process.stdout.write(
  `Node ${machine.node}, ${machine.processors} processors, load ${machine.load}; ${runs} runs in turns: median wall time, mean processor time\n\n`,
);
process.stdout.write('| process | ms | x bare node | processor ms | x bare node | aim |\n');
process.stdout.write('|---|---|---|---|---|---|\n');
for (const { name, wall, ratio, cpu, cpuRatio, limit, beside } of rows) {
  const aims = [
    ...(limit ? [`≤ ${limit}`] : []),
    ...beside.map(({ other, times, most }) => `≤ ${most} x ${other}: ${times}`),
  ];

  process.stdout.write(
    `| ${name} | ${wall} | ${ratio.toFixed(2)} | ${cpu} | ${cpuRatio.toFixed(2)} | ${aims.join('; ')} |\n`,
  );
}
writeFileSync(join(root, 'docs/bench.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
writeFileSync(join(root, 'docs/bench.svg'), picture(machine, rows));
