import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { InterruptedError } from '../core/errors.js';
import type { Answer, Receiver } from './receiver.js';
import { readPasted } from './redirect.js';
import type { Refusal } from './refusals.js';

/** How the wait for Fortnox's answer ended. */
export type Consent =
  | Answer
  | { readonly kind: 'timeout' }
  /** Nothing more can come: the input ended, perhaps after a line that could not be used. */
  | { readonly kind: 'input-ended'; readonly last: Refusal | undefined };

/** Where an answer may come from, and for how long. */
interface ConsentSources {
  /** Undefined where this program does not listen. */
  readonly receiver: Receiver | undefined;
  /** Lines that a person pastes, or that another program sends; undefined where none are read. */
  readonly lines: NodeJS.ReadableStream | undefined;
  /** The state that was sent; undefined where the activation URL was made elsewhere. */
  readonly state: string | undefined;
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Told of each line that holds no answer to this activation. */
  readonly onIgnored: (refusal: Refusal) => void;
}

/**
 * Waits for Fortnox's answer, from the browser or from what is pasted, whichever comes first.
 *
 * @param sources where it may come from; the receiver is left open
 * @returns the answer, or why there is none
 * @throws InterruptedError at Ctrl-C
 */
export async function waitForConsent(sources: ConsentSources): Promise<Consent> {
  const over = new AbortController();
  const { signal } = over;
  const timeout = delay(sources.seconds * 1000, { kind: 'timeout' } as const, { signal });
  const waits: Promise<Consent>[] = [interrupted(sources.signal, signal), timeout];
  if (sources.receiver) {
    waits.push(sources.receiver.answer);
  }
  if (sources.lines) {
    waits.push(pasted(sources, sources.lines, signal));
  }
  try {
    return await Promise.race(waits);
  } finally {
    over.abort();
  }
}

function interrupted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new InterruptedError());
    if (signal.aborted) {
      stop();
    }
    signal.addEventListener('abort', stop, { once: true, signal: over });
  });
}

async function pasted(
  sources: ConsentSources,
  lines: NodeJS.ReadableStream,
  over: AbortSignal,
): Promise<Consent> {
  let last: Refusal | undefined;
  for await (const line of createInterface({ input: lines, signal: over })) {
    if (line.trim() === '') {
      continue;
    }
    const redirect = readPasted(line, sources.state);
    if (redirect.kind !== 'ignored') {
      return redirect;
    }
    last = redirect.refusal;
    sources.onIgnored(last);
  }
  const isPerson = 'isTTY' in lines && lines.isTTY === true;
  // An input that was empty from the start says nothing: the browser may still bring the answer.
  return last === undefined && sources.receiver && !isPerson
    ? never()
    : { kind: 'input-ended', last };
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
