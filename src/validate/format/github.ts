import type { ValidationReport } from '../rule.js';
import { textOf } from './text.js';

/**
 * @returns the findings as workflow commands of GitHub Actions, one a line, escaped as its toolkit does
 * (docs.github.com, "Workflow commands for GitHub Actions")
 */
export function renderGithub({ findings }: Pick<ValidationReport, 'findings'>): string[] {
  const data = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return findings.map((finding) => {
    const { severity, file, line, column, rule } = finding;
    const at = Object.entries({ file: property(file), title: property(rule), line, col: column })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${value}`);
    return `::${severity} ${at.join(',')}::${data(textOf(finding))}`;
  });
}
