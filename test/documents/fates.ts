import type { Line } from './lines.js';

/** How a documented line is held to be right. */
export type Fate =
  /** Run with the rest of its page, from top to bottom, by a test of walks.test.ts. */
  | { readonly walk: string }
  /** Run by itself beside a Hub that is connected, by alone.test.ts; with the exit codes that are meant. */
  | { readonly alone: readonly number[] }
  /** Run by itself as a script of this repository, by scripts.test.ts; `as` is what it is run as, where that is less. */
  | { readonly script: readonly number[]; readonly as?: (line: string) => string }
  /** Started and ended by sandbox.test.ts. */
  | { readonly sandbox: true }
  /** Run by another test, or by `.ci/run`. */
  | { readonly heldBy: string }
  /** Not run here: only looked at. */
  | { readonly because: string };

/** Lines that have one fate: those of a page, or of all pages, that a pattern fits. */
interface Row {
  readonly pages?: RegExp;
  readonly lines: RegExp;
  /** Lines in sentences alone, or in blocks alone. */
  readonly in?: 'sentences' | 'blocks';
  readonly fate: Fate;
}

const CI = { heldBy: '.ci/run' };
const NETWORK = 'it asks a registry or a server, which tests do not';
const LONG = 'it runs for minutes';
const FEW_ALARMS = (line: string) => `${line} -- --incidents 1 --healthy 1`;
const FEW = (line: string) => line.replace(/--runs \d+/, '--runs 1');

/** The first row that fits a line tells its fate. */
export const rows: readonly Row[] = [
  // The pages that are walked from top to bottom.
  {
    pages: /README/,
    in: 'blocks',
    lines: /ONIFY_|npx fortnox-blueprint (?!validate|--)/,
    fate: { walk: 'README.md' },
  },
  { pages: /activation/, in: 'blocks', lines: /./, fate: { walk: 'docs/activation.md' } },
  { pages: /hubs/, in: 'blocks', lines: /./, fate: { walk: 'docs/hubs.md' } },
  { pages: /upgrade/, in: 'blocks', lines: /./, fate: { walk: 'docs/upgrade.md' } },
  { pages: /removal/, lines: /uninstall --dry-run$/, fate: { walk: 'docs/removal.md' } },
  { pages: /first-hub/, lines: /^curl |profile hub.json/, fate: { walk: 'docs/first-hub.md' } },
  {
    lines: /fortnox-blueprint validate( |$)|onifylint-baseline/,
    pages: /README|validation|ARCHI|rules/,
    fate: { walk: 'validate' },
  },
  // Someone has to answer.
  {
    lines: /fortnox-blueprint (uninstall|disconnect)$/,
    fate: { heldBy: 'test/cli/terminal.test.ts' },
  },
  // The jobs.
  {
    pages: /ci\.md/,
    lines: /^npx .*fortnox-blueprint@.* validate /,
    fate: { heldBy: 'test/cli/recipes.test.ts' },
  },
  {
    pages: /ci\.md/,
    lines: /"\$GITHUB_WORKSPACE"|^git /,
    fate: { heldBy: 'test/cli/git-job.test.ts' },
  },
  { lines: /^gh |^gzip /, fate: { because: 'it uploads to GitHub' } },
  { lines: /fortnox-blueprint@.* (install|status --check)$|^command: /, fate: { alone: [0] } },
  // The program.
  { lines: /^npx fortnox-blueprint@X$/, fate: { because: 'X stands for a version' } },
  { lines: /fortnox-blueprint activate --code - < code.txt/, fate: { alone: [0] } },
  { lines: /^(npx )?fortnox-blueprint$/, fate: { alone: [2] } },
  { lines: /fortnox-blueprint activate$/, fate: { walk: 'README.md' } },
  { lines: /^(npx )?fortnox-blueprint /, fate: { alone: [0] } },
  // The sandbox.
  { lines: /^npm run sandbox -- --help$/, fate: { script: [0] } },
  { lines: /^npm run sandbox/, fate: { sandbox: true } },
  // Scripts that end soon.
  { lines: /npm run campaign .*(--spoil "|--spoil list)/, fate: { script: [0, 1] } },
  { lines: /npm run campaign:alarm/, fate: { script: [0], as: FEW_ALARMS } },
  { lines: /npm run campaign .*--unpruned/, fate: { script: [0], as: FEW } },
  { lines: /npm run campaign/, fate: CI },
  { lines: /^npm run rules$/, fate: { script: [0] } },
  { lines: /npm run schemas$/, fate: { script: [0], as: () => 'npm run schemas' } },
  // Those that everything that has to hold runs as well.
  {
    lines: /^npm ci( &&|$)|^npm cit$|^npm start$|^npm test$|^bash \.ci\/run$|^npm run build$/,
    fate: CI,
  },
  { lines: /npm run (lint|types|diagrams|check:package|test:nodes|mutate:flows)$/, fate: CI },
  { lines: /^npm pack$|^npm install \.\//, fate: { heldBy: 'tools/check-package.mjs' } },
  { lines: /^npm version/, fate: { heldBy: 'test/house/changelog.test.ts' } },
  { lines: /^npm audit|^npm install @changesets/, fate: { because: NETWORK } },
  { lines: /^git (clone|ls-remote) https|^npm (install|pack) /, fate: { because: NETWORK } },
  { lines: /npm run (kill)$/, fate: { heldBy: 'test/cli/kill.test.ts' } },
  { lines: /npm run (mutate)$/, fate: { heldBy: 'test/validate/mutations.test.ts' } },
  { lines: /npm run (fuzz)$/, fate: { heldBy: 'test/validate/fuzz.test.ts' } },
  { lines: /npm run (many)$/, fate: { heldBy: 'test/validate/many.test.ts' } },
  { lines: /npm run hostile$/, fate: { heldBy: 'test/validate/hostile.test.ts' } },
  { lines: /npm run (corpus)$/, fate: { heldBy: 'test/validate/corpus-results.test.ts' } },
  { lines: /npm run (mutate:src|bench|bench:flows)$/, fate: { because: LONG } },
  { lines: /npm run test:engines( -- --elements .*)?$/, fate: { because: NETWORK } },
  {
    lines: /npm run mutate:flows -- --save DIR/,
    fate: { because: 'it takes hours; CI runs a sample of it' },
  },
  { lines: /npx vitest run test\//, fate: { because: 'it is one of these tests' } },
];

/** @returns the row that tells the fate of a line; undefined where none does */
export function rowOf({ page, text, block }: Line): Row | undefined {
  const place = block === undefined ? 'sentences' : 'blocks';
  return rows.find(
    (row) => row.lines.test(text) && (row.pages?.test(page) ?? true) && (row.in ?? place) === place,
  );
}
