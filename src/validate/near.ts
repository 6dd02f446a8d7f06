import { suggestion } from '../core/suggest.js';
import { MAX_COMPARED } from './limits.js';

// How many more comparisons the rule that looks at a file now may make, and how many more words it may ask for.
let comparisons = MAX_COMPARED;
let words = MAX_COMPARED;

/** Lets the next rule, or the same one in the next file, compare as many words as each may. */
export function compareAnew(): void {
  comparisons = MAX_COMPARED;
  words = MAX_COMPARED;
}

/**
 * @returns the candidate that comes closest to a word that is none of them; undefined where none is close enough, where there are too many of
 *   them, and where a rule has compared all that it may in a file: it takes time linear in what it looks at
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word === '' || candidates.length > MAX_COMPARED || candidates.includes(word)) {
    return undefined;
  }
  words -= 1;
  return words < 0
    ? undefined
    : suggestion(word, candidates, () => {
        comparisons -= 1;
        return comparisons >= 0;
      });
}

/** @returns ` Did you mean …?` with the candidate that comes closest; empty where {@link nearest} finds none */
export function nearHint(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}
