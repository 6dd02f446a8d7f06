/** A shorter beginning says little of what was meant, and so does a longer list. */
const MIN_PREFIX = 3;
const MAX_LONGER = 3;

/** Longer words are no names that a person mistypes. */
const MAX_LENGTH = 64;

/**
 * @param word one that is longer than a name has no candidates
 * @param mayCompare asked before each comparison that takes time; by default all may be made
 * @returns the candidate that comes closest to a word, where one is close enough to be meant
 */
export function suggestion(
  word: string,
  candidates: readonly string[],
  mayCompare: () => boolean = () => true,
): string | undefined {
  if (word.length > MAX_LENGTH) {
    return undefined;
  }
  const lower = word.toLowerCase();
  const maxSteps = Math.max(1, Math.floor(word.length / 4));
  let best: string | undefined;
  let fewest = maxSteps + 1;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= fewest) {
      continue;
    }
    const other = candidate.toLowerCase();
    if (!sharesLetters(lower, other, fewest)) {
      continue;
    }
    if (!mayCompare()) {
      break;
    }
    const steps = distance(lower, other);
    if (steps < fewest) {
      [best, fewest] = [candidate, steps];
    }
  }
  return best;
}

/** @returns ` Did you mean …?` with the candidate that comes closest; empty where none does */
export function didYouMean(
  word: string,
  candidates: readonly string[],
  mayCompare?: () => boolean,
): string {
  const near = suggestion(word, candidates, mayCompare);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}

/**
 * The same for a name that a person types: where none comes close, those that begin with it are meant.
 *
 * @param name such as `--token`, which `--token-file` begins with
 */
export function didYouMeanName(name: string, candidates: readonly string[]): string {
  const longer = candidates.filter((candidate) => candidate.startsWith(name));
  const isTelling = name.replace(/^-+/, '').length >= MIN_PREFIX && longer.length <= MAX_LONGER;
  const list = isTelling ? longer.join(' or ') : '';
  return didYouMean(name, candidates) || (list && ` Did you mean ${list}?`);
}

/** Whether two words may be fewer steps apart, by the letters of the second that the first lacks: each takes a step. */
function sharesLetters(a: string, b: string, fewest: number): boolean {
  const counts = new Map<string, number>();
  for (const letter of a) {
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  let lacking = 0;
  for (const letter of b) {
    const count = counts.get(letter) ?? 0;
    counts.set(letter, count - 1);
    lacking += count > 0 ? 0 : 1;
  }
  return lacking < fewest;
}

/** How many letters to add, remove, change, or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : change;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
