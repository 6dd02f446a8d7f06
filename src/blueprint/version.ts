const NUMBERS = /^(\d+)\.(\d+)\.(\d+)(?:-([^+]+))?/;

/**
 * Compares two versions (Semantic Versioning 2.0.0, section 11).
 *
 * @returns whether the first is the newer one; false where either is not a version
 */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [NUMBERS.exec(version), NUMBERS.exec(than)];
  if (!a || !b) {
    return false;
  }
  for (const at of [1, 2, 3]) {
    const difference = Number(a[at]) - Number(b[at]);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return isLaterStage(a[4], b[4]);
}

// A release is newer than what came before it; of two of those, the identifiers decide.
function isLaterStage(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) {
    return a === undefined && b !== undefined;
  }
  return a.localeCompare(b, 'en', { numeric: true }) > 0;
}
