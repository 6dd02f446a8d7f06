// How long `validate` takes: the shipped blueprint as a whole process, against a Node that does nothing; 100 and 1,000
// flows of the size of the refresh flow; and the same flows with bpmnlint's recommended rules and an ESLint pass over
// their scripts, file by file.
//
//   npm run bench:flows
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import { ESLint } from 'eslint';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist/cli.js');
const flow = readFileSync(join(root, 'flows/fortnox-refresh-access-token.bpmn'), 'utf8');
const RUNS = 15;

const say = (text) => process.stdout.write(`${text}\n`);

/** The memory that a blueprint may take to be read: the program itself ends what takes more. */
const MEGABYTES = 300;

/** Milliseconds of a whole process. */
function measure(...argv) {
  const started = performance.now();
  const { stdout } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (stdout.includes('file-slow')) {
    throw new Error(stdout);
  }
  return performance.now() - started;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const repeated = (times, run) => Array.from({ length: times }, run);

/** A blueprint of so many flows, each with its own ids. */
function blueprint(count) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  mkdirSync(join(folder, 'flows'));
  cpSync(join(root, 'resources'), join(folder, 'resources'), { recursive: true });
  for (let at = 0; at < count; at += 1) {
    const text = flow.replaceAll('fortnox-refresh-access-token', `refresh-${at}`);
    writeFileSync(join(folder, 'flows', `refresh-${at}.bpmn`), text);
  }
  return folder;
}

/** bpmnlint and ESLint over one flow after another, in this process. @returns milliseconds a flow, once warm */
async function lintEach(count) {
  const linter = new Linter({
    config: { extends: 'bpmnlint:recommended' },
    resolver: new NodeResolver(),
  });
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      {
        languageOptions: { sourceType: 'script' },
        rules: { 'no-undef': 'error', 'no-unused-vars': 'warn' },
      },
    ],
  });
  const camunda = require('camunda-bpmn-moddle/resources/camunda.json');
  const lint = async () => {
    const { rootElement } = await new BpmnModdle({ camunda }).fromXML(flow);
    await linter.lint(rootElement);
    for (const [, body] of flow.matchAll(/<camunda:script scriptFormat="js">([^<]+)</g)) {
      await eslint.lintText(body);
    }
    for (const [, path] of flow.matchAll(/esource="\/([^"]+\.js)"/g)) {
      await eslint.lintText(readFileSync(join(root, 'resources', path), 'utf8'));
    }
  };
  await lint();
  const started = performance.now();
  for (let at = 0; at < count; at += 1) {
    await lint();
  }
  return (performance.now() - started) / count;
}

const nothing = median(repeated(RUNS, () => measure('-e', '0')));
const own = median(repeated(RUNS, () => measure(cli, 'validate')));
say(`node -e 0: ${nothing.toFixed(0)} ms`);
say(
  `validate, the shipped blueprint: ${own.toFixed(0)} ms, ${(own / nothing).toFixed(1)} x node -e 0; at most 5`,
);

const results = [100, 1000].map((count) => {
  const folder = blueprint(count);
  const limits = ['--max-seconds', '600', '--max-memory', String(MEGABYTES)];
  const ms = measure(cli, 'validate', folder, ...limits);
  rmSync(folder, { recursive: true });
  say(
    `validate, ${count} flows: ${ms.toFixed(0)} ms, ${(ms / count).toFixed(2)} ms a flow, in less than ${MEGABYTES} MB`,
  );
  return ms;
});
const [hundred = 0, thousand = 0] = results;
say(`ten times the flows take ${(thousand / hundred).toFixed(1)} times as long; at most 11`);
const other = await lintEach(10);
say(
  `bpmnlint and ESLint: ${other.toFixed(1)} ms a flow, ${(other / (thousand / 1000)).toFixed(1)} times validate's; at least 5`,
);
