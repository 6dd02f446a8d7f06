import type { Finding, Rule, ValidationReport } from '../rule.js';
import { fingerprints } from './fingerprint.js';
import { textOf } from './text.js';

/** Who says it, and by which rules. */
interface Tool {
  readonly version: string;
  /** Every rule that may have found something. */
  readonly rules: readonly Rule[];
}

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** The root of the repository: whoever reads the report knows where that is. */
const ROOT = '%SRCROOT%';

/**
 * @returns the findings as a log of the Static Analysis Results Interchange Format
 * (OASIS, SARIF 2.1.0: 3.13 the log, 3.14 a run, 3.27 a result, 3.49 a rule)
 */
export function renderSarif(
  { findings }: Pick<ValidationReport, 'findings'>,
  { version, rules }: Tool,
): object {
  const found = new Set(findings.map(({ rule }) => rule));
  const described = rules.filter(({ id }) => found.has(id));
  const indexes = new Map(described.map(({ id }, index) => [id, index]));
  const names = fingerprints(findings);
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'fortnox-blueprint',
            version,
            rules: described.map(({ id, severity, why }) => ({
              id,
              shortDescription: { text: why },
              help: { text: why },
              defaultConfiguration: { level: severity },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          [ROOT]: { description: { text: 'The root of the repository.' } },
        },
        results: findings.map((finding, at) => ({
          ruleId: finding.rule,
          ...(indexes.has(finding.rule) && { ruleIndex: indexes.get(finding.rule) }),
          level: finding.severity,
          message: { text: textOf(finding) },
          locations: [locationOf(finding)],
          partialFingerprints: { 'fortnoxBlueprint/v1': names[at] },
        })),
      },
    ],
  };
}

function locationOf({ file, line, column, element }: Finding): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: addressOf(file), uriBaseId: ROOT },
      ...(line !== undefined && {
        region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
      }),
    },
    ...(element !== undefined && { logicalLocations: [{ name: element, kind: 'element' }] }),
  };
}

/** A path as a relative reference of RFC 3986; half a character can't stand in one. */
function addressOf(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}
