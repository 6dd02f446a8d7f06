import type { Position } from '../model.js';

/** Finds lines and columns in a text. */
export class Lines {
  readonly #starts = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  /** @returns the place of a character by its offset; one behind the text is at its end */
  at(offset: number): Position {
    const wanted = Math.min(Math.max(offset, 0), this.#length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= wanted) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: wanted - (this.#starts[low] ?? 0) + 1 };
  }
}

/** @returns a place that is counted from another one, in the text that both stand in */
export function within(outer: Position, inner: Position): Position {
  return inner.line === 1
    ? { line: outer.line, column: outer.column + inner.column - 1 }
    : { line: outer.line + inner.line - 1, column: inner.column };
}
