import { isAbsolute, relative, sep } from 'node:path';
import { packageRules } from '../blueprint/rules.js';
import type { Context } from '../core/context.js';
import {
  renderAzure,
  renderGithub,
  renderGitlab,
  renderPretty,
  renderSarif,
  rules,
  type ValidationReport,
} from '../validate/index.js';
import type { CommandResult } from './command.js';

/** What was checked, and for whom it is told. */
interface Asked {
  /** The blueprint's folder. */
  readonly root: string;
  readonly context: Context;
}

type Rendered = Pick<CommandResult, 'lines' | 'isVerbatim' | 'foreign'>;

/** How findings are told, by the names that `--format` takes; the JSON is every command's own. */
const FORMATS = {
  pretty: (report) => ({ lines: renderPretty(report) }),
  json: (report) => ({ lines: renderPretty(report) }),
  github: (report, asked) => commands(renderGithub(inRepository(report, asked))),
  azure: (report, asked) => commands(renderAzure(inRepository(report, asked))),
  gitlab: (report, asked) => ({ lines: [], foreign: renderGitlab(inRepository(report, asked)) }),
  sarif: (report, asked) => {
    const tool = { version: asked.context.version, rules: [...rules, ...packageRules] };
    return { lines: [], foreign: renderSarif(inRepository(report, asked), tool) };
  },
} satisfies Record<string, (report: ValidationReport, asked: Asked) => Rendered>;

/** What `--format` takes. */
type Format = keyof typeof FORMATS;

/** @returns whether `--format` takes a name */
export function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** @returns what is printed of a report */
export function rendered(format: Format, report: ValidationReport, asked: Asked): Rendered {
  return FORMATS[format](report, asked);
}

function commands(lines: readonly string[]): Rendered {
  return { lines, isVerbatim: true };
}

/** CI systems look for files from the repository's root, wherever in it the blueprint lies. */
function inRepository(report: ValidationReport, { root, context }: Asked): ValidationReport {
  const { GITHUB_WORKSPACE, CI_PROJECT_DIR, BUILD_SOURCESDIRECTORY } = context.env;
  const checkout = GITHUB_WORKSPACE || CI_PROJECT_DIR || BUILD_SOURCESDIRECTORY || root;
  const folder = relative(checkout, root);
  if (folder === '' || folder.startsWith('..') || isAbsolute(folder)) {
    return report;
  }
  const prefix = `${folder.split(sep).join('/')}/`;
  const findings = report.findings.map((finding) => ({ ...finding, file: prefix + finding.file }));
  return { ...report, findings };
}
