import { MAX_COUNTED, MAX_FINDINGS } from './limits.js';
import type { Finding, Found, Rule, RuleSetting } from './rule.js';

/** Collects what the rules find. */
export class Findings {
  readonly #severities: Readonly<Record<string, RuleSetting>>;
  /** By rule and file. */
  readonly #found = new Map<string, Finding[]>();

  /** @param severities by the ids of rules, where they differ from the rules' own */
  constructor(severities: Readonly<Record<string, RuleSetting>>) {
    this.#severities = severities;
  }

  /**
   * Adds what a rule found.
   *
   * @param checked the file of a finding that names none itself
   */
  add(rule: Pick<Rule, 'id' | 'severity'>, checked: string, all: Iterable<Found>): void {
    const setting = this.#severities[rule.id];
    if (setting === 'off') {
      return;
    }
    for (const found of all) {
      if (!found) {
        continue;
      }
      const { file = checked, element, line, column, message, others } = found;
      const alike = this.#found.get(`${rule.id} ${file}`) ?? [];
      if (alike.length > MAX_COUNTED) {
        continue;
      }
      alike.push({
        rule: rule.id,
        severity: setting ?? found.severity ?? rule.severity,
        file,
        ...(element !== undefined && { element }),
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
        message,
        ...(others !== undefined && { others }),
      });
      this.#found.set(`${rule.id} ${file}`, alike);
    }
  }

  /** @returns every finding that is counted, in the order in which they are shown */
  all(): Finding[] {
    return [...this.#found.values()].flat().sort(byPlace);
  }

  /**
   * @param silenced those that don't count
   * @returns the findings by file and line, and how many there are of either severity
   */
  report(silenced: ReadonlySet<Finding> = new Set()): {
    findings: readonly Finding[];
    errors: number;
    warnings: number;
  } {
    const findings = [...this.#found.values()]
      .flatMap((alike) => shown(alike.filter((finding) => !silenced.has(finding))))
      .sort(byPlace);
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    return { findings, errors, warnings: findings.length - errors };
  }
}

/** The first findings, and in place of the rest how many there are. */
function shown(alike: readonly Finding[]): Finding[] {
  const [next, ...others] = alike.slice(MAX_FINDINGS);
  const more = others.length + 1;
  const count = alike.length > MAX_COUNTED ? `At least ${more}` : `${more}`;
  const message = `${count} more ${more === 1 ? 'is' : 'are'} not shown.`;
  return [...alike.slice(0, MAX_FINDINGS), ...(next ? [{ ...next, message }] : [])];
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
  );
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
