import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isRecord, parseJson } from '../../core/json.js';
import { WHOLE } from '../source/listing.js';
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
  // Only a blueprint of somebody else needs these.
  const { spawn } = await import('node:child_process');
  const { createInterface } = await import('node:readline');
  const heap = Math.max(MIN_HEAP_MB, limits.megabytes - BESIDE_HEAP_MB);
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heap}`, ...COMPILE_LESS, program],
    {
      // What reads a blueprint of anybody has no use for our secrets; what Windows needs libuv adds.
      env: {},
      // The fourth pipe carries nothing: its end tells the child that we are gone.
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      // Ctrl-C goes to every process of a terminal's group, and would look as if the file had ended it.
      detached: process.platform !== 'win32',
      signal,
      killSignal: 'SIGKILL',
      windowsHide: true,
    },
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
    const parsed = parseJson(text);
    // It may have been ended in the middle of a line.
    if (!isRecord(parsed)) {
      return;
    }
    const line = parsed as unknown as Line;
    // Only a file can be gone on without; what comes before and after has all the time that is left.
    clearTimeout(ofFile);
    if ('at' in line) {
      at = line.at;
      ofFile = at === WHOLE ? undefined : setTimeout(() => stop('time'), limits.fileMs);
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
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
