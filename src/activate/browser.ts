import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { InterruptedError } from '../core/errors.js';

/** Opens an address in the person's browser; false where that failed. Rejects only when the signal aborts. */
export type OpenBrowser = (url: string, signal: AbortSignal) => Promise<boolean>;

/** How long a launcher gets to fail. One that works may run for as long as the browser does. */
const LAUNCH_TIMEOUT_MS = 1500;

/**
 * Opens an address in the default browser. It gets this process's environment, from which the secrets were taken.
 *
 * @param url an absolute http or https address
 * @param stop aborts at Ctrl-C
 * @returns false where no launcher is found or it fails soon; true means "probably", as no system tells for sure
 */
export const openInBrowser: OpenBrowser = async (url, stop) => {
  const over = new AbortController();
  try {
    const { default: open } = await import('open');
    const launcher = await open(url);
    if (launcher.exitCode !== null) {
      return launcher.exitCode === 0;
    }
    const signal = AbortSignal.any([over.signal, stop]);
    const ended = once(launcher, 'exit', { signal }).then(([code]) => code === 0);
    return await Promise.race([ended, delay(LAUNCH_TIMEOUT_MS, true, { signal })]);
  } catch {
    if (stop.aborted) {
      throw new InterruptedError();
    }
    return false;
  } finally {
    over.abort();
  }
};
