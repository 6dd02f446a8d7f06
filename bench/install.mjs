// Times an installation into the embedded Hub, beside a shell script that makes the calls of the manual way with
// curl: two settings, one import, one check. Every call of the Hub is answered later by the latency.
//
//   npm run bench [-- RUNS]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REGISTERED, startSandbox } from '../build/sandbox/sandbox.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const runs = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'fortnox-bench-'));

const script = `
post() { curl -sS -o /dev/null -f -X POST "$1" -H "authorization: $ONIFY_API_TOKEN" -H 'content-type: application/json' -d "$2"; }
post "$ONIFY_API_URL/admin/config/settings?refresh=true" '{"key":"_fortnox_app_clientid","name":"fortnox_app_clientid","value":"JBL1UVnvfo4y","type":"string","tag":["fortnox","frontend"],"role":["admin"]}' &&
post "$ONIFY_API_URL/admin/config/settings?refresh=true" '{"key":"_fortnox_app_clientsecret","name":"fortnox_app_clientsecret","value":"x","type":"password","tag":["fortnox"],"role":["admin"]}' &&
post "$ONIFY_API_URL/setup/database/config/import" @${join(root, 'config.json')} &&
curl -sS -o /dev/null -f "$ONIFY_API_URL/admin/workflows?query=fortnox" -H "authorization: $ONIFY_API_TOKEN"
`;

/** Runs a process to its end. @returns its time in milliseconds, and its peak memory in MB where the system tells */
function run(command, argv, env) {
  const started = performance.now();
  const child = spawn(command, argv, {
    env: { PATH: process.env.PATH, ...env },
    stdio: 'ignore',
  });
  let peak = 0;
  const poll = setInterval(() => {
    try {
      const [, kilobytes] =
        /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      peak = Math.max(peak, Number(kilobytes ?? 0) / 1024);
    } catch {
      // No /proc, or the process has just ended.
    }
  }, 5);
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      clearInterval(poll);
      if (code === 0) {
        resolve({ time: performance.now() - started, peak });
      } else {
        reject(new Error(`${command} ended with ${code}`));
      }
    });
  });
}

async function once(latency, start) {
  const sandbox = await startSandbox();
  sandbox.faults.order({ side: 'hub', kind: 'delay', milliseconds: latency, times: 10_000 });
  const env = {
    ONIFY_API_URL: sandbox.apiUrl,
    ONIFY_API_TOKEN: sandbox.token,
    ONIFY_RESOURCES_DIR: sandbox.resourcesDir,
    FORTNOX_APP_CLIENTSECRET: REGISTERED.secret,
    NO_COLOR: '1',
  };
  try {
    return await start(env);
  } finally {
    await sandbox.stop();
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const install = (env) =>
  run(process.execPath, [join(root, 'dist/cli.js'), 'install', '--json'], env);
const manual = (env) => run('sh', [join(folder, 'manual.sh')], env);

writeFileSync(join(folder, 'manual.sh'), script);
process.stdout.write(
  `Median of ${runs} runs, whole processes, in ms\n\nlatency  install  curl script  ratio  peak memory of install\n`,
);
for (const latency of [0, 20, 100]) {
  const ours = [];
  const theirs = [];
  for (let at = 0; at < runs; at += 1) {
    ours.push(await once(latency, install));
    theirs.push(await once(latency, manual));
  }
  const [a, b] = [median(ours.map(({ time }) => time)), median(theirs.map(({ time }) => time))];
  const peak = Math.max(...ours.map((one) => one.peak));
  const cells = [
    `${latency} ms`.padEnd(8),
    a.toFixed(0).padEnd(8),
    b.toFixed(0).padEnd(12),
    (a / b).toFixed(2).padEnd(6),
  ];
  process.stdout.write(`${cells.join(' ')} ${peak.toFixed(0)} MB\n`);
}
rmSync(folder, { recursive: true, force: true });
