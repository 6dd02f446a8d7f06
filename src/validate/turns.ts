import { InterruptedError } from '../core/errors.js';

/** Milliseconds between two looks at whether to stop. */
const TURN = 20;

/** Lets a signal such as Ctrl-C through now and then; reading alone never would. */
export class Turns {
  readonly #signal: AbortSignal | undefined;
  #turnedAt = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** @throws InterruptedError when it is time to look and the signal says to stop */
  async take(): Promise<void> {
    if (performance.now() - this.#turnedAt < TURN) {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
    this.#turnedAt = performance.now();
    if (this.#signal?.aborted) {
      throw new InterruptedError();
    }
  }
}
