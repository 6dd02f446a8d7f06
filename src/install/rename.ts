import { renameSync } from 'node:fs';

/** How often a rename is tried, and how long it waits in between: a second in all, as a scan or a read is soon over. */
const ATTEMPTS = 20;
const WAIT_MS = 50;

/** What Windows answers where somebody has the file open. */
const BUSY = ['EPERM', 'EACCES', 'EBUSY'];

/**
 * Renames a file, over one that is there. Windows refuses that while somebody reads the old one, as a Hub or a virus
 * scanner does, or while another run renames its own; so there it is tried for a moment.
 *
 * @param rename does it
 * @param isWindows elsewhere nothing is tried again: what is refused there stays refused
 * @throws the system's error where that fails
 */
export function renameOver(
  from: string,
  to: string,
  rename: (from: string, to: string) => void = renameSync,
  isWindows: boolean = process.platform === 'win32',
): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      rename(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!isWindows || !BUSY.includes(code) || attempt === ATTEMPTS) {
        throw error;
      }
      // Files are written without a pause, one after another, so that nothing comes between.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
