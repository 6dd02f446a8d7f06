import type { Finding } from '../rule.js';
import { sha256 } from '../sha256.js';

/**
 * Names findings so that each is known again when lines have moved.
 *
 * @returns one name for each, in their order: of what the rule says of which element in which file, and where it says
 * the same more than once, which of those it is
 */
export function fingerprints(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  return findings.map(({ rule, file, element, message }) => {
    const said = message.replace(/\bline \d+\b/g, 'line');
    const key = JSON.stringify([rule, file, element ?? '', said]);
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    return sha256().update(`${key} ${nth}`).digest('hex');
  });
}
