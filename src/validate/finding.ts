import type { Flow } from './flow/model.js';
import type { Form } from './form/facts.js';
import type { Blueprint, TextFile } from './model.js';
import type { ScriptFacts } from './script/facts.js';

/** How bad a finding is: an error stops a release. */
export type Severity = 'error' | 'warning';

/** How strict a rule is for a blueprint; `off` leaves it out. */
export type RuleSetting = Severity | 'off';

/** Something that is wrong with a blueprint. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Below the blueprint's folder, with slashes. */
  readonly file: string;
  /** Id of the BPMN element. */
  readonly element?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** A finding before its rule is added; without a file it is in the one that was checked. */
export type Found = Omit<Finding, 'rule' | 'severity' | 'file'> & {
  readonly file?: string;
  /** Where a case is worse or milder than the rule. */
  readonly severity?: Severity;
};

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

/**
 * A rule as data: what it is called, why it is there, and its checks; each is called for every such part of the
 * blueprint. A check knows nothing of terminals, and takes time linear in what it looks at.
 */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what happens where the rule is broken. */
  readonly why: string;
  /** For every text file. */
  readonly text?: (file: TextFile, blueprint: Blueprint) => Iterable<Found>;
  readonly script?: (script: ScriptUse, blueprint: Blueprint) => Iterable<Found>;
  readonly form?: (form: Form, blueprint: Blueprint) => Iterable<Found>;
  readonly flow?: (flow: Flow, blueprint: Blueprint) => Iterable<Found>;
  /** Once, when every file has been read. */
  readonly blueprint?: (blueprint: Blueprint) => Iterable<Found>;
}
