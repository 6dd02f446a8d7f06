import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Opens an address in the person's browser; false where that failed. */
export type OpenBrowser = (url: string) => Promise<boolean>;

/** How long a launcher gets to fail. One that works may run for as long as the browser does. */
const LAUNCH_TIMEOUT_MS = 1500;

/**
 * Opens an address in the default browser. Never throws.
 *
 * @param url an absolute http or https address
 * @returns false where no launcher is found or it fails soon; true means "probably", as no system tells for sure
 */
export const openInBrowser: OpenBrowser = async (url) => {
  try {
    const { default: open } = await import('open');
    const launcher = await open(url);
    if (launcher.exitCode !== null) {
      return launcher.exitCode === 0;
    }
    const over = new AbortController();
    const ended = once(launcher, 'exit', { signal: over.signal }).then(([code]) => code === 0);
    const isOpen = await Promise.race([
      ended,
      delay(LAUNCH_TIMEOUT_MS, true, { signal: over.signal }),
    ]);
    over.abort();
    return isOpen;
  } catch {
    return false;
  }
};
