import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Ending, Line, Progress, Task } from './protocol.js';

/** What a process may take before it is ended. */
export interface ChildLimits {
  readonly ms: number;
  /** Milliseconds without a word of progress. */
  readonly fileMs: number;
  readonly megabytes: number;
}

/** A process that did not end by itself. */
export interface Stopped {
  readonly why: 'time' | 'memory' | 'crash';
  /** The file that it was at; undefined before the first. */
  readonly at: string | undefined;
  readonly listed: Extract<Progress, { listed: unknown }>['listed'] | undefined;
}

/** What Node takes besides V8's heap of old objects. */
const BESIDE_HEAP_MB = 150;
const MIN_HEAP_MB = 50;
/** Milliseconds between two looks at the memory that is taken. */
const LOOK_MS = 50;
/** As much of its stderr as tells why V8 ended it. */
const MAX_STDERR = 4096;

/** Reads a blueprint in a process of its own. @returns how that ended; never throws */
export async function runChild(
  program: string,
  task: Task,
  limits: ChildLimits,
  signal: AbortSignal,
): Promise<Ending | Stopped> {
  const heap = Math.max(MIN_HEAP_MB, limits.megabytes - BESIDE_HEAP_MB);
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heap}`, ...COMPILE_LESS, program],
    { stdio: ['pipe', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL', windowsHide: true },
  );
  // An interruption is told by the signal; a program that can't be started has no lines.
  child.on('error', () => undefined);
  // It may have ended before it has read its task.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(task));
  let ending: Ending | undefined;
  let why: Stopped['why'] | undefined;
  let at: string | undefined;
  let listed: Stopped['listed'];
  let stderr = '';
  const stop = (reason: Stopped['why']) => {
    why ??= reason;
    child.kill('SIGKILL');
  };
  const whole = setTimeout(() => stop('time'), limits.ms);
  let ofFile: NodeJS.Timeout | undefined;
  const look = setInterval(() => takes(child) > limits.megabytes && stop('memory'), LOOK_MS);
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-MAX_STDERR);
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    // Before the first one there is no file to go on without.
    ofFile = ofFile?.refresh() ?? setTimeout(() => stop('time'), limits.fileMs);
    const line = JSON.parse(text) as Line;
    if ('at' in line) {
      at = line.at;
    } else if ('listed' in line) {
      listed = line.listed;
    } else {
      ending = line;
    }
  });
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(whole);
  clearTimeout(ofFile);
  clearInterval(look);
  const isOutOfMemory = /heap (out of memory|limit)/.test(stderr);
  return ending ?? { why: why ?? (isOutOfMemory ? 'memory' : 'crash'), at, listed };
}

// See compileLess in cli.ts.
const COMPILE_LESS = process.version.startsWith('v20.') ? ['--interrupt-budget=1000000'] : [];

/** Megabytes that a process takes, where the system shows it; its heap is limited everywhere. */
function takes({ pid }: ChildProcess): number {
  try {
    const [, pages = 0] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number);
    return (pages * 4096) / 1024 / 1024;
  } catch {
    return 0;
  }
}
