import type { Finding, Found, Rule, RuleSetting } from './finding.js';
import { MOST_FINDINGS } from './limits.js';

/** Collects what the rules find. */
export class Findings {
  readonly #severities: Readonly<Record<string, RuleSetting>>;
  readonly #found: Finding[] = [];
  readonly #counts = new Map<string, number>();

  /** @param severities by the ids of rules, where they differ from the rules' own */
  constructor(severities: Readonly<Record<string, RuleSetting>>) {
    this.#severities = severities;
  }

  /**
   * Adds what a rule found in a file.
   *
   * @param file where a finding names none itself
   */
  add({ id, severity }: Pick<Rule, 'id' | 'severity'>, file: string, all: Iterable<Found>): void {
    for (const found of all) {
      const asked = this.#severities[id];
      if (asked === 'off') {
        return;
      }
      const key = `${id} ${found.file ?? file}`;
      const count = (this.#counts.get(key) ?? 0) + 1;
      this.#counts.set(key, count);
      if (count > MOST_FINDINGS + 1) {
        return;
      }
      const message =
        count > MOST_FINDINGS
          ? `There is more of this in the file; the first ${MOST_FINDINGS} are told.`
          : found.message;
      this.#found.push({
        rule: id,
        severity: asked ?? found.severity ?? severity,
        file: found.file ?? file,
        ...(found.element !== undefined && { element: found.element }),
        ...(found.line !== undefined && { line: found.line }),
        ...(found.column !== undefined && { column: found.column }),
        message,
      });
    }
  }

  /** @returns the findings by file and line, and how many there are of either severity */
  report(): { findings: readonly Finding[]; errors: number; warnings: number } {
    const findings = [...this.#found].sort(
      (a, b) =>
        compare(a.file, b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0),
    );
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    return { findings, errors, warnings: findings.length - errors };
  }
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
