import type { BaselineEntry } from './adopt/entry.js';
import type { RuleSettings } from './settings.js';
import type { Problem } from './text.js';

/** What whoever asks wants to be told: plain data, as it crosses to another process. */
export interface Requested {
  /** In place of what the rules say themselves. */
  readonly rules?: RuleSettings;
  /** Names in its `.onifylint.json` that are no rule's. */
  readonly unknownRules?: readonly Problem[];
  /** Whether its `onify-ignore` comments silence anything; default true. */
  readonly heedsIgnores?: boolean;
  /** Findings that don't count, as they were there before; `write` makes a baseline of all that are there now. */
  readonly baseline?: readonly BaselineEntry[] | 'write';
}
