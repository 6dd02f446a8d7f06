/** The time of a world, real or simulated. */
export interface Clock {
  /** @returns milliseconds since 1970 */
  now(): number;
  /** Calls back after so many milliseconds. @returns what takes it back */
  after(milliseconds: number, callback: () => void): () => void;
}

/** A clock that runs as the machine's does, and can be moved ahead. */
export class MovableClock implements Clock {
  #ahead = 0;

  /** @returns milliseconds since 1970 */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Moves the clock ahead by so many seconds; what is waited for comes no sooner. */
  advance(seconds: number): void {
    this.#ahead += seconds * 1000;
  }

  /** Calls back after so many milliseconds of real time. @returns what takes it back */
  after(milliseconds: number, callback: () => void): () => void {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  }
}

/** Waits so many milliseconds of a clock. */
export function sleep(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}
