import { Writable } from 'node:stream';
import type { Output } from './output.js';

/** Where a command reads from; a terminal where `isTTY` is true. */
type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** All that a command gets from outside; a test hands in its own and patches nothing. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly stdin: Input;
  readonly output: Output;
  /** The folder that holds config.json, flows/, forms/ and resources/ of the blueprint. */
  readonly packageRoot: string;
  /** The blueprint's version. */
  readonly version: string;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** @returns whether a person sits at the terminal and can be asked */
export function canAsk({ stdin, env, output }: Context): boolean {
  const hasTerminal = stdin.isTTY === true && output.isTerminal;
  return hasTerminal && output.stderr instanceof Writable && !env.CI;
}
