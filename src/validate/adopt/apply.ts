import type { Findings } from '../findings.js';
import type { Finding, ValidationReport } from '../rule.js';
import { compare, entryOf } from './baseline.js';
import type { BaselineEntry } from './entry.js';
import type { Ignore } from './ignore.js';
import { silence } from './silence.js';
import { sourceHashes } from './source-hashes.js';

/** What was found, and what is known of the rules that found it. */
interface Subject {
  /** The blueprint's folder. */
  readonly root: string;
  readonly findings: Findings;
  readonly ignores: readonly Ignore[];
  /** Of all rules. */
  readonly ids: readonly string[];
  readonly isOff: (id: string) => boolean;
}

/** A file that was not read is no finding of long ago, and what was found in it before is not gone. */
const UNREAD = 'file-slow';

/** What may silence findings. */
interface Wishes {
  readonly heedsIgnores?: boolean;
  readonly baseline?: readonly BaselineEntry[] | 'write';
}

/** What does not count, and what is told of that. */
interface Applied extends Pick<ValidationReport, 'quiet' | 'entries'> {
  readonly silenced: ReadonlySet<Finding>;
}

/** Silences findings where they stand, and those of a baseline; what is wrong with the comments is found besides. */
export function applySilence(
  { root, findings, ignores, ids, isOff }: Subject,
  { heedsIgnores = true, baseline = [] }: Wishes,
): Applied {
  const inPlace = silence(findings.all(), ignores, ids, isOff);
  for (const [rule, file, problem] of inPlace.wrong) {
    findings.add(rule, file, [problem]);
  }
  const heeded = heedsIgnores ? inPlace.silenced : new Set<Finding>();
  const unread = new Set(findings.all().flatMap(({ rule, file }) => (rule === UNREAD ? file : [])));
  const rest = findings.all().filter((finding) => !heeded.has(finding) && finding.rule !== UNREAD);
  const isCompared = baseline === 'write' || baseline.length > 0;
  const marked = isCompared ? sourceHashes(root, rest) : [];
  const { old, gone } =
    baseline === 'write'
      ? { old: new Set(rest), gone: 0 }
      : compare(
          marked,
          baseline.filter(({ file }) => !unread.has(file)),
        );
  const quiet = {
    inPlace: heeded.size,
    inBaseline: old.size,
    gone,
    unheeded: heedsIgnores ? 0 : ignores.length,
  };
  return {
    silenced: new Set([...heeded, ...old]),
    quiet,
    ...(baseline === 'write' && { entries: marked.map(entryOf) }),
  };
}
