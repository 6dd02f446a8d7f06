import { setTimeout } from 'node:timers/promises';
import { InterruptedError } from './errors.js';

/**
 * Waits, and stops waiting at Ctrl-C.
 *
 * @param ms milliseconds
 * @param signal aborts at Ctrl-C
 * @throws InterruptedError when it does
 */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? new InterruptedError() : error;
  }
}
