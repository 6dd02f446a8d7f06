import { BlueprintError, InterruptedError } from '../../core/errors.js';
import { Findings } from '../findings.js';
import type { Requested } from '../requested.js';
import type { ValidationReport } from '../rule.js';
import { fileRules } from '../rules/file.js';
import { type Unread, unread } from '../source/files.js';
import { WHOLE } from '../source/listing.js';
import { type ChildLimits, runChild, type Stopped } from './child.js';
import type { Task } from './protocol.js';

/** How a blueprint is read in a process of its own. */
export interface ApartOptions {
  /** The program that reads it: it is called with a task, and prints lines of the protocol. */
  readonly program: string;
  /** What it is asked for. */
  readonly requested: Requested;
  /** Seconds that it may take in all. */
  readonly maxSeconds: number;
  /** Megabytes that it may take. */
  readonly maxMegabytes: number;
  /** Ends it at once, with an InterruptedError. */
  readonly signal: AbortSignal;
}

/** What a process may be late in ending itself: it is ended from outside, as long as there is anybody there. */
const GRACE_MS = 2000;

/** One file may take this part of the time: what it leaves is for all the others. */
const SHARE_OF_FILE = 1 / 4;

/**
 * Checks a blueprint of any origin in a process of its own, which can be ended whatever it is doing, and in which Node
 * itself may end. A file that it does not survive is told, and the others are checked without it.
 *
 * @param root its folder
 * @throws BlueprintError where the folder holds no blueprint, and when it is interrupted
 */
export async function validateApart(
  root: string,
  { program, requested, maxSeconds, maxMegabytes, signal }: ApartOptions,
): Promise<ValidationReport> {
  const deadline = performance.now() + maxSeconds * 1000;
  const skipped: Unread[] = [];
  const isSkipped = (path: string) => skipped.some(({ file }) => file === path);
  for (;;) {
    const left = deadline - performance.now();
    const limits: ChildLimits = {
      ms: left,
      fileMs: maxSeconds * 1000 * SHARE_OF_FILE,
      megabytes: maxMegabytes,
    };
    const ended = await runChild(
      program,
      { root, requested, skipped, ms: left + GRACE_MS },
      limits,
      signal,
    );
    if (signal.aborted) {
      throw new InterruptedError();
    }
    if ('report' in ended) {
      return ended.report;
    }
    if ('failure' in ended) {
      const { code, message, exitCode, hint } = ended.failure;
      throw new BlueprintError(code, message, exitCode, { hint });
    }
    if ('bug' in ended) {
      const { message, stack } = ended.bug;
      throw Object.assign(new Error(message), { stack });
    }
    // Without a file to go on without, it would end again where it did.
    const isOfFile = ended.at !== undefined && ended.at !== WHOLE && !isSkipped(ended.at);
    if (ended.at !== undefined && isOfFile) {
      const reason = REASONS[ended.why](maxSeconds * SHARE_OF_FILE);
      const message = `Reading this ${reason}, so it is not checked. Make the file smaller or simpler.`;
      skipped.push(unread('file-slow', ended.at, message));
    }
    if (!isOfFile || performance.now() >= deadline) {
      return unfinished(ended, { requested, skipped, maxSeconds });
    }
  }
}

const REASONS = {
  time: (seconds: number) => `took more than ${seconds} s`,
  memory: () => 'took too much memory',
  crash: () => 'made Node itself end',
} as const;

/** What is known when no more is tried: what was not survived, and that the rest is not checked. */
function unfinished(
  { why, listed }: Stopped,
  {
    requested,
    skipped,
    maxSeconds,
  }: Pick<ApartOptions, 'requested' | 'maxSeconds'> & Pick<Task, 'skipped'>,
): ValidationReport {
  const findings = new Findings(requested.rules ?? {});
  const reason = REASONS[why](maxSeconds);
  const message =
    skipped.length === 0 && listed === undefined
      ? `Reading the blueprint ${reason}, and was stopped before a file was read. Let it take more with --max-seconds and --max-memory.`
      : `Checking the blueprint ${reason}, and was stopped; the rest is not checked. Mend the files that are named, or let it take more with --max-seconds and --max-memory.`;
  for (const one of [...skipped, unread('file-slow', WHOLE, message)]) {
    for (const rule of fileRules.filter(({ id }) => id === one.rule)) {
      findings.add(rule, one.file ?? WHOLE, [one]);
    }
  }
  return { ...findings.report(), files: listed?.files ?? 0, recognised: listed?.recognised ?? '' };
}
