import type { Named, Position } from '../model.js';

/** How a script treats a value: `environment.output.x = 1` writes, `delete environment.output.x` deletes. */
export type Access = 'read' | 'write' | 'delete' | 'call';

/** A chain of members that begins with a name from outside the script, such as `environment.variables.submit.code`. */
export interface Chain extends Position {
  /** Names joined with dots; a computed one is `*`. A name that stands for the chain is followed. */
  readonly path: string;
  readonly access: Access;
}

/** A text that stands in a script. */
export interface Literal extends Position {
  /** With `${}` for each expression of a template. */
  readonly value: string;
}

/** What the rules need to know of a script; places are counted from the script's own first character. */
export interface ScriptFacts {
  /** Where it is no JavaScript; then all else is empty. */
  readonly problem?: Position & { readonly message: string };
  /** Whether its ways end in a call of `next`; `sometimes` only where a way surely doesn't. */
  readonly next: 'always' | 'sometimes' | 'never';
  /** Names that it uses and nowhere declares, each at its first use that no `typeof` guards. */
  readonly free: readonly Named[];
  readonly chains: readonly Chain[];
  readonly literals: readonly Literal[];
}
