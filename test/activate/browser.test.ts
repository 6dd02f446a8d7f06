import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { openInBrowser } from '../../src/activate/browser.js';
import { InterruptedError } from '../../src/core/errors.js';

/** What is there to open a browser. */
const { opened } = vi.hoisted(() => ({ opened: vi.fn<(url: string) => Promise<unknown>>() }));
vi.mock('open', () => ({ default: opened }));

const URL = 'http://localhost:2022/';
const { signal } = new AbortController();
const launcher = (exitCode: number | null) => Object.assign(new EventEmitter(), { exitCode });

describe('given a computer without any launcher', () => {
  beforeEach(() => {
    opened.mockRejectedValue(new Error('spawn xdg-open ENOENT'));
  });

  test('no browser is opened, and that is no failure', async () => {
    expect(await openInBrowser(URL, signal)).toBe(false);
  });

  test('Ctrl-C is an interruption all the same', async () => {
    const failure = await openInBrowser(URL, AbortSignal.abort()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InterruptedError);
  });
});

describe.each([
  [0, true],
  [1, false],
])('given a launcher that ends with %i', (code, isOpened) => {
  test('before it is looked at: whether a browser was opened is known by that', async () => {
    opened.mockResolvedValue(launcher(code));
    expect(await openInBrowser(URL, signal)).toBe(isOpened);
  });

  test('a little later: that is waited for', async () => {
    const running = launcher(null);
    opened.mockResolvedValue(running);
    const answer = openInBrowser(URL, signal);
    await vi.waitUntil(() => running.listenerCount('exit') > 0);
    running.emit('exit', code);
    expect(await answer).toBe(isOpened);
  });
});

test('a launcher that runs as long as the browser does has probably opened one', async () => {
  opened.mockResolvedValue(launcher(null));
  expect(await openInBrowser(URL, signal)).toBe(true);
});
