import type { BlueprintError } from '../../core/errors.js';
import type { Requested } from '../requested.js';
import type { ValidationReport } from '../rule.js';
import type { Unread } from '../source/files.js';

/** What the process that reads a blueprint is told: plain data, as it crosses to another process. */
export interface Task {
  /** The blueprint's folder. */
  readonly root: string;
  readonly requested: Requested;
  /** What an earlier process did not survive; it is told, and not read again. */
  readonly skipped: readonly Unread[];
  /** Milliseconds after which it ends itself, where nobody has ended it. */
  readonly ms: number;
}

/** The file descriptor of a pipe that stays open for as long as whoever started the process is there. */
export const PARENT = 3;

/** What the thread is told that ends the process. */
export interface Watch extends Pick<Task, 'ms'> {
  /** A file descriptor that closes when the process is of no use any more. */
  readonly parent: number;
}

/** How far a process is: the file that it turns to, or what is known once the files are listed. */
export type Progress =
  | { readonly at: string }
  | { readonly listed: Pick<ValidationReport, 'files' | 'recognised'> };

/** How a process ends, where it comes so far by itself. */
export type Ending =
  | { readonly report: ValidationReport }
  /** A failure that a person can act on. */
  | { readonly failure: Pick<BlueprintError, 'code' | 'message' | 'hint' | 'exitCode'> }
  /** Anything else that was thrown. */
  | { readonly bug: { readonly message: string; readonly stack: string | undefined } };

/** A line that a process prints. */
export type Line = Progress | Ending;
