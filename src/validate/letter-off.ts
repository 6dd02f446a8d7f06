/** Longer words are no names that a person mistypes. */
const MAX_LENGTH = 64;

/**
 * @returns whether two words differ by one letter: one too many, one too few, another one, or two swapped; case is
 *   a letter as well
 */
export function isLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1 || a.length > MAX_LENGTH) {
    return false;
  }
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  const rest = Math.min(a.length, b.length) - start;
  while (end < rest && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end += 1;
  }
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwap = left.length === 2 && right === `${left[1]}${left[0]}`;
  return isSwap || (left.length <= 1 && right.length <= 1);
}

/** @returns whether two words are the same but for case, underscores and hyphens */
export function isOtherSpelling(a: string, b: string): boolean {
  const plain = (word: string) => word.toLowerCase().replace(/[-_]/g, '');
  return a !== b && Math.max(a.length, b.length) <= MAX_LENGTH && plain(a) === plain(b);
}

/** @returns whether two names differ by digits alone */
export function isNumbered(a: string, b: string): boolean {
  return a.replace(/\d/g, '') === b.replace(/\d/g, '');
}
