import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The built program, beside the built sandbox. */
const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** How a process is run. */
export interface RunCliOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Shown what the process prints, as it does. */
  readonly show: (text: string) => void;
  /** Told what the process prints; what it returns is written to the process's stdin. */
  readonly onOutput?: (text: string) => string | undefined;
}

/** A process that has ended. */
export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the built program as a process of its own, with nothing of this process's environment but the path. */
export function runCli(argv: readonly string[], options: RunCliOptions): Promise<Finished> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [CLI, ...argv], {
    cwd: options.cwd,
    env: { PATH, NO_COLOR: '1', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const take = (chunk: Buffer) => {
    const text = chunk.toString();
    output += text;
    options.show(text);
    const answer = options.onOutput?.(text);
    if (answer !== undefined) {
      child.stdin.write(answer);
    }
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
