import type { Finding } from '../../../src/validate/index.js';
import type { MistakeResult, RightResult } from './measure.js';
import type { Kind, Mistake } from './mistakes/mistake.js';

/** What the corpus has to reach; the results show how far it is. */
export const BOUNDS = {
  falseErrors: 0,
  falseWarnings: 0,
  found: 0.95,
  foundAsErrors: 0.85,
  /** Findings for one mistake, the first of which helps. */
  findings: 4,
} as const;

/** A mistake with what it was told. */
export interface Row {
  readonly kind: Kind;
  readonly mistake: Mistake;
  readonly result: MistakeResult;
}

/** Numbers of the whole corpus. */
interface Totals {
  readonly falseErrors: number;
  readonly falseWarnings: number;
  readonly mistakes: number;
  readonly found: number;
  readonly foundAsErrors: number;
  /** Mistakes that bring more findings than the bound, or others before the one that helps. */
  readonly cluttered: readonly string[];
}

/** @returns the numbers that the bounds are about */
export function totalsOf(
  rights: readonly (readonly [name: string, result: RightResult, ...rest: unknown[]])[],
  rows: readonly Row[],
): Totals {
  const alarms = rights.flatMap(([, { falseAlarms }]) => falseAlarms);
  const thrown = rights.filter(([, result]) => result.thrown !== undefined).length;
  return {
    falseErrors: alarms.filter(isError).length + thrown,
    falseWarnings: alarms.filter((finding) => !isError(finding)).length,
    mistakes: rows.length,
    found: rows.filter(({ result }) => result.found.length > 0).length,
    foundAsErrors: rows.filter(({ result }) => result.found.some(isError)).length,
    cluttered: rows.filter(isCluttered).map(({ mistake }) => mistake.name),
  };
}

/** Writes the results as a table that a person can compare. */
export function tableOf(
  rights: readonly (readonly [
    name: string,
    result: RightResult,
    bpmnlint: readonly string[],
    ...rest: unknown[],
  ])[],
  rows: readonly Row[],
): string {
  const totals = totalsOf(rights, rows);
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const percent = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`;
  const line = (name: string, of: readonly Row[]) => {
    const found = of.filter(({ result }) => result.found.length > 0).length;
    const errors = of.filter(({ result }) => result.found.some(isError)).length;
    return `  ${name.padEnd(12)}${of.length} mistakes, ${found} found (${percent(found, of.length)}), ${errors} as errors (${percent(errors, of.length)})`;
  };
  return [
    `Right blueprints: ${rights.length}, false errors ${totals.falseErrors}, false warnings ${totals.falseWarnings}`,
    `Bounds: false errors ${BOUNDS.falseErrors}, found ${BOUNDS.found * 100} %, as errors ${BOUNDS.foundAsErrors * 100} %`,
    line('all', rows),
    ...kinds.map((kind) =>
      line(
        kind,
        rows.filter((row) => row.kind === kind),
      ),
    ),
    '',
    'FALSE ALARMS',
    ...rights.flatMap(([name, result]) => [
      ...(result.thrown === undefined ? [] : [`  ${name}: refused: ${result.thrown}`]),
      ...summed(result.falseAlarms).map((text) => `  ${name}: ${text}`),
      ...result.untold.map((rule) => `  ${name}: not told ${rule}`),
    ]),
    '',
    'MISSED (what there is to find)',
    ...rows
      .filter(({ result }) => result.found.length === 0)
      .map(({ kind, mistake }) => `  ${kind}: ${mistake.name} (${mistake.finds})`),
    '',
    'MILDER THAN IT SHOULD BE',
    ...rows
      .filter(
        ({ mistake, result }) =>
          mistake.want === 'error' && result.found.length > 0 && !result.found.some(isError),
      )
      .map(({ kind, mistake, result }) => `  ${kind}: ${mistake.name} (${rules(result.found)})`),
    '',
    'MORE THAN FOUR FINDINGS FOR ONE MISTAKE, OR THE CAUSE NOT FIRST',
    ...rows
      .filter(isCluttered)
      .map(
        ({ kind, mistake, result }) =>
          `  ${kind}: ${mistake.name} (${result.all}, the first that helps is number ${result.first})`,
      ),
    '',
    'FOUND',
    ...rows
      .filter(({ result }) => result.found.length > 0)
      .map(({ kind, mistake, result }) => {
        const other = result.found.some(({ rule }) => rule === mistake.finds)
          ? ''
          : `, and not by ${mistake.finds}`;
        return `  ${kind}: ${mistake.name}: ${rules(result.found)}${other}`;
      }),
    '',
    'BPMNLINT ON MISTAKES (correctness and recommended)',
    ...rows
      .filter(({ result }) => result.bpmnlint.length > 0)
      .map(({ kind, mistake, result }) => {
        const ours = result.found.length > 0 ? '' : ', which we miss';
        return `  ${kind}: ${mistake.name}: ${result.bpmnlint.join(', ')}${ours}`;
      }),
    '',
    'BPMNLINT ON RIGHT BLUEPRINTS',
    ...rights
      .filter(([, , found]) => found.length > 0)
      .map(([name, , found]) => `  ${name}: ${found.join(', ')}`),
    '',
  ].join('\n');
}

function isCluttered({ result }: Row): boolean {
  return result.all > BOUNDS.findings || result.first > 1;
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function rules(found: readonly Finding[]): string {
  return [...new Set(found.map(({ rule, severity }) => `${rule} ${severity}`))].join(', ');
}

/** Findings of one rule as one line. */
function summed(found: readonly Finding[]): string[] {
  const counts = new Map<string, { count: number; first: Finding }>();
  for (const finding of found) {
    const key = `${finding.severity} ${finding.rule}`;
    const before = counts.get(key);
    counts.set(key, { count: (before?.count ?? 0) + 1, first: before?.first ?? finding });
  }
  return [...counts].map(
    ([key, { count, first }]) => `${key}${count > 1 ? ` x ${count}` : ''}: ${first.message}`,
  );
}
