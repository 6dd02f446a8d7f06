import type { BaselineEntry } from './adopt/entry.js';
import type { Blueprint } from './blueprint.js';
import type { Flow } from './flow/model.js';
import type { Form } from './form/facts.js';
import { nearHint } from './near.js';
import type { ScriptUse } from './script/facts.js';
import { type Place, type Problem, problem, type Severity, type TextFile } from './text.js';

/** How strict a rule is for a blueprint; `off` leaves it out. */
export type RuleSetting = Severity | 'off';

/** Something that is wrong with a blueprint, by the rule that says so. */
export interface Finding extends Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
}

/** What a validation found. */
export interface ValidationReport {
  /** By file and line. */
  readonly findings: readonly Finding[];
  /** How many files were checked. */
  readonly files: number;
  /** What they were taken for, such as `config.json, 2 flows and 1 form`. */
  readonly recognised: string;
  readonly errors: number;
  readonly warnings: number;
  /** What was found and does not count. */
  readonly quiet?: Quiet;
  /** All findings as a baseline holds them, where one is to be written. */
  readonly entries?: readonly BaselineEntry[];
}

/** How many findings don't count, and why. */
interface Quiet {
  /** Silenced by a comment where they stand. */
  readonly inPlace: number;
  /** Held by the baseline. */
  readonly inBaseline: number;
  /** Entries of the baseline that are found no longer. */
  readonly gone: number;
  /** Comments that would silence, and were not asked. */
  readonly unheeded: number;
}

/** What a check says of one thing: a problem where there is one. */
export type Found = Problem | false | undefined;

type Check<Part extends unknown[]> = (...part: [...Part, blueprint: Blueprint]) => Iterable<Found>;

/**
 * What a rule looks at; each check is called for every such part of the blueprint. A check knows nothing of terminals,
 * and takes time linear in what it looks at.
 */
interface Checks {
  /** For every text file. */
  readonly text?: Check<[file: TextFile]>;
  readonly script?: Check<[script: ScriptUse]>;
  readonly form?: Check<[form: Form]>;
  /** For every BPMN file, even one that is not well-formed. */
  readonly anyFlow?: Check<[flow: Flow]>;
  /** For every flow that is well-formed XML. */
  readonly flow?: Check<[flow: Flow]>;
  /** For every flow that is whole: where a reference is broken, what hangs on it would be found as well. */
  readonly wholeFlow?: Check<[flow: Flow]>;
  /** Once, when every file has been read; what it finds is in config.json where it names no file. */
  readonly blueprint?: Check<[]>;
}

/** A rule as data: what it is called, why it is there, and its checks. */
export interface Rule extends Checks {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what happens where the rule is broken. */
  readonly why: string;
}

/** @returns what a rule finds in a flow, as far as the flow's state lets it look */
export function foundIn(flow: Flow, rule: Rule, blueprint: Blueprint): Found[] {
  const { state } = flow;
  const found: Found[] = [];
  const add = (check: Rule['flow']) => {
    if (check) {
      for (const one of check(flow, blueprint)) {
        found.push(one);
      }
    }
  };
  add(rule.anyFlow);
  add(state === 'malformed' ? undefined : rule.flow);
  add(state === 'whole' ? rule.wholeFlow : undefined);
  return found;
}

/** A rule as it is written down: its severity, and why it is there. */
type RuleText = Checks & ({ readonly error: string } | { readonly warning: string });

/** @returns rules out of what is written down of each under its id */
export function rulesOf(texts: Readonly<Record<string, RuleText>>): Rule[] {
  return Object.entries(texts).map(([id, text]) =>
    'error' in text
      ? { ...text, id, severity: 'error', why: text.error }
      : { ...text, id, severity: 'warning', why: text.warning },
  );
}

/** Rules that belong together, under the heading of the docs. */
export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

type Listed = 'nodes' | 'edges' | 'elements' | 'connectors' | 'scripts' | 'processes';

/** @returns the check of a flow that looks at each of its nodes, edges, … by itself */
export function each<Kind extends Listed>(
  kind: Kind,
  check: (part: Flow[Kind][number], flow: Flow, blueprint: Blueprint) => Found | readonly Found[],
): NonNullable<Rule['flow']> {
  return (flow, blueprint) => {
    const parts: readonly Flow[Kind][number][] = flow[kind];
    const all: Found[] = [];
    for (const part of parts) {
      const found = check(part, flow, blueprint);
      // Most find nothing in most parts.
      if (isList(found)) {
        for (const one of found) {
          all.push(one);
        }
      } else if (found) {
        all.push(found);
      }
    }
    return all;
  };
}

function isList(found: Found | readonly Found[]): found is readonly Found[] {
  return Array.isArray(found);
}

/**
 * What is said of a name that is not among the known ones. What is public of the Hub may not be all of it, so only one
 * that looks mistyped is an error.
 */
export function unknownName(
  place: Place,
  name: string,
  known: readonly string[],
  message: string,
): Problem {
  const near = nearHint(name, known);
  return problem(place, message + near, near === '' ? 'warning' : 'error');
}

/** What is said of a name only where it looks like a known one that is mistyped. */
export function mistyped(
  place: Place,
  name: string,
  known: readonly string[],
  message: string,
): Found {
  const near = known.includes(name) ? '' : nearHint(name, known);
  return near !== '' && problem(place, message + near);
}
