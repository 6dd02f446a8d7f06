import type { ValidationReport } from '../rule.js';
import { textOf } from './text.js';

/** What ends a property or a line, and what stands for it (azure-pipelines-agent, CommandStringConvertor). */
const ESCAPES = [
  ['%', '%AZP25'],
  [';', '%3B'],
  ['\r', '%0D'],
  ['\n', '%0A'],
  [']', '%5D'],
] as const;

/**
 * @returns the findings as logging commands of Azure Pipelines, one a line
 * (learn.microsoft.com, "Logging commands", task.logissue)
 */
export function renderAzure({ findings }: Pick<ValidationReport, 'findings'>): string[] {
  return findings.map((finding) => {
    const { severity: type, file, line, column, rule } = finding;
    const properties = {
      type,
      sourcepath: file,
      linenumber: line,
      columnnumber: column,
      code: rule,
    };
    const at = Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${escaped(String(value))}`);
    return `##vso[task.logissue ${at.join(';')}]${escaped(textOf(finding))}`;
  });
}

function escaped(text: string): string {
  return ESCAPES.reduce((done, [char, instead]) => done.replaceAll(char, instead), text);
}
