import { counted } from '../core/text.js';
import { quietLines } from './adopt/quiet.js';
import type { Finding, ValidationReport } from './rule.js';

const INDENT = '    ';

/** @returns the findings for a person, grouped by file, a line that sums them up, and one that says what was checked; the output breaks long lines */
export function renderPretty(report: ValidationReport): string[] {
  const { findings, files, errors, warnings, recognised } = report;
  const isFirst = ({ file }: Finding, at: number) => file !== findings[at - 1]?.file;
  const lines = findings.flatMap((finding, at) => {
    const { severity, rule, element, message } = finding;
    const heading = isFirst(finding, at) ? [...(at > 0 ? [''] : []), nameOf(finding)] : [];
    const text = inline(element === undefined ? message : `${message} [${element}]`);
    const place = `  ${placeOf(finding)}  ${severity}  ${rule}`;
    return [...heading, place, INDENT + text];
  });
  const summary =
    errors + warnings === 0
      ? 'nothing wrong'
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  const sum = `${counted(files, 'file')} checked: ${summary}.`;
  const what = recognised === '' ? [] : [`Recognised: ${inline(recognised)}.`];
  const told = [sum, ...quietLines(report), ...what];
  return [...lines, ...(lines.length > 0 ? [''] : []), ...told];
}

function placeOf({ file, line, column }: Finding): string {
  return [nameOf({ file }), line, column].filter((part) => part !== undefined).join(':');
}

/** What is said of the folder as a whole names no file. */
function nameOf({ file }: Pick<Finding, 'file'>): string {
  return file === '.' ? 'the blueprint' : inline(file);
}

/** A name may hold a line break; it must not look like a line of this program. */
function inline(text: string): string {
  return text.replace(/[\r\n]+/g, '?');
}
