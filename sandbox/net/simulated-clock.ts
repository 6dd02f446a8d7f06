import { Timers } from 'bpmn-elements';
import type { Clock } from './clock.js';

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

// The engine takes a timer's delay from the real clock, a millisecond more or less.
const ROUND_TO = 100;

/**
 * A clock that stands still while anything is being done, and jumps to the next timer when nothing is. A flow
 * that waits for 40 seconds runs in milliseconds on it, and takes the same time at every repetition.
 */
export class SimulatedClock implements Clock {
  #now: number;
  #order = 0;
  readonly #waiting = new Map<number, Waiting>();
  /** `Date` for scripts that follow this clock. */
  readonly Date: DateConstructor;

  /** @param start the time to begin at, in milliseconds since 1970 */
  constructor(start: number) {
    this.#now = start;
    this.Date = this.dateAhead(0);
  }

  /** @returns `Date` for scripts on a machine whose own clock is so many milliseconds ahead of this one */
  dateAhead(milliseconds: number): DateConstructor {
    return dateFollowing(() => this.now() + milliseconds);
  }

  /** @returns timers for one run of a flow; the engine forgets all of them when that run ends */
  timers(): Timers {
    return new Timers({
      setTimeout: ((callback: () => void, delay: number) =>
        this.after(Math.round(delay / ROUND_TO) * ROUND_TO, callback)) as never,
      // The engine also hands over timers that have fired, which there is nothing to take back of.
      clearTimeout: ((cancel: unknown) =>
        typeof cancel === 'function' ? cancel() : undefined) as never,
    });
  }

  /** @returns the time it shows, in milliseconds since 1970 */
  now(): number {
    return this.#now;
  }

  /** Moves the clock forward by so many milliseconds, firing nothing; timers that fell due fire next. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Calls back after so many milliseconds of this clock. @returns what takes it back */
  after(milliseconds: number, callback: () => void): () => void {
    this.#order += 1;
    const order = this.#order;
    this.#waiting.set(order, { at: this.#now + milliseconds, order, callback });
    return () => {
      this.#waiting.delete(order);
    };
  }

  /** Forgets every call that is waiting. */
  clear(): void {
    this.#waiting.clear();
  }

  /**
   * Lets time pass until a promise is settled.
   *
   * @returns what the promise gives
   * @throws Error when nothing is left to wait for and the promise is still open: whoever should settle it hangs
   */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isOpen = true;
    const settle = () => {
      isOpen = false;
    };
    promise.then(settle, settle);
    let idle = 0;
    while (isOpen) {
      // One turn of the event loop lets every promise run that can.
      await new Promise((resolve) => setImmediate(resolve));
      if (!isOpen) {
        break;
      }
      if (this.#fireNext()) {
        idle = 0;
      } else if (++idle > 100) {
        throw new Error('Nothing is left to wait for, and the run has not ended.');
      }
    }
    return promise;
  }

  #fireNext(): boolean {
    let next: Waiting | undefined;
    for (const waiting of this.#waiting.values()) {
      if (!next || waiting.at < next.at || (waiting.at === next.at && waiting.order < next.order)) {
        next = waiting;
      }
    }
    if (!next) {
      return false;
    }
    this.#waiting.delete(next.order);
    this.#now = Math.max(this.#now, next.at);
    next.callback();
    return true;
  }
}

function dateFollowing(now: () => number): DateConstructor {
  return class extends Date {
    constructor(...given: [] | [number | string | Date]) {
      super(given.length === 0 ? now() : given[0]);
    }
    static override now(): number {
      return now();
    }
  } as DateConstructor;
}
