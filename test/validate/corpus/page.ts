import type { RightResult } from './measure.js';
import type { Right } from './right/right.js';
import { type Row, totalsOf } from './table.js';

/** A right blueprint with what it was told, and what bpmnlint says of it. */
type RightRow = readonly [
  name: string,
  result: RightResult,
  bpmnlint: readonly string[],
  blueprint: Right,
];

const BEGIN = '<!-- corpus: written by npm run corpus -->';
const END = '<!-- /corpus -->';

/** @returns docs/validation.md with the tables of the corpus as they are now */
export function withTables(
  page: string,
  rights: readonly RightRow[],
  rows: readonly Row[],
): string {
  const [before, rest] = page.split(`${BEGIN}\n`);
  const after = rest?.split(`${END}\n`)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`docs/validation.md lacks ${BEGIN} or ${END}.`);
  }
  return `${before}${BEGIN}\n${tables(rights, rows)}\n${END}\n${after}`;
}

function tables(rights: readonly RightRow[], rows: readonly Row[]): string {
  const { falseErrors, falseWarnings, mistakes, found, foundAsErrors } = totalsOf(rights, rows);
  const alarmed = (test: (severity: string) => boolean) =>
    rights.filter(([, { falseAlarms }]) => falseAlarms.some(({ severity }) => test(severity)))
      .length;
  const precision = percent(found, found + alarmed(() => true));
  const errorPrecision = percent(
    foundAsErrors,
    foundAsErrors + alarmed((severity) => severity === 'error'),
  );
  const naive = rights.filter(([, , bpmnlint]) => bpmnlint.length > 0).length;
  const also = rows.filter(({ result }) => result.bpmnlint.length > 0).length;
  return [
    table(
      ['', 'in the corpus', 'errors alone'],
      [
        ['right blueprints', `${rights.length}`, `${rights.length}`],
        ['findings in them that are false', `${falseErrors + falseWarnings}`, `${falseErrors}`],
        ['mistakes', `${mistakes}`, `${mistakes}`],
        ['mistakes found', `${found}`, `${foundAsErrors}`],
        ['precision', precision, errorPrecision],
        ['recall', percent(found, mistakes), percent(foundAsErrors, mistakes)],
      ],
    ),
    '',
    `The rules of bpmnlint's own \`recommended\` and \`correctness\`, without those about layout, say something of ${also} of the mistakes, and of ${naive} of the right blueprints.`,
    '',
    byKind(rows),
    '',
    '### Right, though a naive rule would say otherwise',
    '',
    table(
      ['blueprint', 'what a naive rule would say', 'ran on the engine', 'wrongly found'],
      rights.map(([name, { falseAlarms }, , { naive: says, runs }]) => [
        name,
        says,
        runs === undefined ? '' : 'yes',
        falseAlarms.map(({ rule }) => code(rule)).join(', ') || 'nothing',
      ]),
    ),
    '',
    '### Mistakes, and what finds them',
    '',
    table(
      ['kind', 'mistake', 'rule'],
      rows.map(({ kind, mistake, result }) => [kind, mistake.name, finders(result.found)]),
    ),
  ].join('\n');
}

function byKind(rows: readonly Row[]): string {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  return table(
    ['kind', 'mistakes', 'found', 'found as errors'],
    kinds.map((kind) => {
      const own = rows.filter((row) => row.kind === kind);
      const found = own.filter(({ result }) => result.found.length > 0);
      const errors = found.filter(({ result }) =>
        result.found.some(({ severity }) => severity === 'error'),
      );
      const share = (part: readonly Row[]) =>
        `${part.length} (${percent(part.length, own.length)})`;
      return [kind, `${own.length}`, share(found), share(errors)];
    }),
  );
}

function finders(found: Row['result']['found']): string {
  const rules = new Map(found.map(({ rule, severity }) => [rule, severity]));
  const told = [...rules].map(([rule, severity]) =>
    severity === 'error' ? code(rule) : `${code(rule)} (warning)`,
  );
  return told.join(', ') || 'none';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function percent(part: number, all: number): string {
  return `${((100 * part) / all).toFixed(1)} %`;
}
