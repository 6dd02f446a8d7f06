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
  /** What bpmnlint finds that it does not find without it. */
  readonly bpmnlint: readonly string[];
}

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
      (mistake.at === undefined || mistake.at.includes(finding.element ?? '')),
  );
  return { found, all: all.length, bpmnlint: await bpmnlintOn(mistake, files) };
}

/** What bpmnlint's rules find in flows, each `rule at element`. */
export async function lint(files: Files): Promise<string[]> {
  const flows = Object.entries(files).filter(([path]) => path.endsWith('.bpmn'));
  const found: string[] = [];
  for (const [, source] of flows) {
    const text = String(source).replace(/^\uFEFF/, '');
    try {
      const { rootElement } = await new BpmnModdle({ camunda }).fromXML(text);
      const reports = await linter.lint(rootElement);
      for (const [rule, list] of Object.entries(reports)) {
        found.push(...list.map(({ id }) => `${rule} at ${id}`));
      }
    } catch {
      found.push('the flow is not read');
    }
  }
  return found;
}

const camunda: unknown = createRequire(import.meta.url)(
  'camunda-bpmn-moddle/resources/camunda.json',
);
const linter = new Linter({
  config: { extends: ['bpmnlint:recommended', 'bpmnlint:correctness'] },
  resolver: new NodeResolver({}),
});

async function bpmnlintOn(mistake: Mistake, files: Files): Promise<string[]> {
  const before = await lint(baseOf(mistake));
  return (await lint(files)).filter((found) => !before.includes(found));
}
