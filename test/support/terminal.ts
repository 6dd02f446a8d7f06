import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { folder } from './folder.js';

const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** Whether this computer has `script` of util-linux, which gives a process a terminal. */
export const hasTerminals =
  process.platform === 'linux' && /util-linux/.test(spawnSync('script', ['--version']).stdout + '');

/** What came of a program at a terminal. */
interface Seen {
  readonly code: number | null;
  /** All that was on the screen, without its control sequences. */
  readonly screen: string;
}

/**
 * Runs the built program at a terminal of its own, and types once it has asked.
 *
 * @param asks what is on the screen when it waits for an answer
 * @param typed the keys, such as `n` or Ctrl-C
 */
export function atTerminal(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  asks: RegExp,
  typed: string,
): Promise<Seen> {
  const program = [process.execPath, CLI, ...argv].map((word) => `'${word}'`).join(' ');
  // A new terminal has no size.
  const command = `stty columns 80 rows 24; exec ${program}`;
  const { PATH = '' } = process.env;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: folder(),
    env: { PATH, TERM: 'xterm', SHELL: '/bin/sh', ...env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let screen = '';
  let isTyped = false;
  const see = (chunk: Buffer) => {
    screen += stripVTControlCharacters(chunk.toString());
    if (!isTyped && asks.test(screen)) {
      isTyped = true;
      child.stdin.write(typed);
    }
  };
  child.stdout.on('data', see);
  child.stderr.on('data', see);
  child.stdin.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, screen }));
  });
}
