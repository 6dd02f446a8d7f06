import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MAX_READ_MS } from '../limits.js';
import { type Unread, unread } from '../source/files.js';
import type { TextFile } from '../text.js';
import { type Readings, readers } from './readers.js';

// Up to these sizes the worst that we could make takes the libraries well under a second.
const READ_HERE: { readonly [Kind in keyof Readings]: number } = {
  bpmn: 128 * 1024,
  script: 256 * 1024,
  module: 256 * 1024,
  form: 16 * 1024,
};
const MEGABYTES = { maxOldGenerationSizeMb: 150, maxYoungGenerationSizeMb: 16 };
const WORKER = new URL('./worker.js', import.meta.url);

/**
 * Reads files with libraries that were not made for hostile ones: small files here, larger ones in a thread that is
 * ended when it takes too long or too much memory.
 */
export class IsolatedReaders {
  #worker: Worker | undefined;
  // What slow files may take in all, so that many of them don't add up.
  #patience = 1.5 * MAX_READ_MS;

  /** @returns what a file holds, or why it could not be read in time */
  async read<Kind extends keyof Readings>(
    kind: Kind,
    file: TextFile,
  ): Promise<Readings[Kind] | Unread> {
    if (file.text.length <= READ_HERE[kind]) {
      return readers[kind](file);
    }
    if (this.#patience <= 0) {
      return slow(file, 'The time for files that take long is used up');
    }
    this.#worker ??= new Worker(WORKER, { resourceLimits: MEGABYTES });
    const worker = this.#worker;
    const started = performance.now();
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), Math.min(MAX_READ_MS, this.#patience));
    try {
      worker.postMessage({ kind, file });
      const [answer] = (await once(worker, 'message', { signal: limit.signal })) as [
        { reading: Readings[Kind] } | { error: string },
      ];
      return 'reading' in answer ? answer.reading : slow(file, answer.error);
    } catch (error) {
      this.#patience -= performance.now() - started;
      this.#worker = undefined;
      await worker.terminate();
      const { code } = error as NodeJS.ErrnoException;
      if (!limit.signal.aborted && code !== 'ERR_WORKER_OUT_OF_MEMORY') {
        throw error;
      }
      const reason = limit.signal.aborted ? `more than ${MAX_READ_MS / 1000} s` : 'too much memory';
      return slow(file, `Reading this took ${reason}`);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the thread, where there is one. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function slow({ path }: TextFile, reason: string): Unread {
  return unread('file-slow', path, `${reason}, so it is not checked. Make the file smaller.`);
}
