import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** How the program is run. */
interface CliOptions {
  /** Path of the built program. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Told what the process prints, as it does. */
  readonly onOutput?: (text: string, child: ChildProcessWithoutNullStreams) => void;
}

/** What a process printed, and how it ended. */
interface Printed {
  stdout: string;
  stderr: string;
  /** Undefined until it has ended; null where a signal ended it. */
  code?: number | null;
}

/** A process that was started. */
export interface RunningCli {
  readonly child: ChildProcessWithoutNullStreams;
  readonly printed: Readonly<Printed>;
  /** Settles when the process has ended. */
  readonly ended: Promise<Readonly<Printed>>;
}

/** Starts the program as a process of its own; nothing of this process's environment but the path reaches it. */
export function startCli(
  argv: readonly string[],
  { program, env, cwd, onOutput }: CliOptions,
): RunningCli {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [program, ...argv], { cwd, env: { PATH, ...env } });
  const printed: Printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      printed[name] += chunk.toString();
      onOutput?.(chunk.toString(), child);
    });
  }
  // A process that ends without reading what it is told is no failure of the teller.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<Printed>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(Object.assign(printed, { code })));
  });
  return { child, printed, ended };
}
