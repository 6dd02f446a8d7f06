/**
 * Lets one task go first and the others wait for it: where it fails in a way that the others would, all that wait fail
 * with it, untried. After the first success nothing waits any more.
 */
export class FirstAlone {
  #first: Promise<unknown> | undefined;
  /** Whether one has succeeded, here or elsewhere. */
  hasSucceeded = false;

  readonly #concernsAll: (error: unknown) => boolean;

  /** @param concernsAll whether what one task failed with is what every other would fail with */
  constructor(concernsAll: (error: unknown) => boolean) {
    this.#concernsAll = concernsAll;
  }

  /** Runs a task, as the first one or after it. @throws what the task, or the first one, failed with */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.hasSucceeded) {
      return task();
    }
    if (this.#first) {
      await this.#first.catch((error: unknown) => {
        if (this.#concernsAll(error)) {
          throw error;
        }
      });
      return task();
    }
    const first = task();
    this.#first = first;
    try {
      const result = await first;
      this.hasSucceeded = true;
      return result;
    } finally {
      this.#first = undefined;
    }
  }
}
