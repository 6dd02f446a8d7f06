/** A clock that runs as the machine's does, and can be moved ahead. */
export class MovableClock {
  #ahead = 0;

  /** @returns milliseconds since 1970 */
  readonly now = (): number => Date.now() + this.#ahead;

  /** Moves the clock ahead by so many seconds. */
  advance(seconds: number): void {
    this.#ahead += seconds * 1000;
  }
}
