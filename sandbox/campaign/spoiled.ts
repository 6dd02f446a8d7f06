import type { Finding } from './judge.js';

/** A guard that is taken out of the flows and scripts. */
export interface Spoiled {
  readonly name: string;
  /** What stands for what: each must be in at least one flow or script, and is replaced in all. */
  readonly guards: readonly { readonly from: string; readonly to: string }[];
  /** What the campaign must find then. */
  readonly finding: Finding;
  readonly clientCredentials: boolean;
}

/** Flows that each lack a guard, as integrations in the field do: the campaign finds what comes of it. */
export const SPOILED: readonly Spoiled[] = [];
