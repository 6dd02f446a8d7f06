import type { Finding } from '../rule.js';
import type { Position } from '../text.js';

/** What a comment silences. */
export interface Covered {
  /** Ids of BPMN elements. */
  readonly elements?: ReadonlySet<string>;
  /** Whether what is found in the file as a whole is covered. */
  readonly isWholeFile?: boolean;
  /** First and last, from 1. */
  readonly lines?: readonly (readonly [first: number, last: number])[];
}

/** A comment that silences findings: `onify-ignore RULE, RULE: reason`. */
export interface Ignore extends Position {
  readonly file: string;
  /** As they are written. */
  readonly rules: readonly string[];
  /** Empty where none is given. */
  readonly reason: string;
  readonly covered: Covered;
}

// Nobody reads more.
const MAX_LENGTH = 500;
const MAX_RULES = 20;

/**
 * @param text what stands behind the mark
 * @returns the rules and the reason, as far as they are there
 */
export function readIgnore(text: string): Pick<Ignore, 'rules' | 'reason'> {
  const said = text.slice(0, MAX_LENGTH);
  const colon = said.indexOf(':');
  const names = (colon === -1 ? said : said.slice(0, colon)).split(',', MAX_RULES);
  const rules = names
    // Without a colon the first word is the rule, and the rest was meant as the reason.
    .map((name) => (colon === -1 ? name.trim().split(/\s/, 1)[0] : name.trim()) ?? '')
    .filter((name) => name !== '');
  return { rules, reason: colon === -1 ? '' : said.slice(colon + 1).trim() };
}

/** @returns the elements that a finding is about; of one that is about none, undefined alone */
export function elementsOf({ element, others = [] }: Finding): readonly (string | undefined)[] {
  return [element, ...others];
}

/** @returns the elements of a finding that a comment is about */
export function coveredOf(
  { elements, isWholeFile, lines }: Covered,
  finding: Finding,
): readonly (string | undefined)[] {
  const { line = 1 } = finding;
  return elementsOf(finding).filter((element) => {
    if (lines) {
      return lines.some(([first, last]) => line >= first && line <= last);
    }
    return element === undefined ? isWholeFile === true : elements?.has(element) === true;
  });
}
