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

/**
 * Lets a signal such as Ctrl-C through between two pieces of work that wait for nothing.
 *
 * @param signal aborts at Ctrl-C
 * @throws InterruptedError when it has
 */
export async function turn(signal: AbortSignal): Promise<void> {
  const { setImmediate } = process.getBuiltinModule('node:timers/promises');
  await setImmediate();
  if (signal.aborted) {
    throw new InterruptedError();
  }
}

/**
 * Stops something at Ctrl-C, and at once where that has been pressed already.
 *
 * @param signal aborts at Ctrl-C
 * @returns lets it go on whatever comes
 */
export function stopAt(signal: AbortSignal, stop: () => void): () => void {
  signal.addEventListener('abort', stop);
  if (signal.aborted) {
    stop();
  }
  return () => signal.removeEventListener('abort', stop);
}
