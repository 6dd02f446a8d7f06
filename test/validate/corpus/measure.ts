import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import type { Finding } from '../../../src/validate/index.js';
import { type Files, findings } from '../blueprint.js';
import { baseOf, mistaken } from './mistakes/index.js';
import type { Mistake } from './mistakes/mistake.js';
import type { Right } from './right/right.js';

/** What a right blueprint is wrongly told, and what it is not told though it should be. */
export interface RightResult {
  readonly falseAlarms: readonly Finding[];
  readonly untold: readonly string[];
  /** Why it could not be validated at all. */
  readonly thrown?: string;
}

/** What a mistake is told. */
export interface MistakeResult {
  /** Findings at its place that are not there without it. */
  readonly found: readonly Finding[];
  /** How many findings there are in all. */
  readonly all: number;
  /** The place of the first that helps among them, from 1; 0 where none does. */
  readonly first: number;
  /** What bpmnlint finds that it does not find without it. */
  readonly bpmnlint: readonly string[];
}

/** Rules about how a flow is drawn: never what a mistake of another kind is found by. */
const ASIDE = ['no-bpmndi', 'diagram-broken', 'sequence-flow-listed'];

const hasConfig = (path: string) => /^(config\.json$|config\/|hub\/import\/)/.test(path);

/** Validates a right blueprint. */
export async function measureRight({ files, told = [], may = [] }: Right): Promise<RightResult> {
  // A flow without any configuration is deployed by Modeler; to say so once is fair.
  const fair = Object.keys(files).some(hasConfig) ? may : [...may, 'config-missing'];
  const expected = [...told, ...fair];
  try {
    const falseAlarms = (await findings(files)).filter(({ rule }) => {
      const at = expected.indexOf(rule);
      if (at < 0) {
        return true;
      }
      expected.splice(at, 1);
      return false;
    });
    const untold = told.filter((rule) => expected.indexOf(rule) >= 0);
    return { falseAlarms, untold };
  } catch (error) {
    const thrown = error instanceof Error ? error.message.replace(/\/\S+/, 'DIR') : String(error);
    return { falseAlarms: [], untold: [...told], thrown };
  }
}

/** Validates a blueprint with a mistake. */
export async function measureMistake(mistake: Mistake): Promise<MistakeResult> {
  const files = mistaken(mistake);
  const all = (await findings(files)).filter(({ rule }) => rule !== 'config-missing');
  const file = mistake.told ?? mistake.in;
  const found = all.filter(
    (finding) =>
      finding.file === file &&
      (mistake.at === undefined || mistake.at.includes(finding.element ?? '')) &&
      (finding.rule === mistake.finds || !ASIDE.includes(finding.rule)) &&
      !mistake.not?.includes(finding.rule),
  );
  const first = all.findIndex((finding) => found.includes(finding)) + 1;
  return { found, all: all.length, first, bpmnlint: await bpmnlintOn(mistake, files) };
}

/** What bpmnlint's rules find in flows, each `rule at element`. */
export async function lint(files: Files): Promise<string[]> {
  const found: string[] = [];
  for (const [path, source] of Object.entries(files)) {
    if (path.endsWith('.bpmn')) {
      found.push(...(await lintFlow(String(source).replace(/^\uFEFF/, ''))));
    }
  }
  return found;
}

const camunda: unknown = createRequire(import.meta.url)(
  'camunda-bpmn-moddle/resources/camunda.json',
);
const resolver = new NodeResolver({});
/** Rules about how a flow is laid out; that the corpus is not. */
const LAYOUT = ['no-overlapping-elements', 'no-bpmndi', 'standard-size', 'label-required'];
/** By the text of the flow. */
const linted = new Map<string, readonly string[]>();

async function lintFlow(source: string): Promise<readonly string[]> {
  const before = linted.get(source);
  if (before) {
    return before;
  }
  let found: string[];
  try {
    const { rootElement } = await new BpmnModdle({ camunda }).fromXML(source);
    // Some of its rules remember what they have seen, so each flow has a linter of its own.
    const linter = new Linter({
      config: { extends: ['bpmnlint:recommended', 'bpmnlint:correctness'] },
      resolver,
    });
    const reports = await linter.lint(rootElement);
    found = Object.entries(reports).flatMap(([rule, list]) =>
      LAYOUT.includes(rule) ? [] : list.map(({ id }) => `${rule} at ${id}`),
    );
  } catch {
    found = ['the flow is not read'];
  }
  linted.set(source, found);
  return found;
}

async function bpmnlintOn(mistake: Mistake, files: Files): Promise<string[]> {
  const before = await lint(baseOf(mistake));
  return (await lint(files)).filter((found) => !before.includes(found));
}
