import { expect, test, vi } from 'vitest';
import { openInBrowser } from '../../src/activate/browser.js';
import { InterruptedError } from '../../src/core/errors.js';

// A computer without any launcher.
vi.mock('open', () => ({
  default: () => Promise.reject(new Error('spawn xdg-open ENOENT')),
}));

test('without a launcher no browser is opened, and that is no failure', async () => {
  const { signal } = new AbortController();
  expect(await openInBrowser('http://localhost:2022/', signal)).toBe(false);
});

test('without a launcher Ctrl-C is an interruption all the same', async () => {
  const failure = await openInBrowser('http://localhost:2022/', AbortSignal.abort()).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(InterruptedError);
});
