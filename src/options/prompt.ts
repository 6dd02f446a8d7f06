import { Writable } from 'node:stream';
import type { Context } from '../core/context.js';
import { InterruptedError } from '../core/errors.js';

/** What every question of @clack/prompts is asked with. */
interface Asking {
  readonly input: NodeJS.ReadStream;
  /** Stderr: stdout belongs to the result. */
  readonly output: Writable;
  /** Aborts at Ctrl-C, at Ctrl-D and where the terminal is closed. */
  readonly signal: AbortSignal;
}

type Prompts = typeof import('@clack/prompts');

/**
 * Asks a person at the terminal; `canAsk` tells whether there is one.
 *
 * @param ask asks by one of the prompts; what it resolves to is the answer, or the prompts' sign of cancelling
 * @throws InterruptedError at Ctrl-C and Ctrl-D
 */
export async function prompted<Answer>(
  context: Context,
  ask: (prompts: Prompts, asking: Asking) => Promise<Answer | symbol>,
): Promise<Exclude<Answer, symbol>> {
  const { stderr } = context.output;
  if (!(stderr instanceof Writable)) {
    throw new TypeError('There is no terminal to ask at.');
  }
  const prompts = await import('@clack/prompts');
  context.output.clear();
  const ended = new AbortController();
  const input = context.stdin as NodeJS.ReadStream;
  const end = () => ended.abort();
  // The prompts end the reading at Ctrl-D, and then wait for an answer without end.
  const onKey = (_text: string, key?: { readonly ctrl?: boolean; readonly name?: string }) => {
    if (key?.ctrl && key.name === 'd') {
      end();
    }
  };
  input.on('keypress', onKey).once('end', end);
  const signal = AbortSignal.any([context.signal, ended.signal]);
  const answer = await ask(prompts, { input, output: stderr, signal });
  input.off('keypress', onKey).off('end', end);
  // The one symbol that there is says that it was cancelled.
  if (typeof answer === 'symbol') {
    throw new InterruptedError();
  }
  return answer as Exclude<Answer, symbol>;
}
