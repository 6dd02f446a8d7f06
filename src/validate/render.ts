import type { Finding, ValidationReport } from './index.js';

/** @returns the findings for a person, grouped by file, and a line that sums them up */
export function renderPretty({ findings, files, errors, warnings }: ValidationReport): string[] {
  const lines: string[] = [];
  let file = '';
  for (const finding of findings) {
    if (finding.file !== file) {
      if (file !== '') lines.push('');
      file = finding.file;
      lines.push(file);
    }
    const element = finding.element === undefined ? '' : ` [${finding.element}]`;
    lines.push(`  ${place(finding)}${finding.severity}  ${finding.message}${element}  ${finding.rule}`);
  }
  if (lines.length > 0) lines.push('');
  const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const summary =
    errors + warnings === 0
      ? 'nothing wrong'
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  lines.push(`${counted(files, 'file')} checked: ${summary}.`);
  return lines;
}

/** @returns the findings as workflow commands of GitHub Actions, one a line */
export function renderGithub({ findings }: ValidationReport): string[] {
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return findings.map(({ severity, file, line, column, rule, element, message }) => {
    const at = [`file=${property(file)}`, `title=${property(rule)}`];
    if (line !== undefined) at.push(`line=${line}`);
    if (column !== undefined) at.push(`col=${column}`);
    return `::${severity} ${at.join(',')}::${data(element === undefined ? message : `${element}: ${message}`)}`;
  });
}

function place({ line, column }: Finding): string {
  if (line === undefined) return '';
  return `${line}${column === undefined ? '' : `:${column}`}  `;
}
