import type { Named, Position, Problem } from '../text.js';
import type { Told } from './objects.js';
import type { Slip } from './slips.js';

/** How a script treats a value: `environment.output.x = 1` writes, `delete environment.output.x` deletes. */
export type Access = 'read' | 'write' | 'delete' | 'call';

/** A chain of members that begins with a name from outside the script, such as `environment.variables.submit.code`. */
export interface Chain extends Position {
  /** Names joined with dots; a computed one is `*`. A name that stands for the chain is followed. */
  readonly path: string;
  readonly access: Access;
  /** Of a write: the only names that the object has that is written; undefined where it is anything else. */
  readonly members?: readonly string[];
  /** Of a write: what of the flow is written as it is, such as `environment.output.token`. */
  readonly from?: readonly string[];
  /** Whether nothing is written, as a clean-up does. */
  readonly isEmpty?: true;
  /** Whether it stands in a branch that fails. */
  readonly isOnFailure?: true;
  /** Whether the script only asks for it here, and may go on without: `if (environment.output.x)`. */
  readonly isAsked?: boolean;
}

/** A text that stands in a script. */
export interface Literal extends Position {
  /** With `${}` for each expression of a template. */
  readonly value: string;
}

/** Something from outside that a script puts into a text as it is. */
export interface Raw {
  /** Such as `environment.variables.input.name`. */
  readonly path: string;
  /** The text in front of it, with `…` for what is worked out. */
  readonly before: string;
}

/** What a script prints, by its path or name. */
export interface Printed extends Named {
  /** What of the flow it stands for. */
  readonly paths: readonly string[];
}

/** A member of an object that a script gives. */
interface Member extends Position {
  readonly name: string;
  /** Its value where it is a fixed text. */
  readonly text?: string;
  /** Its values where it is a list of fixed texts. */
  readonly list?: readonly string[];
  /** Whether its value is an object or a list. */
  readonly isObject?: true;
  /** What of the flow its value is made of, such as `environment.output.token`. */
  readonly from?: readonly string[];
}

/** What a script gives to `next` besides an error. */
export interface Answer extends Position {
  /** All members, where it is an object whose members are known; undefined where it is anything else. */
  readonly members?: readonly Member[];
  /** Of a text that is put together: what comes into it from outside as it is. */
  readonly raw: readonly Raw[];
  /** The texts that it may be, with `${}` for each part that is worked out; `${}` alone stands for anything. */
  readonly texts: readonly string[];
  /** What of the flow it may be as it is, such as `body.value`. */
  readonly paths: readonly string[];
  /** Whether it is what JSON.stringify makes. */
  readonly isStringified?: true;
}

/** What the rules need to know of a script; places are counted from the script's own first character. */
export interface ScriptFacts {
  /** Where it is not JavaScript; then all else is empty. */
  readonly problem?: Problem & Position;
  /** Its first character that is no space. */
  readonly start: Position;
  /** Whether its paths end in a call of `next`; `sometimes` only where one surely doesn't. */
  readonly next: 'always' | 'sometimes' | 'never';
  /** Where the path begins that does not. */
  readonly branch?: Position;
  /** Names that it uses and nowhere declares, each at its first use that no `typeof` guards. */
  readonly free: readonly Named[];
  /** Names that it declares itself. */
  readonly declared: readonly string[];
  readonly chains: readonly Chain[];
  readonly literals: readonly Literal[];
  /** Names that only a block elsewhere declares. */
  readonly outside: readonly Named[];
  /** Constants that are written again. */
  readonly reassigned: readonly Named[];
  /** What is printed, by its path or name. */
  readonly printed: readonly Printed[];
  /** Objects that tell the Hub a status or a milestone. */
  readonly told: readonly Told[];
  /** Where a member of `content.output.inner` is read without asking for it. */
  readonly unguarded: readonly Position[];
  /** What is JavaScript, and never what was meant. */
  readonly slips: readonly Slip[];
  /** What it gives to `next`, without its errors. */
  readonly answers: readonly Answer[];
  /** Parts of `environment` that it uses as a whole, so that what is read or put there is not all known. */
  readonly whole: readonly string[];
  /** Whether it calls `next` with an error somewhere, or throws. */
  readonly fails: boolean;
  /** Whether it does so on every path. */
  readonly onlyFails: boolean;
}

/** A script where it is used: a file of its own, or text in a flow. */
export interface ScriptUse {
  /** The file to report: the script's, or the flow's. */
  readonly file: string;
  /** The BPMN element that holds it; undefined for a file of its own. */
  readonly element?: string;
  /** Whether it is the output of a connector, where the members of the answer are names of their own. */
  readonly isConnectorOutput: boolean;
  /** Places are those in the file that is reported. */
  readonly facts: ScriptFacts;
}
