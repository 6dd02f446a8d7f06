import { wrapped } from '../core/text.js';
import type { Finding, ValidationReport } from './rule.js';

const INDENT = '    ';

/** @returns the findings for a person, grouped by file, and a line that sums them up */
export function renderPretty({ findings, files, errors, warnings }: ValidationReport): string[] {
  const lines: string[] = [];
  let file: string | undefined;
  for (const finding of findings) {
    const { severity, rule, element, message } = finding;
    if (finding.file !== file) {
      if (file !== undefined) {
        lines.push('');
      }
      file = finding.file;
      lines.push(inline(file));
    }
    lines.push(`  ${place(finding)}  ${severity}  ${rule}`);
    const text = element === undefined ? message : `${message} [${element}]`;
    for (const line of wrapped(inline(text), 80 - INDENT.length).split('\n')) {
      lines.push(INDENT + line);
    }
  }
  if (lines.length > 0) {
    lines.push('');
  }
  const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const summary =
    errors + warnings === 0
      ? 'nothing wrong'
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  lines.push(`${counted(files, 'file')} checked: ${summary}.`);
  return lines;
}

/**
 * @returns the findings as workflow commands of GitHub Actions, one a line, escaped as its toolkit does
 * (docs.github.com, "Workflow commands for GitHub Actions")
 */
export function renderGithub({ findings }: ValidationReport): string[] {
  const data = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return findings.map(({ severity, file, line, column, rule, element, message }) => {
    const at = [`file=${property(file)}`, `title=${property(rule)}`];
    if (line !== undefined) {
      at.push(`line=${line}`);
    }
    if (column !== undefined) {
      at.push(`col=${column}`);
    }
    return `::${severity} ${at.join(',')}::${data(element === undefined ? message : `${element}: ${message}`)}`;
  });
}

function place({ file, line, column }: Finding): string {
  const at = [inline(file), line, column].filter((part) => part !== undefined);
  return at.join(':');
}

/** A name may hold a line break; it must not look like a line of this program. */
function inline(text: string): string {
  return text.replace(/[\r\n]+/g, '?');
}
