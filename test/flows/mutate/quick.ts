import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quickenEngine } from '../../../sandbox/engine/quick-broker.js';
import { runScenario, scenarios } from '../calls.js';
import { readAnew, root } from '../flow-world.js';
import { shipped } from '../harness.js';
import { hits, rowOf, tasks } from '../matrix.js';
import { milestoneOf, outcomes } from '../milestones.js';
import { serviceTasks } from '../service-tasks.js';

interface Mutant {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  /** What it was found by in an earlier run; only that is looked at then. */
  readonly hint?: string;
}

/** Where the mutants are read from, and what they were found by is written to: JSON. */
const { MUTANTS_IN = '', MUTANTS_OUT = '', MUTANTS_SECONDS = '86400', MUTANTS_STAGE } = process.env;
const here = join(import.meta.dirname, '..');
const snapshot = (name: string) => readFileSync(join(here, name), 'utf8');
const serviceTasksNow = await serviceTasks();

/**
 * What calls.flow.test.ts, milestones.flow.test.ts and matrix.flow.test.ts compare, without starting the tests anew for
 * each mutant. What stays green here is run through the tests themselves.
 */
test('each mutant is looked at', { timeout: 86_400_000 }, async () => {
  quickenEngine(await shipped('fortnox-disconnect'));
  const mutants: Mutant[] = JSON.parse(readFileSync(MUTANTS_IN, 'utf8'));
  const found: Record<string, string> = existsSync(MUTANTS_OUT)
    ? JSON.parse(readFileSync(MUTANTS_OUT, 'utf8'))
    : {};
  const end = performance.now() + Number(MUTANTS_SECONDS) * 1000;
  for (const { id, files, hint = '' } of mutants) {
    if (performance.now() > end) {
      break;
    }
    const shipped = Object.keys(files).map((file) => [
      file,
      readFileSync(join(root, file), 'utf8'),
    ]);
    write(Object.entries(files));
    readAnew();
    try {
      found[id] = (await firstRed(id, Object.keys(files), hint)) ?? '';
    } catch (error) {
      found[id] = `an error: ${String(error).slice(0, 80)}`;
    }
    write(shipped as [string, string][]);
    writeFileSync(MUTANTS_OUT, JSON.stringify(found));
  }
  expect(Object.keys(found).length).toBeGreaterThanOrEqual(0);
});

function write(files: readonly (readonly [string, string])[]): void {
  for (const [file, text] of files) {
    writeFileSync(join(root, file), text);
  }
}

/** The flows that a file is of; none where all use it. */
function flowsOf(file: string): string[] {
  const users: readonly (readonly [RegExp, string])[] = [
    [/choose-grant/, 'fortnox-refresh-access-token'],
    [/check-consent|choose-question/, 'fortnox-generate-access-token'],
    [/choose-disconnect/, 'fortnox-disconnect'],
    [/report-connection/, 'fortnox-connection-status'],
    [/build-activation-url/, 'fortnox-generate-activation-url'],
    [/plan-schedule|judge-run|copy-run-answer/, 'fortnox-refresh-schedule'],
  ];
  const own = /^flows\/(.*)\.bpmn$/.exec(file)?.[1];
  return own ? [own] : users.filter(([script]) => script.test(file)).map(([, flow]) => flow);
}

/** Picks what is of the flows that files belong to. */
type IsOf = (row: { readonly flow: string }) => boolean;

/** @returns what turns red first; undefined where nothing does */
function firstRed(id: string, files: readonly string[], hint: string): Promise<string | undefined> {
  const named = files.flatMap((file) => flowsOf(file));
  const isOf: IsOf = ({ flow }) => named.length === 0 || named.includes(flow);
  const [, kind, hinted, what = ''] = /^(\w+)[.:]\S* (\S+), (.*)$/.exec(hint) ?? [];
  const isHinted: IsOf = ({ flow }) => flow === hinted;
  if (kind === 'calls') {
    return firstRedCall(isHinted, what);
  }
  if (kind === 'milestones') {
    return firstRedMilestone(serviceTasksNow.filter(isHinted), what);
  }
  if (kind === 'matrix') {
    return firstRedInMatrix(isHinted, what);
  }
  return MUTANTS_STAGE === 'matrix' ? firstRedInMatrix(isOf) : firstRedOfCalls(id, isOf);
}

/** A task's own milestones are likeliest to tell of a change to it. */
async function firstRedOfCalls(id: string, isOf: IsOf): Promise<string | undefined> {
  const element = /^\S+ ([\w-]+):/.exec(id)?.[1] ?? '';
  const ofFlows = serviceTasksNow.filter(isOf);
  const own = ofFlows.filter(({ task }) => element.startsWith(task));
  return (
    (await firstRedMilestone(own)) ??
    (await firstRedCall(isOf)) ??
    firstRedMilestone(ofFlows.filter((row) => !own.includes(row)))
  );
}

async function firstRedCall(isOf: IsOf, only?: string): Promise<string | undefined> {
  const calls = snapshot('calls.txt');
  for (const scenario of scenarios.filter((one) => isOf(one) && isOnly(one.name, only))) {
    if (!calls.includes((await runScenario(scenario)).part)) {
      return `calls.txt: ${scenario.flow}, ${scenario.name}`;
    }
  }
  return undefined;
}

async function firstRedMilestone(
  rows: typeof serviceTasksNow,
  only?: string,
): Promise<string | undefined> {
  const lines = snapshot('milestones.txt').split('\n');
  for (const { flow, task } of rows) {
    for (const outcome of outcomes.filter(([name]) => isOnly(`${task} ${name}`, only))) {
      const { line } = await milestoneOf(flow, task, outcome);
      if (!lines.includes(line)) {
        return `milestones.txt: ${flow}, ${task} ${outcome[0]}`;
      }
    }
  }
  return undefined;
}

function isOnly(what: string, only: string | undefined): boolean {
  return only === undefined || only === what;
}

async function firstRedInMatrix(isOf: IsOf, only?: string): Promise<string | undefined> {
  for (const { flow, task } of tasks.filter(isOf).reverse()) {
    const rows = snapshot(`matrix/${flow}.txt`).split('\n');
    for (const hit of hits) {
      const what = `${task} ${hit.howOften} ${hit.fault.name}`;
      if (!isOnly(what, only)) {
        continue;
      }
      const cell = `${flow}, ${what}`;
      const row = await rowOf(flow, task, hit).catch(() => 'not sound');
      if (!rows.includes(row)) {
        return `matrix: ${cell}`;
      }
    }
  }
  return undefined;
}
