import { InterruptedError } from './errors.js';

/**
 * Waits, and stops waiting at Ctrl-C.
 *
 * @param ms milliseconds
 * @param signal aborts at Ctrl-C
 * @throws InterruptedError when it does
 */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { setTimeout } = process.getBuiltinModule('node:timers/promises');
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? new InterruptedError() : error;
  }
}
