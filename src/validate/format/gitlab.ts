import type { ValidationReport } from '../rule.js';
import { fingerprints } from './fingerprint.js';
import { textOf } from './text.js';

/** A finding as GitLab shows it in a merge request (docs.gitlab.com, "Code Quality", report format). */
interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'major' | 'minor';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** @returns the findings as a Code Quality report of GitLab */
export function renderGitlab({ findings }: Pick<ValidationReport, 'findings'>): CodeQualityIssue[] {
  const names = fingerprints(findings);
  return findings.map((finding, at) => ({
    description: textOf(finding),
    check_name: finding.rule,
    fingerprint: names[at] ?? '',
    severity: finding.severity === 'error' ? 'major' : 'minor',
    // GitLab leaves out what has no line.
    location: { path: finding.file, lines: { begin: finding.line ?? 1 } },
  }));
}
