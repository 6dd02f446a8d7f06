import { suggestion } from './suggest.js';

/** @returns ` Did you mean …?` with the known word that comes closest; empty where none does */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = suggestion(word, known);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}
