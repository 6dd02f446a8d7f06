import type { Finding } from '../rule.js';
import { sha256 } from '../sha256.js';
import { readText } from '../source/files.js';
import type { Marked } from './baseline.js';
import { groups } from './groups.js';
import { elementsOf } from './ignore.js';

/** Of a SHA-256, in hexadecimal: enough to tell the lines of one file apart. */
const DIGITS = 12;

/**
 * Knows findings without an element by the line of source that they stand in, without its spaces, so that they stay the
 * same where lines move or are indented anew. A line that holds a secret is not hashed, as it might be guessed from that.
 *
 * @param root the blueprint's folder
 */
export function sourceHashes(root: string, found: readonly Finding[]): Marked[] {
  const byFile = groups(found, ({ file }) => file);
  return [...byFile].flatMap(([file, findings]) => {
    const secret = new Set(
      findings.filter(({ rule }) => rule.startsWith('secret-')).map(({ line }) => line),
    );
    const isHashed = ({ element, line }: Finding) => element === undefined && !secret.has(line);
    const text = findings.some(isHashed) ? readText(root, file) : undefined;
    const lines = typeof text === 'string' ? text.split('\n') : [];
    const known = new Map<number, string>();
    const hashOf = (line: number) => {
      const hash = known.get(line) ?? hashed(lines[line - 1] ?? '');
      known.set(line, hash);
      return hash;
    };
    return findings.flatMap((finding) => {
      const { line } = finding;
      const isKnown = line !== undefined && isHashed(finding) && line <= lines.length;
      const source = isKnown ? hashOf(line) : undefined;
      return elementsOf(finding).map((element) => ({ finding, element, source }));
    });
  });
}

function hashed(line: string): string {
  return sha256().update(line.replace(/\s+/g, '')).digest('hex').slice(0, DIGITS);
}
