/** Numbers that look random and are the same for the same seed. */
export class Random {
  #state: number;

  /** @param seed any whole number */
  constructor(seed: number) {
    // Neighbouring seeds must not give neighbouring histories.
    this.#state = Math.imul((seed ^ (seed >>> 16)) + 0x9e3779b9, 0x85ebca6b) | 0;
  }

  /** @returns a number from 0 up to 1, by Tommy Ettinger's public-domain generator mulberry32 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** @returns a whole number from `low` to `high`, both included */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** @returns true in so many cases of one */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** @returns one of the given values */
  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.whole(0, values.length - 1)] ?? values[0];
  }

  /** @returns one of the rows, each as often as its second entry says beside the others' */
  weighted<Row extends readonly [unknown, number, ...unknown[]]>(rows: readonly Row[]): Row {
    let left = this.next() * rows.reduce((sum, [, weight]) => sum + weight, 0);
    for (const row of rows) {
      left -= row[1];
      if (left < 0) {
        return row;
      }
    }
    throw new Error('There is nothing to draw.');
  }
}
