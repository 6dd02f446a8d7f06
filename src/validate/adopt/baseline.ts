import { isRecord } from '../../core/json.js';
import { didYouMean } from '../../core/suggest.js';
import type { Finding } from '../rule.js';
import type { BaselineEntry } from './entry.js';
import { groups } from './groups.js';

/** A finding with what it is known by, wherever its line has moved. */
export interface Marked {
  readonly finding: Finding;
  /** The element that it is about; one that is about several has a mark for each. */
  readonly element: string | undefined;
  readonly source: string | undefined;
}

/** What a baseline does to findings. */
interface Compared {
  /** Those that it holds. */
  readonly old: ReadonlySet<Finding>;
  /** How many of its entries are found no longer. */
  readonly gone: number;
}

const VERSION = 1;
const KEYS = ['$schema', 'version', 'findings'];
const ENTRY_KEYS = ['file', 'rule', 'element', 'source', 'message'] as const;

/** @returns the entry for a finding */
export function entryOf({ finding, element, source }: Marked): BaselineEntry {
  const { file, rule, message } = finding;
  const isIn = element !== undefined;
  return {
    file,
    rule,
    ...(isIn && { element }),
    ...(!isIn && source !== undefined && { source }),
    message,
  };
}

/**
 * Tells old findings from new ones. Of findings with the same file, rule and element (or line of source) as many are old as
 * the baseline has entries, those with the same message first.
 */
export function compare(found: readonly Marked[], baseline: readonly BaselineEntry[]): Compared {
  const fresh = new Set<Finding>();
  let gone = 0;
  const current = groups(found, (marked) => fingerprint(entryOf(marked)));
  const stored = groups(baseline, fingerprint);
  for (const [key, marks] of current) {
    const here = marks.map(({ finding }) => finding);
    for (const finding of beyond(here, stored.get(key) ?? [])) {
      fresh.add(finding);
    }
  }
  for (const [key, entries] of stored) {
    gone += Math.max(0, entries.length - (current.get(key)?.length ?? 0));
  }
  const old = found.map(({ finding }) => finding).filter((finding) => !fresh.has(finding));
  return { old: new Set(old), gone };
}

/** Of findings that are alike, those that are more than the entries: with another message first, then the last ones. */
function beyond(here: readonly Finding[], entries: readonly BaselineEntry[]): Finding[] {
  const counts = new Map<string, number>();
  for (const { message } of entries) {
    counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  const others = here.filter(({ message }) => {
    const left = counts.get(message) ?? 0;
    counts.set(message, left - 1);
    return left <= 0;
  });
  return others.slice(entries.length - (here.length - others.length));
}

/** @returns the text of a baseline: sorted, an entry a line, so that a change of it is small to read */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map((entry) => JSON.stringify(entry, [...ENTRY_KEYS])).sort();
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`;
}

/**
 * @param value what a baseline's JSON says
 * @returns its entries, or what is wrong with it
 */
export function readBaseline(value: unknown): readonly BaselineEntry[] | string {
  if (!isRecord(value)) {
    return 'it must be an object';
  }
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    return `it has no "${unknown}".${didYouMean(unknown, KEYS)}`;
  }
  if (value.version !== VERSION) {
    return `its version must be ${VERSION}`;
  }
  const { findings } = value;
  if (!Array.isArray(findings)) {
    return '"findings" must be a list';
  }
  const wrong = findings.findIndex((entry: unknown) => !isEntry(entry));
  return wrong === -1
    ? (findings as BaselineEntry[])
    : `entry ${wrong + 1} of "findings" must have file, rule and message, each a text`;
}

function isEntry(entry: unknown): entry is BaselineEntry {
  return (
    isRecord(entry) &&
    ['file', 'rule', 'message'].every((key) => typeof entry[key] === 'string') &&
    ['element', 'source'].every((key) => ['string', 'undefined'].includes(typeof entry[key]))
  );
}

function fingerprint({ file, rule, element, source }: BaselineEntry): string {
  return JSON.stringify([file, rule, element, source]);
}
