import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type RunningCli, startCli } from '../../sandbox/run-cli.js';
import { folder } from './folder.js';
import { said } from './said.js';

const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** A process that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What stderr says, wherever its lines break. */
  readonly said: string;
}

/** How a process is run. */
export interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** All that it is told; a `start`ed one is told more until its stdin is ended. */
  readonly stdin?: string;
  /** In place of the built program. */
  readonly program?: string;
  /** Called with all that was printed so far, at every piece; returns true to send Ctrl-C. */
  readonly interruptWhen?: (printed: string) => boolean;
}

/** A program that runs, with a person's hands on it. */
export interface Running extends RunningCli {
  /** @returns what is on stderr when a pattern first appears there */
  says(pattern: RegExp): Promise<string>;
}

/** Runs the built program as a process of its own; nothing of this process's environment but the path reaches it. */
export async function cli(argv: readonly string[], given: Given = {}): Promise<Ended> {
  const { child, ended } = start(argv, given);
  child.stdin.end(given.stdin ?? '');
  const { code = null, stdout, stderr } = await ended;
  return { code, stdout, stderr, said: said(stderr) };
}

/** Starts the built program with its stdin left open. It is killed when the test ends. */
export function start(argv: readonly string[], given: Given = {}): Running {
  const { env = {}, cwd = folder(), program = CLI } = given;
  let isInterrupted = false;
  let output = '';
  const watchers = new Set<() => void>();
  const running = startCli(argv, {
    program,
    env,
    cwd,
    onOutput: (text, child) => {
      output += text;
      // Once: a signal that comes when the process is at its end would kill it.
      if (!isInterrupted && given.interruptWhen?.(output)) {
        isInterrupted = true;
        child.kill('SIGINT');
      }
      for (const watch of watchers) {
        watch();
      }
    },
  });
  onTestFinished(() => {
    running.child.kill('SIGKILL');
  });
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const watch = () => {
        if (pattern.test(said(running.printed.stderr))) {
          watchers.delete(watch);
          resolve(running.printed.stderr);
        }
      };
      watchers.add(watch);
      watch();
      const never = () => reject(new Error(`It never said ${pattern}, but: ${output}`));
      running.ended.then(never, reject);
    });
  return { ...running, says };
}
